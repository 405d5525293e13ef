"""Makes the demo town's documents and its one photo-like picture: `python tools/make_demo_documents.py`.

The results are committed, because Chromium's PDFs differ from run to run. Run it again only to change a document;
what is wrong with each of them on purpose stands in `demo/barriers.yaml`.
"""

from __future__ import annotations

import base64
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from playwright.sync_api import Browser, sync_playwright

TOWN = Path(__file__).parents[1] / "demo" / "town"
DOCUMENTS = TOWN / "documents"
PICTURES = TOWN / "assets" / "img"
CHROMIUM = "/usr/bin/chromium"
ZIP_DATE = (2026, 9, 1, 0, 0, 0)  # fixed, so that the same text gives the same file

STYLE = (
    "<style>body{font:11pt sans-serif}table{border-collapse:collapse}th,td{border:1px solid;padding:4px 8px}</style>"
)

BUDGET = f"""<!doctype html><html lang="en"><title>Budget 2027</title>{STYLE}
<h1>Budget 2027</h1><p>The council plans to spend €61 million in 2027.</p>
<h2>Departments</h2><table><caption>Thousands of euros</caption>
<thead><tr><th scope="col">Department<th scope="col">2026<th scope="col">2027</thead>
<tbody><tr><th scope="row">Schools<td>24,100<td>25,000<tr><th scope="row">Streets<td>11,400<td>13,900</tbody></table>
<h2>Next steps</h2><ol><li>Residents comment until 31 October.<li>The council votes on 1 December.</ol></html>"""

CALENDAR = f"""<!doctype html><html>{STYLE}
<h1>Bin calendar 2026</h1><table>
<tr><td>District<td>Household<td>Paper<tr><td>Old Town<td>Monday<td>First Tuesday
<tr><td>Harbour<td>Tuesday<td>First Wednesday<tr><td>Northfield<td>Wednesday<td>Second Tuesday</table></html>"""

CHART = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 2'%3E"
    "%3Cpath d='M0 2V1h1v1zM1.5 2V.5h1V2zM3 2V0h1v2z'/%3E%3C/svg%3E"
)
MINUTES = f"""<!doctype html><html lang="en"><title>untitled-3</title>{STYLE}
<p style="font-size:20pt"><b>Minutes, 8 September 2026</b></p><p><b>1. Harbour wall</b></p>
<p>The council agreed to start work on 5 October.</p>
<img width="160" src="{CHART}">
<p><b>2. Budget</b></p><p>The mayor presented the draft.</p></html>"""

SCANNED = """<!doctype html><html lang="en"><body style="background:#efece2;margin:60px;font:22px/1.7 serif;
transform:rotate(-.6deg);filter:blur(.5px) grayscale(1)"><h1>Building rules of 1978</h1>
<p>1. Roofs in the Old Town shall be red or brown.</p><p>2. Walls shall be of plaster or wood.</p>
<p>3. No sign shall be higher than 60 centimetres.</p><p>Signed, the Mayor</p></body></html>"""

AGENDA = ["Agenda", "1. Welcome", "2. Minutes of the last meeting", "3. Any other business"]
LEAFLET = ["Benefits", "You may get help with your rent.", "Call 01632 960100 and we tell you what to bring."]


def main() -> int:
    """Write every document and picture; return 0."""
    DOCUMENTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        print_pdf(browser, BUDGET, "budget-2027.pdf", tagged=True)
        print_pdf(browser, CALENDAR, "bin-calendar-2026.pdf", tagged=False)
        print_pdf(browser, MINUTES, "minutes-september.pdf", tagged=True)
        scan = base64.b64encode(photograph(browser, SCANNED, (800, 1100))).decode()
        page_of_paper = f'<body style="margin:0"><img style="width:100%" src="data:image/jpeg;base64,{scan}">'
        print_pdf(browser, page_of_paper, "building-rules-1978.pdf", tagged=False)
        plan = (PICTURES / "plan.svg").read_text(encoding="utf-8")
        (PICTURES / "town-plan.jpg").write_bytes(photograph(browser, f'<body style="margin:0">{plan}', (960, 480)))
        browser.close()
    write_docx(DOCUMENTS / "agenda-template.docx", AGENDA)
    write_odt(DOCUMENTS / "benefits-leaflet.odt", LEAFLET)
    for file in sorted(DOCUMENTS.iterdir()):
        sys.stdout.write(f"{file.name}: {file.stat().st_size:,} bytes\n")
    return 0


def print_pdf(browser: Browser, html: str, name: str, *, tagged: bool) -> None:
    """Print `html` to a PDF, with or without the structure tree."""
    page = browser.new_page()
    page.set_content(html)
    page.pdf(path=DOCUMENTS / name, format="A4", tagged=tagged, outline=False)
    page.close()


def photograph(browser: Browser, html: str, size: tuple[int, int]) -> bytes:
    """Return `html` as the bytes of a JPEG."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_content(html)
    picture = page.screenshot(type="jpeg", quality=45)
    page.close()
    return picture


def write_docx(file: Path, lines: list[str]) -> None:
    """Write a Word file whose headings are only bold text, with no title and no language."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    bold = "<w:rPr><w:b/></w:rPr>"
    runs = "".join(
        f"<w:p><w:r>{bold if number == 0 else ''}<w:t>{escape(line)}</w:t></w:r></w:p>"
        for number, line in enumerate(lines)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    write_zip(
        file,
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{runs}</w:body></w:document>',
        },
    )


def write_odt(file: Path, lines: list[str]) -> None:
    """Write an OpenDocument text with a real heading, a title and a language."""
    odf = "urn:oasis:names:tc:opendocument:xmlns"
    media = "application/vnd.oasis.opendocument.text"
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines[1:])
    heading = f'<text:h text:outline-level="1">{escape(lines[0])}</text:h>'
    manifest = f'xmlns:manifest="{odf}:manifest:1.0"'
    write_zip(
        file,
        {
            "mimetype": media,
            "META-INF/manifest.xml": f'<manifest:manifest {manifest} manifest:version="1.3">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
            "content.xml": f'<office:document-content xmlns:office="{odf}:office:1.0" xmlns:text="{odf}:text:1.0"'
            f' office:version="1.3"><office:body><office:text>{heading}{paragraphs}</office:text></office:body>'
            "</office:document-content>",
            "meta.xml": f'<office:document-meta xmlns:office="{odf}:office:1.0" office:version="1.3"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>Benefits leaflet</dc:title>'
            "<dc:language>en</dc:language></office:meta></office:document-meta>",
        },
    )


def write_zip(file: Path, parts: dict[str, str]) -> None:
    """Write text parts to a zip; a `mimetype` part stays uncompressed, as OpenDocument asks."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            declaration = "" if name == "mimetype" else '<?xml version="1.0" encoding="UTF-8"?>\n'
            archive.writestr(info, declaration + text)


if __name__ == "__main__":
    raise SystemExit(main())
