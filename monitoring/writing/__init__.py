"""Writes a report of blocks (paragraphs, tables, charts, places for people) as HTML, PDF and OpenDocument text."""
