"""Renders pages in a real browser and captures what a person gets."""
