"""Reads PDFs with pikepdf (qpdf): structure, content, fonts, forms and links, as rules need them."""
