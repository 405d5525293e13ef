"""Opens office files and EPUBs: zip packages of XML, read within bounds.

Entities and outside references are not resolved, and a document type definition of its own ends the reading, so that
no part can grow or reach out while it is parsed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from checks.documents.model import Limits, NotCheckableError

_READ_BYTES = 64 * 1024
_ENCRYPTED_FLAG = 0x1
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(slots=True)
class Package:
    """A zip package. Every read counts against the bounds; parts are named without a leading slash."""

    archive: zipfile.ZipFile
    limits: Limits
    unpacked_bytes: int = 0
    _trees: dict[str, etree._Element | None] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes, limits: Limits | None = None) -> Package:
        """Open a package. Raises zipfile.BadZipFile, NotCheckableError (too many parts)."""
        limits = limits or Limits()
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (ValueError, NotImplementedError, OSError) as error:
            raise zipfile.BadZipFile(str(error)) from error
        if len(archive.infolist()) > limits.parts:
            raise NotCheckableError("too_large", f"The package holds more than {limits.parts:,} parts.")
        return cls(archive, limits)

    def has(self, name: str) -> bool:
        """Return whether a part is there."""
        return name in self.archive.NameToInfo

    def names(self, prefix: str = "", suffix: str = "") -> list[str]:
        """Return the names of the parts that begin and end so, sorted."""
        return sorted(n for n in self.archive.namelist() if n.startswith(prefix) and n.endswith(suffix))

    def read(self, name: str) -> bytes:
        """Return a part's bytes. Raises NotCheckableError: missing, encrypted, broken, or over a bound."""
        try:
            info = self.archive.getinfo(name)
        except KeyError as error:
            raise NotCheckableError("broken", f"The part {name[:100]} is missing.") from error
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise NotCheckableError("encrypted", "It opens with a password only.")
        chunks: list[bytes] = []
        size = 0
        try:
            with self.archive.open(info) as stream:
                while chunk := stream.read(_READ_BYTES):  # what is declared may be a lie: count what comes out
                    size += len(chunk)
                    self.unpacked_bytes += len(chunk)
                    if size > self.limits.part_bytes or self.unpacked_bytes > self.limits.unpacked_bytes:
                        raise NotCheckableError("too_large", "It unpacks to more than Curbcut reads.")
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise NotCheckableError("broken", f"The part {name[:100]} cannot be unpacked.") from error
        return b"".join(chunks)

    def xml(self, name: str) -> etree._Element:
        """Return a part's root element. Raises NotCheckableError as `read` does, and for XML that cannot be read."""
        root = self.xml_if_any(name)
        if root is None:
            raise NotCheckableError("broken", f"The part {name[:100]} is missing.")
        return root

    def xml_if_any(self, name: str) -> etree._Element | None:
        """Return a part's root element, or None if there is no such part. Parsed once."""
        if name not in self._trees:
            self._trees[name] = parse_xml(self.read(name), name, self.limits) if self.has(name) else None
        return self._trees[name]

    def targets(self, part: str) -> dict[str, str]:
        """Return an OOXML part's relationships: id to the part it names; those that lead outside are left out."""
        folder, name = posixpath.split(part)
        root = self.xml_if_any(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return {}
        return {
            rel.get("Id", ""): resolve(part, rel.get("Target", ""))
            for rel in root.iter(REL)
            if rel.get("TargetMode") != "External"
        }


def resolve(part: str, reference: str) -> str:
    """Return the part that a reference in `part` names."""
    path = unquote(reference.split("#", 1)[0])
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), path))


def parse_xml(data: bytes, name: str, limits: Limits) -> etree._Element:
    """Return the root of an XML part. Raises NotCheckableError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotCheckableError("broken", f"The part {name[:100]} is not valid XML.") from error
    if root is None:
        raise NotCheckableError("broken", f"The part {name[:100]} is empty.")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise NotCheckableError("broken", f"The part {name[:100]} declares entities of its own.")
    _check_size(root, name, limits)
    return root


def parse_html(data: bytes, name: str, limits: Limits) -> etree._Element | None:
    """Return the root of an (X)HTML part, read as forgivingly as browsers do; None if nothing is in it."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotCheckableError("broken", f"The part {name[:100]} is not valid HTML.") from error
    if root is not None:
        _check_size(root, name, limits)
    return root


def _check_size(root: etree._Element, name: str, limits: Limits) -> None:
    for count, _ in enumerate(root.iter()):
        if count > limits.nodes:
            raise NotCheckableError("too_large", f"The part {name[:100]} has more than {limits.nodes:,} elements.")


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def descendants(root: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the elements below `root` with one of these local names, in document order."""
    if root is None:
        return
    for element in root.iter():
        if isinstance(element.tag, str) and etree.QName(element).localname in names:
            yield element


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute by its local name, in whatever namespace; None if it is not there."""
    value = element.get(name)
    if value is not None:
        return str(value)
    for key, other in element.attrib.items():
        if str(key).endswith("}" + name):
            return str(other)
    return None


def text_of(element: etree._Element | None) -> str:
    """Return an element's text with runs of white space made one."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())
