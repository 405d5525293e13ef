"""Measures the checks on statements that are built from facts, right ones and each wrong in one known way."""
