"""Samples: how many sites a year asks for, which ones, and why."""
