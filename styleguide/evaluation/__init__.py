"""Measures of the rules themselves: before-and-after pairs, precision by labels. Not used when pages are checked."""
