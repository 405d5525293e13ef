"""Two scans side by side: what was mended, is still there, is new, and what cannot be told; and how they differ."""
