"""Judges documents (PDF, office files, EPUB) that a site offers: pure functions from bytes to findings.

`checks.documents.run.check_document` judges in this process; `checks.documents.sandbox.check_safely` does the same in
a process of its own with bounds on time and memory, which is what a scan uses, because files are hostile.
"""
