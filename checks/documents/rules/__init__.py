"""Rules for documents: one file each, discovered by name. See `checks/documents/rule.py`."""
