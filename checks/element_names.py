"""What people call an HTML element: "link" for `a`. Messages say it; the code beside them shows the tag."""

from __future__ import annotations

_NAMES = {
    "a": "link",
    "area": "area of an image map",
    "article": "article",
    "aside": "side note",
    "blockquote": "quotation",
    "body": "page",
    "canvas": "drawing",
    "code": "piece of code",
    "div": "element",
    "fieldset": "group of fields",
    "footer": "footer",
    "header": "header",
    "iframe": "frame",
    "img": "image",
    "input": "field",
    "li": "list item",
    "main": "main content",
    "nav": "menu",
    "object": "embedded object",
    "ol": "list",
    "p": "paragraph",
    "pre": "block of code",
    "section": "section",
    "select": "list to choose from",
    "span": "element",
    "svg": "image",
    "td": "table cell",
    "textarea": "field",
    "th": "table header",
    "ul": "list",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}


def plain_name(tag: str) -> str:
    """Return what people call the element; its tag where that is a word already, as for `button` or `video`."""
    return _NAMES.get(tag, tag)
