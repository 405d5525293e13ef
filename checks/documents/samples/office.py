"""Makes small office files and EPUBs for the examples of rules."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from checks.documents.rule import Build, Sample

WORDS = "The council met in the town hall and talked about the harbour wall, the budget and the school roof. "
_DATE = (2026, 1, 1, 0, 0, 0)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_W = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_REL}"'
_DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
        ("svg", "svg-compatible"), ("fo", "xsl-fo-compatible"), ("meta", "meta"), ("presentation", "presentation"),
    )
)  # fmt: skip


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of these parts, the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return stream.getvalue()


def w_p(words: str, style: str = "", bold: bool = False, half_points: int = 0, lang: str = "") -> str:
    """Return a Word paragraph."""
    run = ("<w:b/>" if bold else "") + (f'<w:sz w:val="{half_points}"/>' if half_points else "")
    run += f'<w:lang w:val="{lang}"/>' if lang else ""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:rPr>{run}</w:rPr><w:t>{escape(words)}</w:t></w:r></w:p>"


def w_picture(alt: str | None = None, decorative: bool = False) -> str:
    """Return a Word paragraph with a picture."""
    described = "" if alt is None else f" descr={quoteattr(alt)}"
    extra = '<a:extLst><a:ext><x:decorative xmlns:x="urn:adec" val="1"/></a:ext></a:extLst>' if decorative else ""
    return (
        f'<w:p><w:r><w:drawing><wp:inline {_DRAWING}><wp:docPr id="1" name="Picture 1"{described}>{extra}</wp:docPr>'
        "<a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def w_shape() -> str:
    """Return a Word paragraph with a shape that is no picture."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline {_DRAWING}><wp:docPr id="2" name="Line 1"/><a:graphic><a:graphicData/>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def w_table(rows: list[list[str]], header: bool = False, styled: bool = False, bold: bool = False) -> str:
    """Return a Word table."""
    text = f'<w:tbl><w:tblPr><w:tblLook w:firstRow="{int(styled)}"/></w:tblPr>'
    for number, row in enumerate(rows):
        marked = "<w:trPr><w:tblHeader/></w:trPr>" if header and not number else ""
        cells = "".join(f"<w:tc>{w_p(cell, bold=bold and not number)}</w:tc>" for cell in row)
        text += f"<w:tr>{marked}{cells}</w:tr>"
    return text + "</w:tbl>"


def docx(
    *body: str,
    title: str = "Spring newsletter of Elm",
    lang: str = "en-GB",
    name: str = "spring-newsletter.docx",
    parts: Mapping[str, str] | None = None,
) -> Build:
    """Return what makes a Word file of these body parts."""
    default = f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{lang}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    styles = (
        f"<w:styles {_W}>{default if lang else ''}"
        '<w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    return lambda: Sample(
        package(
            {
                "[Content_Types].xml": "<Types/>",
                "word/document.xml": f"<w:document {_W}><w:body>{''.join(body) or w_p(WORDS)}</w:body></w:document>",
                "word/styles.xml": styles,
                "docProps/core.xml": _core(title),
                **(parts or {}),
            }
        ),
        name,
    )


def _core(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>"
    )


def p_slide(title: str = "", body: str = WORDS, picture_alt: str | None = "-", lang: str = "en-GB") -> str:
    """Return a slide; `picture_alt` of None makes a picture without an alternative, "-" makes none."""
    shapes = _shape("title", title, lang) if title else ""
    shapes += _shape("body", body, lang)
    if picture_alt != "-":
        described = "" if picture_alt is None else f" descr={quoteattr(picture_alt)}"
        shapes += f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="Picture 3"{described}/></p:nvPicPr></p:pic>'
    return _slide(shapes)


def p_table_slide(rows: list[list[str]], header: bool) -> str:
    """Return a slide with a table."""
    lines = "".join("<a:tr>" + "".join(f"<a:tc><a:t>{c}</a:t></a:tc>" for c in row) + "</a:tr>" for row in rows)
    return _slide(f'<a:tbl><a:tblPr firstRow="{int(header)}"/>{lines}</a:tbl>')


def _shape(kind: str, words: str, lang: str) -> str:
    spoken = f'<a:rPr lang="{lang}"/>' if lang else ""
    return f'<p:sp><p:ph type="{kind}"/><a:p><a:r>{spoken}<a:t>{escape(words)}</a:t></a:r></a:p></p:sp>'


def _slide(shapes: str) -> str:
    return (
        '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{shapes}</p:sld>'
    )


def pptx(*slides: str, title: str = "The budget for everybody", name: str = "budget-talk.pptx") -> Build:
    """Return what makes a presentation of these slides."""
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in range(len(slides)))
    relations = "".join(f'<Relationship Id="r{n}" Target="slides/slide{n}.xml"/>' for n in range(len(slides)))
    return lambda: Sample(
        package(
            {
                "ppt/presentation.xml": f'<p:presentation xmlns:p="urn:p" xmlns:r="{_REL}">{ids}</p:presentation>',
                "ppt/_rels/presentation.xml.rels": _relations(relations),
                "docProps/core.xml": _core(title),
                **{f"ppt/slides/slide{n}.xml": slide for n, slide in enumerate(slides)},
            }
        ),
        name,
    )


def _relations(entries: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'
    )


def xlsx(
    *sheets: str, picture_alt: str | None = "-", table_header: bool | None = None, title: str = "Bus times in Elm"
) -> Build:
    """Return what makes a workbook with a value in each named sheet, and a picture or a table in the first."""
    named = sheets or ("Bus times",)
    listed = "".join(f'<s:sheet name={quoteattr(n)} r:id="r{i}"/>' for i, n in enumerate(named))
    relations = "".join(f'<Relationship Id="r{i}" Target="worksheets/sheet{i}.xml"/>' for i in range(len(named)))
    parts = {
        "xl/workbook.xml": f'<s:workbook xmlns:s="urn:s" xmlns:r="{_REL}">{listed}</s:workbook>',
        "xl/_rels/workbook.xml.rels": _relations(relations),
        "docProps/core.xml": _core(title),
    }
    for i in range(len(named)):
        parts[f"xl/worksheets/sheet{i}.xml"] = '<s:worksheet xmlns:s="urn:s"><s:c><s:v>1</s:v></s:c></s:worksheet>'
    related = ""
    if picture_alt != "-":
        described = "" if picture_alt is None else f" descr={quoteattr(picture_alt)}"
        parts["xl/drawings/drawing1.xml"] = (
            f'<x:wsDr xmlns:x="urn:x"><x:pic><x:cNvPr id="2" name="Picture 1"{described}/></x:pic></x:wsDr>'
        )
        related += '<Relationship Id="d" Target="../drawings/drawing1.xml"/>'
    if table_header is not None:
        parts["xl/tables/table1.xml"] = (
            f'<t:table xmlns:t="urn:t" displayName="Times" ref="A1:C9" headerRowCount="{int(table_header)}"/>'
        )
        related += '<Relationship Id="t" Target="../tables/table1.xml"/>'
    parts["xl/worksheets/_rels/sheet0.xml.rels"] = _relations(related)
    return lambda: Sample(package(parts), "bus-times.xlsx")


def o_p(words: str, style: str = "") -> str:
    """Return an OpenDocument paragraph; the style Bold is bold."""
    styled = f' text:style-name="{style}"' if style else ""
    return f"<text:p{styled}>{escape(words)}</text:p>"


def o_h(words: str) -> str:
    """Return an OpenDocument heading."""
    return f'<text:h text:outline-level="1">{escape(words)}</text:h>'


def o_picture(alt: str | None = None, decorative: bool = False) -> str:
    """Return an OpenDocument paragraph with a picture."""
    described = "" if alt is None else f"<svg:desc>{escape(alt)}</svg:desc>"
    marked = ' xmlns:loext="urn:loext" loext:decorative="true"' if decorative else ""
    return f'<text:p><draw:frame draw:name="Image1"{marked}><draw:image/>{described}</draw:frame></text:p>'


def o_table(rows: list[list[str]], header: bool = False, bold: bool = False) -> str:
    """Return an OpenDocument table."""
    lines = [
        "<table:table-row>"
        + "".join(f"<table:table-cell>{o_p(c, 'Bold' if bold and not n else '')}</table:table-cell>" for c in row)
        + "</table:table-row>"
        for n, row in enumerate(rows)
    ]
    if header:
        lines[0] = f"<table:table-header-rows>{lines[0]}</table:table-header-rows>"
    return f"<table:table>{''.join(lines)}</table:table>"


def odf(
    *body: str, kind: str = "text", lang: str = "en", title: str = "Spring newsletter of Elm", encrypted: bool = False
) -> Build:
    """Return what makes an OpenDocument file: `kind` is text, presentation or spreadsheet."""
    endings = {"text": "odt", "presentation": "odp", "spreadsheet": "ods"}
    spoken = f'<style:text-properties fo:language="{lang}" fo:country="none"/>' if lang else ""
    bold = '<style:style style:name="Bold"><style:text-properties fo:font-weight="bold"/></style:style>'
    data = "<manifest:encryption-data/>" if encrypted else ""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{bold}</office:automatic-styles>"
        f"<office:body><office:{kind}>{''.join(body) or o_p(WORDS)}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    styles = (
        f'<office:document-styles {_ODF}><office:styles><style:default-style style:family="paragraph">{spoken}'
        "</style:default-style></office:styles></office:document-styles>"
    )
    meta = (
        f'<office:document-meta {_ODF} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        f"<dc:title>{escape(title)}</dc:title></office:meta></office:document-meta>"
    )
    return lambda: Sample(
        package(
            {
                "mimetype": f"application/vnd.oasis.opendocument.{kind}",
                "content.xml": content,
                "styles.xml": styles,
                "meta.xml": meta,
                "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="urn:m">{data}</manifest:manifest>',
            }
        ),
        f"spring-newsletter.{endings[kind]}",
    )


def epub(
    body: str = f"<h1>Spring</h1><p>{WORDS}</p>",
    *,
    lang: str = "en",
    html_lang: str = "en",
    title: str = "Spring in Elm",
    navigation: bool = True,
    metadata: tuple[str, ...] = ("accessMode", "accessibilityFeature", "accessibilityHazard"),
    chapters: int = 1,
) -> Build:
    """Return what makes an EPUB with this body in every chapter."""
    spoken = f' lang="{html_lang}"' if html_lang else ""
    page = f"<html xmlns='http://www.w3.org/1999/xhtml'{spoken}><body>{body}</body></html>"
    metas = "".join(f'<meta property="schema:{name}">textual</meta>' for name in metadata)
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(chapters))
    nav = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>' if navigation else ""
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(chapters))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{lang}</dc:language>{metas}</metadata>"
        f"<manifest>{items}{nav}</manifest><spine>{refs}</spine></package>"
    )
    return lambda: Sample(
        package(
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": '<container><rootfile full-path="OPS/book.opf"/></container>',
                "OPS/book.opf": opf,
                **{f"OPS/c{n}.xhtml": page for n in range(chapters)},
            }
        ),
        "spring.epub",
    )
