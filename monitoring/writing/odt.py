"""Writes the report as OpenDocument text, for the people who fill in their parts.

Written by hand as the spreadsheets are: what is needed is small, and headings, header rows, the language and the text
alternatives of charts are then surely there. Tests hold it to our own rules for documents.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from monitoring.writing.blocks import Bar, Blank, Block, Chart, Heading, Listing, Paragraph, Report, Table, Terms
from reports.escape import xml_text
from reports.wording import ENGLISH, direction, labelled, lang, language_of, say

MIME = "application/vnd.oasis.opendocument.text"
COUNTRIES = {"en": "GB"}
"""Whose spelling we keep to, by language; the others name no country."""
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    f'xmlns:office="{_SPACE}:office:1.0" xmlns:style="{_SPACE}:style:1.0" xmlns:text="{_SPACE}:text:1.0" '
    f'xmlns:table="{_SPACE}:table:1.0" xmlns:draw="{_SPACE}:drawing:1.0" xmlns:fo="{_SPACE}:xsl-fo-compatible:1.0" '
    f'xmlns:svg="{_SPACE}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ENGLISH = "In_20_English"
_WRITING = {"ltr": "lr-tb", "rtl": "rl-tb"}
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The same content makes the same file."""

_SIZES_PT = {1: 20, 2: 16, 3: 13, 4: 11}
BAR_PX, LABEL_PX, TEXT_PX, ROW_PX = 320, 300, 300, 26


def write(report: Report, path: Path) -> None:
    """Write the report to a file. Raises OSError."""
    body = _Body()
    content = "".join(body.blocks(report))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _ZIP_TIME), MIME)  # first and not packed: ODF 1.2, part 3, 3.3
        _part(archive, "META-INF/manifest.xml", _manifest(body.pictures))
        _part(archive, "meta.xml", _meta(report.title))
        _part(archive, "styles.xml", _styles())
        _part(
            archive,
            "content.xml",
            f"<office:document-content {_NAMES}><office:body><office:text>{content}</office:text></office:body>"
            "</office:document-content>",
        )
        for name, picture in body.pictures.items():
            _part(archive, name, picture)


@dataclass(slots=True)
class _Body:
    """The document's text; charts become pictures on the way."""

    pictures: dict[str, str] = field(default_factory=dict)

    def blocks(self, report: Report) -> Iterator[str]:
        yield _heading(report.title, 1)
        for block in report.lead:
            yield from self._block(block, 2)
        for section in report.sections:
            yield _heading(section.title, section.level)
            if section.status:
                yield _paragraph(f"{say('State:')} {say(section.status)}.", "Status")
            for block in section.blocks:
                yield from self._block(block, section.level + 1)

    def _block(self, block: Block, level: int) -> Iterator[str]:
        if isinstance(block, Paragraph):
            yield _paragraph(block.text)
        elif isinstance(block, Heading):
            yield _heading(block.text, level + block.down)
        elif isinstance(block, Listing):
            items = "".join(f"<text:list-item>{_paragraph(item)}</text:list-item>" for item in block.items)
            yield f'<text:list text:style-name="List">{items}</text:list>'
        elif isinstance(block, Terms):
            yield from (_paragraph(labelled(term, text)) for term, text in block.items)
        elif isinstance(block, Blank):
            lead = say("Optional: a person may write this.") if block.optional else say("A person must write this.")
            yield _paragraph(f"[{lead} {block.prompt}]", "Blank")
        elif isinstance(block, Table):
            yield _table(block)
        else:
            yield from self._chart(block)

    def _chart(self, chart: Chart) -> Iterator[str]:
        if chart.bars:
            name = f"Pictures/chart-{len(self.pictures) + 1}.svg"
            picture, width, height = chart_svg(chart)
            self.pictures[name] = picture
            yield (
                f'<text:p text:style-name="Text_20_body"><draw:frame draw:name={_attribute(chart.caption)} '
                f'text:anchor-type="as-char" svg:width="{width / 40:.2f}cm" svg:height="{height / 40:.2f}cm">'
                f'<draw:image xlink:href="{name}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
                f"<svg:title>{_text(chart.caption)}</svg:title>"
                f"<svg:desc>{_text(say('A bar chart of the numbers in the table that follows.'))}</svg:desc>"
                "</draw:frame></text:p>"
            )
        yield _table(chart.table)


def chart_svg(chart: Chart) -> tuple[str, int, int]:
    """Return a chart as a picture of its own, with its width and height in pixels."""
    width, height = LABEL_PX + BAR_PX + TEXT_PX + 30, ROW_PX * len(chart.bars) + 10
    rows = "".join(_svg_row(bar, chart.top, number) for number, bar in enumerate(chart.bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="12"><title>{_text(chart.caption)}</title>'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{rows}</svg>',
        width,
        height,
    )


def _svg_row(bar: Bar, top: float, number: int) -> str:
    y, left = 5 + ROW_PX * number, LABEL_PX + 10
    interval = ""
    if bar.low is not None and bar.high is not None:
        low, high = (left + BAR_PX * value / top for value in (bar.low, bar.high))
        interval = (
            f'<path d="M{low:.1f} {y + 6}v10M{high:.1f} {y + 6}v10M{low:.1f} {y + 11}H{high:.1f}" '
            'stroke="#16202a" stroke-width="2" fill="none"/>'
        )
    return (
        f'<text x="{LABEL_PX}" y="{y + 15}" text-anchor="end">{_text(_shortened(bar.label))}</text>'
        f'<rect x="{left}" y="{y + 2}" width="{BAR_PX}" height="18" fill="#e9edf1"/>'
        f'<rect x="{left}" y="{y + 4}" width="{BAR_PX * bar.value / top:.1f}" height="14" fill="#2f6da8"/>{interval}'
        f'<text x="{left + BAR_PX + 10}" y="{y + 15}">{_text(bar.text)}</text>'
    )


def _shortened(label: str, limit: int = 46) -> str:
    return label if len(label) <= limit else label[: limit - 1] + "…"


def _heading(text: str, level: int) -> str:
    level = min(level, max(_SIZES_PT))
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{_words(text)}</text:h>'


def _paragraph(text: str, style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">{_words(text)}</text:p>'


def _words(text: str) -> str:
    """Return a text; English in a report of another language says so."""
    if language_of(text) == ENGLISH:
        return f'<text:span text:style-name="{_ENGLISH}">{_text(text)}</text:span>'
    return _text(text)


def _language(code: str) -> str:
    return f'fo:language="{code}" fo:country="{COUNTRIES.get(code, "none")}"'


def _tag(code: str) -> str:
    return f"{code}-{COUNTRIES[code]}" if code in COUNTRIES else code


def _table(table: Table) -> str:
    nothing = say("%(caption)s: there is nothing to show.", caption=table.caption)
    caption = _paragraph(table.caption if table.rows else nothing, "Caption")
    if not table.rows:
        return caption
    head = "".join(_cell(column, "Table_20_Heading") for column in table.columns)
    rows = "".join(
        "<table:table-row>"
        + "".join(
            _cell(
                cell, "Table_20_Heading" if place == 0 else "Number" if place in table.numbers else "Table_20_Contents"
            )
            for place, cell in enumerate(row)
        )
        + "</table:table-row>"
        for row in table.rows
    )
    return (
        f"{caption}<table:table table:name={_attribute(table.caption)}>"
        f'<table:table-column table:number-columns-repeated="{len(table.columns)}"/>'
        f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>"
        f"{rows}</table:table>{_paragraph('')}"
    )


def _cell(text: str, style: str) -> str:
    return f'<table:table-cell office:value-type="string">{_paragraph(text, style)}</table:table-cell>'


def _manifest(pictures: dict[str, str]) -> str:
    space = f"{_SPACE}:manifest:1.0"
    entries = [("/", MIME), ("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("meta.xml", "text/xml")]
    entries += [(name, "image/svg+xml") for name in pictures]
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>' for name, kind in entries
    )
    return f'<manifest:manifest xmlns:manifest="{space}" manifest:version="1.2">{listed}</manifest:manifest>'


def _meta(title: str) -> str:
    return (
        f"<office:document-meta {_NAMES}><office:meta><dc:title>{_text(title)}</dc:title>"
        f"<dc:language>{_tag(lang())}</dc:language></office:meta></office:document-meta>"
    )


def _styles() -> str:
    headings = "".join(
        f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" style:family="paragraph" '
        f'style:parent-style-name="Standard" style:default-outline-level="{level}">'
        '<style:paragraph-properties fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
        for level, size in _SIZES_PT.items()
    )
    others = "".join(
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" style:family="paragraph" '
        f'style:parent-style-name="Standard">{properties}</style:style>'
        for name, properties in (
            ("Text_20_body", '<style:paragraph-properties fo:margin-bottom="0.2cm"/>'),
            ("Caption", '<style:paragraph-properties fo:margin-top="0.3cm" fo:keep-with-next="always"/>' + _BOLD),
            ("Status", '<style:text-properties fo:font-style="italic"/>'),
            ("Blank", '<style:paragraph-properties fo:background-color="#fff3dc" fo:padding="0.2cm"/>' + _BOLD),
            ("Table_20_Contents", '<style:text-properties fo:font-size="9pt"/>'),
            ("Table_20_Heading", '<style:text-properties fo:font-size="9pt" fo:font-weight="bold"/>'),
            (
                "Number",
                '<style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-size="9pt"/>',
            ),
        )
    )
    return (
        f"<office:document-styles {_NAMES}><office:styles>"
        '<style:default-style style:family="paragraph">'
        f'<style:paragraph-properties style:writing-mode="{_WRITING[direction()]}"/>'
        f'<style:text-properties {_language(lang())} fo:font-size="11pt"/>'
        "</style:default-style>"
        f'<style:style style:name="{_ENGLISH}" style:family="text"><style:text-properties {_language(ENGLISH)}/>'
        "</style:style>"
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
        f"{headings}{others}"
        '<text:list-style style:name="List"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
        '<style:list-level-properties text:space-before="0.4cm" text:min-label-width="0.5cm"/>'
        "</text:list-level-style-bullet></text:list-style>"
        "</office:styles><office:automatic-styles>"
        '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="29.7cm" '
        'fo:page-height="21cm" style:print-orientation="landscape" fo:margin="2cm"/></style:page-layout>'
        "</office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="Page"/>'
        "</office:master-styles></office:document-styles>"
    )


_BOLD = '<style:text-properties fo:font-weight="bold"/>'


def _part(archive: zipfile.ZipFile, name: str, xml: str) -> None:
    archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), _DECLARATION + xml, zipfile.ZIP_DEFLATED)


def _text(text: str) -> str:
    return escape(xml_text(text))


def _attribute(text: str) -> str:
    return quoteattr(xml_text(text))
