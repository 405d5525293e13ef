"""Builds Beautiful Soup's tree of an HTML page in less than half the time that its own builder takes.

Most of that time goes to what an HTML page never has (name spaces, strainers, line numbers) and to setting the same
dozen attributes on each element. The tree is the same, element by element; tests compare the two.
"""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString

_PARTS = re.compile(r"\S+")
_LISTS = frozenset(name for names in LXMLTreeBuilder.DEFAULT_CDATA_LIST_ATTRIBUTES.values() for name in names)
_STRINGS = LXMLTreeBuilder.DEFAULT_STRING_CONTAINERS
_KEEPS_STATE = frozenset(_STRINGS) | frozenset(LXMLTreeBuilder.DEFAULT_PRESERVE_WHITESPACE_TAGS)
"""Elements that change how the text within them is kept."""


class QuickBuilder(LXMLTreeBuilder):
    """Hands elements and text over as lxml tells them: HTML has no name spaces to look up."""

    def start(self, tag: Any, attrib: Any, nsmap: Any = {}) -> None:  # noqa: B006 -- as lxml calls it
        """Open an element. One with a name that lxml reads as of a name space (`{a}b`) goes Beautiful Soup's way."""
        if nsmap or tag[0] == "{" or (attrib and any(name[0] == "{" for name in attrib)):
            super().start(tag, attrib, nsmap)
            return
        self.soup.handle_starttag(  # type: ignore[union-attr]  # set before lxml is fed
            tag, None, None, self.attribute_dict_class(attrib), namespaces=self.active_namespace_prefixes[-1]
        )

    def end(self, tag: Any) -> None:
        """Close an element."""
        if tag[0] == "{" or len(self.nsmaps) > 1:
            super().end(tag)
            return
        self.soup.handle_endtag(tag)  # type: ignore[union-attr]

    def data(self, data: Any) -> None:
        """Take text."""
        self.soup.current_data.append(data)  # type: ignore[union-attr]

    def _replace_cdata_list_attribute_values(self, tag_name: str, attrs: Any) -> Any:
        """Make lists of the attributes that are lists (`class`), in place."""
        if not attrs or _LISTS.isdisjoint(attrs):
            return attrs
        if "class" in attrs and isinstance(attrs["class"], str) and len(_LISTS.intersection(attrs)) == 1:
            attrs["class"] = self.attribute_value_list_class(_PARTS.findall(attrs["class"]))
            return attrs
        return super()._replace_cdata_list_attribute_values(tag_name, attrs)


class BuiltTag(Tag):
    """An element that is made quickly when a page is built, and as ever when somebody makes a new one."""

    def __init__(self, parser: Any = None, builder: Any = None, *others: Any, **named: Any) -> None:
        if type(builder) is not QuickBuilder or named.keys() != _ONLY_NAMESPACES or len(others) != _WHEN_BUILT:
            super().__init__(parser, builder, *others, **named)
            return
        name, namespace, prefix, attrs, parent, previous = others
        self.parser_class = type(parser)
        self.name = name
        self.namespace = namespace
        self.prefix = prefix
        self._namespaces = named["namespaces"] or {}
        self.sourceline = self.sourcepos = None
        self.attribute_value_list_class = builder.attribute_value_list_class
        self.attrs = builder._replace_cdata_list_attribute_values(name, attrs)
        self.known_xml = False
        self.contents = []
        self.hidden = False
        self.parent = parent
        self.previous_element = previous
        self.next_element = self.next_sibling = self.previous_sibling = None
        if previous is not None:
            previous.next_element = self
        siblings = parent.contents
        if siblings:
            before = self.previous_sibling = siblings[-1]
            before.next_sibling = self
        if name == "meta":
            builder.set_up_substitutions(self)
        self.can_be_empty_element = builder.can_be_empty_element(name)
        self.cdata_list_attributes = builder.cdata_list_attributes
        self.preserve_whitespace_tags = builder.preserve_whitespace_tags
        container = _STRINGS.get(name)
        self.interesting_string_types = self.MAIN_CONTENT_STRING_TYPES if container is None else {container}


_ONLY_NAMESPACES = {"namespaces"}
_WHEN_BUILT = 6
"""Arguments that `BuiltSoup.handle_starttag` gives by place, after the parser and the builder."""


class BuiltSoup(BeautifulSoup):
    """The tree under way: opens and closes elements as Beautiful Soup does, without what HTML has no use for."""

    def handle_starttag(  # noqa: PLR0917 -- as Beautiful Soup's own
        self,
        name: str,
        namespace: str | None,
        nsprefix: str | None,
        attrs: Any,
        sourceline: int | None = None,
        sourcepos: int | None = None,
        namespaces: Any = None,
    ) -> Tag | None:
        """Add an element to the tree and go on within it."""
        if self.current_data:
            self.endData()
        make: Any = self.element_classes.get(Tag, Tag)
        tag: Any = make(
            self, self.builder, name, namespace, nsprefix, attrs, self.currentTag, self._most_recent_element,
            namespaces=namespaces,
        )  # fmt: skip
        self._most_recent_element = tag
        if name in _KEEPS_STATE:
            self.pushTag(tag)
        else:
            self.currentTag.contents.append(tag)  # type: ignore[union-attr]  # there is always one
            self.tagStack.append(tag)
            self.currentTag = tag
            self.open_tag_counter[name] += 1
        return tag  # type: ignore[no-any-return]

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """Leave an element; lxml closes the innermost one, but for broken pages."""
        if self.current_data:
            self.endData()
        stack = self.tagStack
        tag = stack[-1]
        if tag.name != name or tag.prefix != nsprefix or len(stack) < 2 or name in _KEEPS_STATE:
            self._popToTag(name, nsprefix)
            return
        stack.pop()
        self.open_tag_counter[name] -= 1
        self.currentTag = stack[-1]

    def endData(self, containerClass: Any = None) -> None:  # noqa: N802, N803 -- Beautiful Soup's names
        """Add the text since the last mark to the tree; white space alone becomes one character."""
        if not self.current_data:
            return
        if containerClass is not None or self.preserve_whitespace_tag_stack or self.string_container_stack:
            super().endData(containerClass)
            return
        text = self.current_data[0] if len(self.current_data) == 1 else "".join(self.current_data)
        self.current_data = []
        if not text.strip(self.ASCII_SPACES):
            text = "\n" if "\n" in text else " "
        parent: Any = self.currentTag
        last = self._most_recent_element
        if last is None or parent.next_element is not None:
            self.object_was_parsed(NavigableString(text))
            return
        node = str.__new__(NavigableString, text)
        node.hidden = False
        node.parent = parent
        node.previous_element = last
        last.next_element = node
        node.next_element = node.next_sibling = node.previous_sibling = None
        siblings = parent.contents
        if siblings:
            before = node.previous_sibling = siblings[-1]
            before.next_sibling = node
        self._most_recent_element = node
        siblings.append(node)
