"""Encrypted, broken, huge and hostile files: each ends in a result that says why, within its bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from checks.documents import sandbox
from checks.documents.model import REASONS, Limits
from checks.documents.rule import Build
from checks.documents.run import check_document, check_read, open_document
from checks.documents.samples.office import WORDS, docx, epub, odf, package, w_p
from checks.documents.samples.pdf import paragraph, pdf, picture
from checks.documents.sandbox import check_safely
from checks.documents.wire import packed, unpacked
from checks.model import Outcome
from store.reasons import DOCUMENT_REASONS

URL = "https://elm.example/files/report.pdf"
PLAIN = pdf()
LOCKED = pikepdf.Encryption(owner="elm", user="secret")


def changed(change: Callable[[pikepdf.Pdf], None], build: Build = PLAIN) -> bytes:
    """Return a PDF that `change` has spoilt."""
    with pikepdf.open(io.BytesIO(build().data)) as file:
        change(file)
        stream = io.BytesIO()
        file.save(stream, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return stream.getvalue()


def portfolio(file: pikepdf.Pdf) -> None:
    file.Root["/Collection"] = Dictionary(Type=Name.Collection)


def dynamic_form(file: pikepdf.Pdf) -> None:
    file.Root["/NeedsRendering"] = True


WHY_NOT: list[tuple[str, bytes, str]] = [
    ("pdf", b"", "empty"),
    ("pdf", b"\n\0 ", "empty"),
    ("pdf", b"<!DOCTYPE html><title>Not found</title>", "not_a_document"),
    ("pdf", b"\n <html><body>Please log in", "not_a_document"),
    ("pdf", b"Content-Type: nothing", "broken"),
    ("pdf", b"%PDF-1.7\n%%EOF", "broken"),
    ("pdf", pdf()().data[:300], "broken"),
    ("pdf", pdf(encryption=LOCKED)().data, "encrypted"),
    ("pdf", changed(portfolio), "portfolio"),
    ("pdf", changed(dynamic_form), "dynamic_form"),
    ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "format"),
    ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("odt", odf(encrypted=True)().data, "encrypted"),
    ("docx", docx()().data[:200], "broken"),
    ("docx", package({"word/document.xml": "<w:document"}), "broken"),
    ("docx", package({"word/document.xml": ""}), "broken"),
    ("epub", package({"mimetype": "application/epub+zip"}), "broken"),
    ("zip", package({"readme.txt": "hello"}), "format"),
]


@pytest.mark.parametrize(("declared", "data", "reason"), WHY_NOT)
def test_what_cannot_be_checked_says_why(declared: str, data: bytes, reason: str) -> None:
    result = check_document(data, url=URL, declared=declared)
    assert result.reason == reason, result.detail
    assert " at 0x" not in result.detail, "another run would say something else"
    assert not result.is_checked
    assert not result.findings
    assert not result.rule_outcomes


def test_every_reason_has_a_sentence() -> None:
    assert set(REASONS) | {"not_asked"} == set(DOCUMENT_REASONS)


def test_a_file_is_judged_by_what_is_in_it() -> None:
    assert check_document(docx()().data, url=URL, declared="pdf").format == "docx"
    assert check_document(pdf()().data, url=URL, declared="docx").format == "pdf"
    assert check_document(b"\r\n" * 200 + pdf()().data, url=URL).format == "pdf"


def test_entities_are_not_resolved() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    assert check_document(package({"word/document.xml": bomb}), url=URL).reason == "broken"
    outside = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w>&a;</w>'
    assert check_document(package({"word/document.xml": outside}), url=URL).reason == "broken"


def test_a_zip_bomb_is_not_unpacked() -> None:
    limits = Limits(part_bytes=100_000)
    data = docx(w_p("a" * 200_000))().data
    assert len(data) < 5_000
    assert check_document(data, url=URL, limits=limits).reason == "too_large"


def test_a_package_that_lies_about_its_sizes_is_still_bounded() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w>" + "a" * 300_000 + "</w>")
    data = stream.getvalue().replace((300_007).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert check_document(data, url=URL, limits=Limits(part_bytes=100_000)).reason in ("broken", "too_large")


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (docx()().data, Limits(parts=2)),
        (docx()().data, Limits(unpacked_bytes=500)),
        (docx(*[w_p("a")] * 50)().data, Limits(nodes=40)),
        (epub("<p>a</p>" * 99)().data, Limits(nodes=40)),
        (pdf()().data, Limits(file_bytes=100)),
    ],
)
def test_each_bound_holds(data: bytes, limits: Limits) -> None:
    assert check_document(data, url=URL, limits=limits).reason == "too_large"


def test_a_long_pdf_is_read_in_part_and_says_so() -> None:
    result = check_document(pdf(pages=5)().data, url=URL, limits=Limits(pages=2))
    assert result.is_checked
    assert result.facts.pages == 5
    assert list(result.not_run.values()) == [
        "Only the first 2 pages were read for their content; the file is longer than the limit."
    ]


def test_few_instructions_are_read_where_the_limit_is_low() -> None:
    result = check_document(pdf(*[paragraph()] * 9, pages=3)().data, url=URL, limits=Limits(instructions=20))
    assert result.is_checked
    assert "longer than the limit" in " ".join(result.not_run.values())


def loop_in_tags(file: pikepdf.Pdf) -> None:
    node = file.Root.StructTreeRoot.K
    node.K.append(node)
    node.K.append(file.make_indirect(Dictionary(S=Name.P, K=Array([node]))))


def deep_tags(file: pikepdf.Pdf) -> None:
    node: Any = file.make_indirect(Dictionary(S=Name.P, K=0))
    for _ in range(3_000):
        node = file.make_indirect(Dictionary(S=Name.Div, K=node))
    file.Root.StructTreeRoot["/K"] = node


def wrong_types(file: pikepdf.Pdf) -> None:
    file.Root["/Lang"] = Name.en
    file.Root["/MarkInfo"] = 3
    file.Root["/ViewerPreferences"] = Array([1])
    file.Root["/Outlines"] = "no"
    file.Root["/Metadata"] = file.make_stream(b"<x:xmpmeta><broken")
    file.docinfo["/Title"] = ""
    file.Root.StructTreeRoot["/RoleMap"] = Dictionary(A=Name.B, B=Name.A)
    file.Root.StructTreeRoot.K.K.append("text")
    file.Root.StructTreeRoot.K["/A"] = Array([3, "x", Dictionary(RowSpan="many")])
    page = file.pages[0].obj
    page["/Annots"] = Array([1, Dictionary(Subtype=Name.Widget, Rect=Array(["a", 1])), Dictionary(Subtype=3)])
    page.Resources["/Font"] = Dictionary(F1=7)
    page.Resources["/XObject"] = Array([])


def drawing_in_itself(file: pikepdf.Pdf) -> None:
    form = file.make_stream(b"/A Do /A Do", Subtype=Name.Form)
    form["/Resources"] = Dictionary(XObject=Dictionary(A=form))
    file.pages[0].obj.Resources.XObject["/A"] = form
    file.pages[0].obj["/Contents"] = file.make_stream(b"/A Do")


def nonsense_content(file: pikepdf.Pdf) -> None:
    file.pages[0].obj["/Contents"] = file.make_stream(b"BT /F1 Tf (a Tj [ << BDC EMC EMC Q Q Q 1 0 cm TJ /X Do ( Tm")


def field_that_is_its_own_parent(file: pikepdf.Pdf) -> None:
    node = file.make_indirect(Dictionary(Subtype=Name.Widget, FT=Name.Tx, Rect=Array([0, 0, 50, 50])))
    node["/Parent"] = node
    file.pages[0].obj["/Annots"] = Array([node])


@pytest.mark.parametrize(
    "spoil",
    [
        loop_in_tags,
        deep_tags,
        wrong_types,
        drawing_in_itself,
        nonsense_content,
        field_that_is_its_own_parent,
    ],
)
@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")  # what is spoilt on purpose
def test_a_strange_pdf_costs_no_rule(spoil: Callable[[pikepdf.Pdf], None]) -> None:
    result = check_document(changed(spoil), url=URL)
    assert result.is_checked, result.detail
    assert [key for key in result.not_run if key.startswith("curbcut/")] == []


def test_findings_keep_their_names_when_the_file_is_written_anew() -> None:
    first = pdf(title="untitled", lang=None)().data
    with pikepdf.open(io.BytesIO(first)) as file:
        for _ in range(40):
            file.make_indirect(Dictionary())
        stream = io.BytesIO()
        file.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    again = check_document(stream.getvalue(), url="http://127.0.0.1:4711/files/report.pdf")
    names = {finding.fingerprint for finding in check_document(first, url=URL).findings}
    assert names
    assert {finding.fingerprint for finding in again.findings} == names


def test_void_clauses_leave_findings_without_a_criterion() -> None:
    data = pdf(pages=21)().data
    document = open_document(data, "pdf", "report.pdf", Limits())
    (found,) = check_read(document, URL, criteria={"1.1.1"}).findings
    assert (found.rule, found.wcag, found.outcome) == ("curbcut/pdf-bookmarks", (), Outcome.CANT_TELL)
    (found,) = check_read(document, URL, criteria={"2.4.5"}).findings
    assert found.wcag == ("2.4.5",)


def test_texts_from_a_file_are_fit_for_every_database() -> None:
    data = pdf(paragraph("News", role="Headline"), title="untitled-1")().data
    data = data.replace(b"/Headline", b"/Hea#00#FFe")
    found = check_document(docx(w_p("A\u0085B"), title="")().data, url="https://elm.example/%00%FF.docx")
    others = check_document(data, url=URL)
    assert others.is_checked, others
    for finding in (*found.findings, *others.findings):
        text = finding.message + finding.snippet + "".join(map(str, finding.arguments.values()))
        assert text.encode("utf-8").isascii() or text.isprintable()
        assert "\0" not in text


def test_a_process_of_its_own_gives_the_same_result() -> None:
    data = pdf(title="untitled", lang=None, pages=2)().data
    here, there = check_document(data, url=URL, declared="pdf"), check_safely(data, url=URL, declared="pdf")
    assert here.findings
    assert there == here
    assert unpacked(packed(here)) == here


def test_a_process_that_takes_too_long_is_ended() -> None:
    result = check_safely(pdf()().data, url=URL, declared="pdf", limits=Limits(wall_seconds=0.01))
    assert (result.format, result.reason) == ("pdf", "too_slow")


def test_a_process_that_takes_too_much_processor_time_is_ended() -> None:
    data = pdf(*[paragraph()] * 60, pages=200)().data
    assert check_safely(data, url=URL, declared="pdf", limits=Limits(seconds=1)).reason == "too_slow"


def test_a_process_that_takes_too_much_memory_is_ended() -> None:
    """A stream of a few kilobytes that unpacks to far more than the process may have."""
    bomb = zlib.compress(zlib.compress(bytes(400_000_000), 1), 9)

    def spoil(file: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(file, bomb)
        stream["/Filter"] = Array([Name.FlateDecode, Name.FlateDecode])
        file.pages[0].obj["/Contents"] = file.make_indirect(stream)

    data = changed(spoil)
    assert len(data) < 200_000
    limits = replace(Limits(), memory_bytes=500 * 1024 * 1024, seconds=30)
    result = check_safely(data, url=URL, declared="pdf", limits=limits)
    assert result.reason in ("broken", "too_much_memory"), result


def test_a_page_that_cannot_be_read_makes_no_scan_of_the_rest() -> None:
    def spoil(file: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(file, b"not packed")
        stream["/Filter"] = Name.FlateDecode
        file.pages[0].obj["/Contents"] = file.make_indirect(stream)

    result = check_document(changed(spoil, pdf(picture(1.0), tagged=False, pages=3)), url=URL)
    assert list(result.not_run) == ["part 1"]
    assert result.rule_outcomes["curbcut/pdf-text-as-picture"] is Outcome.CANT_TELL


def test_a_process_that_prints_nonsense_is_a_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    package_dir = tmp_path / "checks" / "documents"
    package_dir.mkdir(parents=True)
    (package_dir / "__main__.py").write_text("print('hello')")
    monkeypatch.setattr(sandbox, "ROOT", tmp_path)
    result = check_safely(pdf()().data, url=URL, declared="pdf")
    assert result.reason == "check_failed"


def test_long_words_and_many_blocks_stay_quick() -> None:
    body = [w_p(WORDS, bold=bool(n % 2)) for n in range(2_000)]
    assert check_document(docx(*body)().data, url=URL).is_checked
