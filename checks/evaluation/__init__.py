"""Measures on real pages how often findings of barriers are right."""
