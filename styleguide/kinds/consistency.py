"""Two spellings of one term. On one page the rarer is found; across a site the pages' counts are compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from styleguide.blocks import Block
from styleguide.kinds._terms import is_quoted
from styleguide.reading import Reading
from styleguide.rules import Counts, Hit, Kind, Rule, SiteHit, Source, Term, hit_at
from styleguide.words import tokenise
from styleguide.yaml_entries import Entry

if TYPE_CHECKING:
    from styleguide.site import PageFacts

Groups = Mapping[str, Mapping[tuple[str, ...], str]]

MIN_RARE_SHARE = 0.02
"""Below this share of a site's uses the rarer spelling is more likely a quotation or a name than a habit."""

SITE_MESSAGE = "site"
"""The message for a whole site; `failed` is for one page."""


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Groups, tuple[Term, ...]]:
    """Return for each first word the forms that begin with it (as words) and the group each belongs to."""
    by_first: dict[str, dict[tuple[str, ...], str]] = {}
    for item in entry.entries("groups"):
        item.only("forms")
        forms = item.texts("forms")
        if len(forms) < 2:
            raise item.wrong("forms", "a group needs two spellings of one term at least.")
        for form in forms:
            words = tuple(token.word for token in tokenise(form))
            by_first.setdefault(words[0], {})[words] = " / ".join(forms)
    if SITE_MESSAGE not in entry.entry("messages"):
        raise entry.wrong("messages", "this kind needs a second message, “site”, for what a whole site writes.")
    return by_first, ()


def count_forms(rule: Rule, reading: Reading) -> Mapping[str, Mapping[str, list[tuple[Block, int, int]]]]:
    """Return for each group its forms on the page with their places."""
    by_first: Groups = rule.parameters
    found: dict[str, dict[str, list[tuple[Block, int, int]]]] = {}
    for block in reading.blocks(rule):
        tokens = block.tokens
        for index, token in enumerate(tokens):
            if token.word not in by_first:
                continue
            for words, group in by_first[token.word].items():
                last = index + len(words) - 1
                if last >= len(tokens) or tuple(t.word for t in tokens[index : last + 1]) != words:
                    continue
                start, end = token.start, tokens[last].end
                if not is_quoted(block, start, end):
                    found.setdefault(group, {}).setdefault(" ".join(words), []).append((block, start, end))
    return found


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    for forms in count_forms(rule, reading).values():
        if len(forms) < 2:
            continue
        counts = Counter({form: len(places) for form, places in forms.items()})
        usual = max(counts, key=lambda form: (counts[form], form))
        for form, places in forms.items():
            if form != usual:
                block, start, end = places[0]
                yield hit_at(rule, block, start, end, usual=usual, times=counts[usual])


def _note(rule: Rule, reading: Reading, counts: Counts) -> Mapping[str, Any]:
    """Return for each group and form how often the page has it, and where first."""
    notes: dict[str, dict[str, Any]] = {}
    for group, forms in count_forms(rule, reading).items():
        for form, found in forms.items():
            places = [place for place in found if counts(*place)]
            if not places:
                continue
            block, start, end = places[0]
            notes.setdefault(group, {})[form] = {
                "times": len(places),
                "phrase": block.text[start:end][:200],
                "target": list(block.target),
                "sentence": block.sentence_at(start).text[:500],
                "region": block.region,
                "span": [start, end],
            }
    return notes


def _compare(rule: Rule, pages: Callable[[], Iterable[PageFacts]]) -> Iterator[SiteHit]:
    """Yield each page that has a form which is not its site's usual one."""
    totals: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    n_pages: Counter[tuple[str, str, str]] = Counter()
    for page in pages():
        for group, forms in page.notes.get(rule.id, {}).items():
            for form, note in forms.items():
                totals[page.lang, group][form] += note["times"]
                n_pages[page.lang, group, form] += 1
    usual = {key: max(counts, key=lambda form: (counts[form], form)) for key, counts in totals.items()}
    for page in pages():
        for group, forms in page.notes.get(rule.id, {}).items():
            counts, most = totals[page.lang, group], usual[page.lang, group]
            for form, note in forms.items():
                if form == most or counts[form] < MIN_RARE_SHARE * (counts[most] + counts[form]):
                    continue
                arguments: dict[str, str | int | float] = {
                    "phrase": form,
                    "usual": most,
                    "times": counts[most],
                    "here": counts[form],
                    "pages": n_pages[page.lang, group, form],
                }
                span = (int(note["span"][0]), int(note["span"][1]))
                target, sentence = tuple(note["target"]), str(note["sentence"])
                yield SiteHit(
                    *(rule, page.url, f"{page.lang} {form}", sentence, SITE_MESSAGE, arguments),
                    *(target, sentence, str(note["region"]), span, most),
                )


KIND = Kind(
    "consistency",
    ("groups",),
    ("phrase", "usual", "times", "here", "pages"),
    _read,
    _find,
    note=_note,
    compare=_compare,
)
