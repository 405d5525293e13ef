"""Makes small files for the examples of rules. Not used by a scan."""
