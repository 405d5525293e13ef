"""Campaigns: every site of a sample is scanned, several at once."""
