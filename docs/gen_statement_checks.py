"""docs/statement-checks.md: the checks of accessibility statements, and how they fare on known ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from checks.statement.check import CheckInfo, infos
from checks.statement.evaluation.cases import cases
from checks.statement.evaluation.measure import Count, Measured, measure, measure_written
from checks.statement.evaluation.written import pages as pages_written
from checks.statement.evaluation.written import written
from checks.statement.phrases import languages
from docs.parts import table

PAGE = "docs/statement-checks.md"
INTRODUCTION = """# Checks of accessibility statements

`curbcut statement check` reads an accessibility statement as the annex of Decision (EU) 2018/1523 wants it, in the
EU’s 24 official languages. Each check says `passed`, `failed`, `cantTell` (a person must look, and sees what the check
saw), `inapplicable`, or `untested` (what it needs was not looked up). No check and no number of them says that a site
or a statement complies with the law.

A statement that is a PDF is read by its tags; where it has none, or cannot be read, every check that would need its
text says `cantTell`. Sections that a statement has on pages of their own are read with it by `curbcut statement check`;
a scan says `cantTell` for them.

The words come from statements and templates in use (`checks/statement/data/phrases.yaml`, with the source of each
language) and from memory (`words.yaml`). A result that rests on words from memory is marked “unverified”: no native
speaker has checked them yet.
"""
MEASURED = """## How they were measured

On {total} statements, made by `checks/statement/evaluation/` from facts, so that what is wrong in each is known:
{right} right ones in {langs} languages (fully, partially and not compliant; dates written out, in numbers and in
ISO form; headings marked up or in bold; addresses and forms; a body that we do not know), and {wrong} that are wrong
in one known way. This page is written by `python -m docs.generate`, which measures anew.

- *Defects* are the statements in which the check must fail; *found* are those in which it does. Recall is their ratio.
- *False alarms* are statements in which it fails and must not. Precision counts found defects among all alarms.
- *Left to people* counts `cantTell`.

**What this does not show.** We wrote these sentences ourselves and from memory, so the numbers say that the checks
agree with how we understand the model. They do not say how often they are right on statements that strangers wrote:
those use other headings, other words, and pages made otherwise. Whoever uses the results for an order or a letter
should read the sentence that each result quotes.
"""
PAGES = """## On whole pages

{pages} pages in {langs} languages are written in the manner of national templates, of generators and of towns that
keep to neither (`checks/statement/evaluation/pages/`): with numbered headings, tabs, accordions, dates and names as
the country writes them, and some with defects. Each is measured as it is, four years later, and with a broken link
to the enforcement body: {total} cases. These words, too, are ours. Checks that neither fail nor ask are left out.
"""


def pages() -> dict[str, str]:
    """Return the whole page."""
    measured = _measured()
    numbers = {
        "total": measured.n_right + measured.n_wrong,
        "right": measured.n_right,
        "wrong": measured.n_wrong,
        "langs": len(languages()),
    }
    parts = [
        INTRODUCTION,
        MEASURED.format(**numbers),
        "## By check\n",
        table(
            ("check", "what must hold", "who answers", "defects", "found", "false alarms", "precision", "recall",
             "left to people"),
            (_check_row(info, measured.by_check[info.id]) for info in infos().values()),
        ) + "\n",
        "## By language\n",
        "A dash under “from memory”: the model’s headings and statuses were seen in statements or templates.\n",
        table(
            ("language", "defects", "found", "false alarms", "precision", "recall", "from memory"),
            (_language_row(code, measured.by_language[code]) for code in languages()),
        ) + "\n",
        *_slips(measured),
        *_on_pages(),
    ]  # fmt: skip
    return {PAGE: "\n".join(parts)}


def _on_pages() -> Iterator[str]:
    """Tell how the checks fare on pages that were written whole."""
    measured = measure_written(written())
    by_check = {info.id: measured.by_check[info.id] for info in infos().values()}
    yield PAGES.format(
        pages=len(pages_written()),
        total=measured.n_right + measured.n_wrong,
        langs=len({page.lang for page in pages_written()}),
    )
    yield (
        table(
            ("check", "defects", "found", "false alarms", "left to people"),
            (
                (id_, str(count.found + count.missed), str(count.found), str(count.wrong), str(count.asked))
                for id_, count in by_check.items()
                if count.found + count.missed + count.wrong + count.asked
            ),
        )
        + "\n"
    )
    yield from _slips(measured)


@cache
def _measured() -> Measured:
    return measure(cases())


def _check_row(info: CheckInfo, count: Count) -> tuple[str, ...]:
    who = "machine" if info.machine else "person"
    return (info.id, info.title, who, *_numbers(count), str(count.asked))


def _language_row(code: str, count: Count) -> tuple[str, ...]:
    groups = sorted(languages()[code].unverified & {"status", "full", "partial", "none", "non_accessible", "burden",
                                                    "preparation", "feedback", "enforcement"})  # fmt: skip
    return (f"`{code}`", *_numbers(count), ", ".join(groups).replace("_", "-") or "–")


def _numbers(count: Count) -> tuple[str, ...]:
    return (
        str(count.found + count.missed),
        str(count.found),
        str(count.wrong),
        _share(count.precision),
        _share(count.recall),
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _slips(measured: Measured) -> Iterator[str]:
    slips = [slip for count in measured.by_check.values() for slip in count.slips]
    if slips:
        yield "## What went wrong\n"
        yield "\n".join(f"- {slip}" for slip in slips) + "\n"
