"""`curbcut style`: language only."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.console import fail, fail_for_system, say
from cli.exit_codes import Exit
from reports.style import formats
from reports.style.model import StyleReport, StyleText
from reports.style.terminal import Look, across_lines, finding_lines, summary_lines
from scan.drafts import Opened, open_drafts
from scan.errors import UsageError
from scan.style import judge, mend, with_readability
from scan.style_across import Across, with_findings
from styleguide.blocks import BOILERPLATE_REGIONS
from styleguide.errors import GuideError
from styleguide.guides import DEFAULT_GUIDE, Guide, check_guide, load_guide
from styleguide.input import DraftFormat

if TYPE_CHECKING:
    from scan.style_picture import StylePictures
    from styleguide.input import Draft
    from styleguide.rules import Rule

FORMATS = ("text", "json", "jsonl", "sarif", "junit", "github", "html")
_WHOLE: dict[str, Callable[[StyleReport], str]] = {
    "json": formats.to_json,
    "sarif": formats.to_sarif,
    "junit": formats.to_junit,
}
CONFIGURATION = ("curbcut.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class _Guides:
    """The guide that was asked for. For one text the rules for its languages are read: half the time."""

    name: str
    confidence: str

    def of(self, draft: Draft) -> Guide:
        """Return the guide for the languages of a text."""
        return load_guide(self.name, self.confidence, frozenset(block.lang for block in draft.document.blocks))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The format to write, and what each text is given to besides; `across` where there may be several to compare."""

    format: str
    pictures: StylePictures | None
    across: Across | None


@click.command("style")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="What to print."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to this file.")
@click.option("--guide", metavar="NAME", help="The style guide: a name (see: curbcut rules) or a folder of your own.")
@click.option(
    "--lang", default="", metavar="CODE", help="The language of texts that do not name their own, such as de."
)
@click.option(
    "--input", "input_", type=click.Choice([str(f) for f in DraftFormat]), help="Read every target as this format."
)
@click.option("--max-findings", type=click.IntRange(0), metavar="N", help="Exit with 1 when more were found.")
@click.option("--confidence", type=click.Choice(("high", "medium", "low")), default="high", help="Rules to turn on.")
@click.option(
    "--picture", is_flag=True, help="With --format html: open pages in a browser, and outline places on a picture."
)
@click.option("--fix", is_flag=True, help="Show what can be mended without a doubt, and ask before changing a file.")
@click.option("--yes", is_flag=True, help="With --fix: change the files without asking.")
@click.option("--explain", metavar="RULE", help="Explain one rule, with examples, and stop.")
def command(  # noqa: PLR0917 # click hands each option in by name
    targets: tuple[str, ...],
    format_: str,
    out: Path | None,
    guide: str | None,
    lang: str,
    input_: str | None,
    max_findings: int | None,
    confidence: str,
    picture: bool,
    fix: bool,
    yes: bool,
    explain: str | None,
) -> None:
    """Check the language of drafts and pages: HTML, Markdown, plain text, Word, addresses, folders, or - for input.

    A page at an address is fetched without a browser; to see what scripts add, use: curbcut check --only style URL.
    Only --picture opens one.
    """
    name, allowed, browser = _configured(guide, max_findings)
    try:
        check_guide(name)
        guides = _Guides(name, confidence)
        if explain is not None:
            _explain(explain, name)
            sys.exit(Exit.DONE)
    except GuideError as error:
        fail(str(error), Exit.USAGE)
    if not targets:
        fail("Name at least one text: a file, a folder, an address, or - for standard input.", Exit.USAGE)
    if picture and (format_ != "html" or fix):
        fail("A picture goes into the HTML view only: add --format html.", Exit.USAGE)
    if yes and not fix:
        fail("--yes answers what --fix asks: add --fix.", Exit.USAGE)
    stdin = sys.stdin.buffer
    as_format = DraftFormat(input_) if input_ else None
    opened = open_drafts(targets, stdin, format_=as_format, lang=lang)
    try:
        if fix:
            sys.exit(_fix(opened, guides, yes=yes))
        with _pictures(targets, browser) if picture else nullcontext() as pictures:
            wanted = _Wanted(format_, pictures, Across() if _are_several(targets) else None)
            texts = _report(opened, guides, wanted, out)
    except (UsageError, GuideError) as error:
        fail(str(error), Exit.USAGE)
    except OSError as error:
        fail_for_system(error)
    sys.exit(_exit_code(texts, allowed))


def _pictures(targets: tuple[str, ...], browser: Path | None) -> StylePictures:
    from scan.style_picture import StylePictures  # noqa: PLC0415 # Playwright: only who asks for a picture waits for it

    return StylePictures(targets, browser)


def _configured(guide: str | None, max_findings: int | None) -> tuple[str, int | None, Path | None]:
    """Return guide, threshold and browser. The settings are read only where there may be any: that takes a while."""
    is_set = any(key.startswith("CURBCUT_") for key in os.environ)
    if not is_set and not any(_may_configure(Path(name)) for name in CONFIGURATION):
        return guide or DEFAULT_GUIDE, max_findings, None
    from scan.settings import load  # noqa: PLC0415

    try:
        settings = load({"guide": guide, "max_findings": max_findings})
    except UsageError as error:
        fail(str(error), Exit.USAGE)
    return settings.guide, settings.max_findings, settings.browser


def _may_configure(path: Path) -> bool:
    """Return whether a file may hold settings of ours: every Python project has a pyproject.toml, few mean us by it."""
    try:
        return "curbcut" in path.read_text(encoding="utf-8", errors="replace") or path.name == CONFIGURATION[0]
    except OSError:
        return path.exists()


def _are_several(targets: tuple[str, ...]) -> bool:
    """Return whether there may be texts to compare: a single one is not kept in mind for others."""
    return len(targets) > 1 or any(Path(target).is_dir() for target in targets)


def _report(opened: Iterator[Opened], guides: _Guides, wanted: _Wanted, out: Path | None) -> list[StyleText]:
    if out is None:
        return _write(opened, guides, wanted, lambda piece: click.echo(piece, nl=False))
    from reports.output import replacing  # noqa: PLC0415

    with replacing(out) as stream:
        texts = _write(opened, guides, wanted, stream.write)
    say(f"Written: {out}")
    return texts


def _write(
    opened: Iterator[Opened], guides: _Guides, wanted: _Wanted, write: Callable[[str], object]
) -> list[StyleText]:
    """Write each text as soon as it is judged where the format allows that, and everything at the end else."""
    look = Look(sys.stdout.isatty() and "NO_COLOR" not in os.environ)
    texts: list[StyleText] = []
    known: set[str] = set()
    for one in opened:
        text = _without_known_boilerplate(_judged(one, guides, wanted.across), known)
        if wanted.format == "text":
            for line in finding_lines(text, look):
                write(line)
        if one.draft is not None:
            text = with_readability(text, one.draft, sections=wanted.format == "html")
            text = wanted.pictures.add(text, one) if wanted.pictures is not None else text
        for line in _lines(text, wanted, look):
            write(line)
        texts.append(text if wanted.format == "html" else replace(text, blocks=()))
    if wanted.pictures is not None and wanted.pictures.unusable:
        say(f"curbcut: No picture of any page: {wanted.pictures.unusable}")
    if wanted.across is not None:
        texts = _compared(texts, wanted.across, wanted.format, write, look)
    _write_whole(texts, guides, wanted.format, write)
    return texts


def _judged(one: Opened, guides: _Guides, across: Across | None) -> StyleText:
    if one.draft is None:
        return StyleText(one.name, error=one.error)
    return judge(one.draft, guides.of(one.draft), across)


def _lines(text: StyleText, wanted: _Wanted, look: Look) -> Iterable[str]:
    """Return what is written of a text when it is judged, its findings aside, in the formats that go text by text."""
    if wanted.format == "text":
        return summary_lines(text, look)
    if wanted.format == "github":
        return formats.github_lines(text)
    if wanted.format == "jsonl" and wanted.across is None:
        return (formats.jsonl_line(text),)
    return ()


def _compared(
    texts: list[StyleText], across: Across, format_: str, write: Callable[[str], object], look: Look
) -> list[StyleText]:
    """Return the texts with what shows only when they are compared, and write that where they are written already."""
    more = across.findings()
    merged = [with_findings(text, more.get(text.name, [])) for text in texts]
    pairs = zip(texts, merged, strict=True)
    added = [replace(new, findings=tuple(f for f in new.findings if f not in old.findings)) for old, new in pairs]
    if format_ == "text":
        for line in across_lines(added, look):
            write(line)
    elif format_ == "jsonl":
        for text in merged:
            write(formats.jsonl_line(text))
    elif format_ == "github":
        for text in added:
            for line in formats.github_lines(replace(text, error="")):
                write(line)
    return merged


def _write_whole(texts: list[StyleText], guides: _Guides, format_: str, write: Callable[[str], object]) -> None:
    if format_ not in ("json", "sarif", "junit", "html"):
        return
    from scan.version import VERSION  # noqa: PLC0415

    guide = load_guide(guides.name, guides.confidence)
    report = StyleReport(guide.name, guide.title, VERSION, tuple(texts), {info.id: info for info in guide.infos})
    if format_ == "html":
        from reports.style.view import to_html  # noqa: PLC0415

        write(to_html(report))
    else:
        write(_WHOLE[format_](report))


def _without_known_boilerplate(text: StyleText, known: set[str]) -> StyleText:
    """Leave out what an earlier text of this call had in its header, menu, footer or cookie notice already."""
    kept = []
    for found in text.findings:
        finding = found.finding
        if finding.region in BOILERPLATE_REGIONS:
            if finding.fingerprint in known:
                continue
            known.add(finding.fingerprint)
        kept.append(found)
    left_out = len(text.findings) - len(kept)
    if not left_out:
        return text
    places = "1 finding" if left_out == 1 else f"{left_out} findings"
    note = f"{places} in the header, menu or footer stand in an earlier text already and are not listed again."
    return replace(text, findings=tuple(kept), notes=(*text.notes, note))


def _exit_code(texts: list[StyleText], allowed: int | None) -> Exit:
    if all(text.error for text in texts):
        say("curbcut: No text could be read.")
        return Exit.USAGE
    failures = sum(text.n_failed for text in texts)
    if allowed is not None and failures > allowed:
        say(f"curbcut: {failures} findings; --max-findings allows {allowed}.")
        return Exit.FINDINGS
    return Exit.DONE


def _fix(opened: Iterator[Opened], guides: _Guides, *, yes: bool) -> Exit:
    """Show each file's changes, ask, and write them. Files that are not UTF-8 text are left alone."""
    changed = 0
    for one in opened:
        draft, path = one.draft, one.path
        if draft is None or path is None or not draft.source:
            say(f"{one.name}: {one.error or 'only HTML, Markdown and text files can be changed.'}")
            continue
        mended, made = mend(draft, guides.of(draft))
        before = path.read_bytes()
        if not made:
            say(f"{one.name}: nothing can be mended without a doubt.")
            continue
        if draft.source.encode() != before:
            say(f"{one.name}: save it as UTF-8 without a byte order mark first; then it can be mended.")
            continue
        lines = (draft.source.splitlines(keepends=True), mended.splitlines(keepends=True))
        for line in difflib.unified_diff(*lines, one.name, one.name):
            click.echo(_shown(line))
        if yes or click.confirm(f"Make {made} changes in {one.name}?" if made > 1 else f"Change {one.name}?"):
            path.write_bytes(mended.encode())
            changed += made
    say(f"{changed} changed.")
    return Exit.DONE


def _shown(line: str) -> str:
    from reports.escape import terminal_text  # noqa: PLC0415

    return terminal_text(line.rstrip("\r\n"))


def _explain(rule_id: str, guide: str) -> None:
    rules = {rule.id: rule for rule in load_guide(guide, "low").rules}
    rule = rules.get(rule_id) or next((rule for own, rule in rules.items() if own.endswith(f"/{rule_id}")), None)
    if rule is None:
        near = difflib.get_close_matches(rule_id, rules, 1, cutoff=0.4)
        hint = f" Did you mean {near[0]}?" if near else " See: curbcut rules --only style"
        fail(f"The guide {guide} has no rule {rule_id}.{hint}", Exit.USAGE)
    for line in _explained(rule):
        click.echo(line)


def _explained(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}: {rule.title}\n"
    yield f"Why: {rule.why}"
    yield f"What to do: {rule.suggestion}"
    yield f"Severity: {rule.severity}. Confidence: {rule.confidence}."
    yield f"Looks at: {', '.join(sorted(str(kind) for kind in rule.scope))}."
    for heading, examples in (("Found in", rule.fires), ("Not found in", rule.silent)):
        for example in examples:
            yield f"{heading}: {example.html} ({example.lang})"
    for source in rule.sources:
        yield f"Source: {source}"
    yield f"Turn it off for what follows: <!-- curbcut-ignore {rule.id} your reason -->"
    yield f'Or data-curbcut-ignore="{rule.id}" on an element, or off: in your own guide.yaml.'
