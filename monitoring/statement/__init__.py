"""Accessibility statements: found, fetched, judged, and drafted from a scan's results."""
