"""Chooses how many pages of a site are checked, and which, by its estimated size and complexity.

For simplified monitoring, Decision (EU) 2018/1524 asks for the home page and a number of pages "appropriate to the
estimated size and the complexity of the website" (Annex I, point 3.4) and gives no formula; this one is ours.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from checks.template import templates
from store.choices import Choice, KnownPage
from store.schema import State

FIRST_PAGES = 8
"""Pages that are checked before the site is estimated: the home page and the first that it leads to."""

PER_POWER_OF_TEN = 3
"""Pages for each power of ten of the site's size. With the templates it makes 15 pages for a site of 500 pages in five
templates, about what Austria's monitoring looks at (14 to 15 pages)."""

MOST_TEMPLATES = 10
MAX_SHOWN_CHARS = 100
LANGUAGE_CHARS = 2
"""A first folder of two letters is a language: /de/."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A site's size: addresses of pages that are known; its complexity: the templates among the pages seen."""

    n_pages: int
    n_templates: int

    @property
    def wanted(self) -> int:
        """How many pages to check: 1 + 3 x log10(pages), rounded up, + templates; no more than there are."""
        by_size = math.ceil(PER_POWER_OF_TEN * math.log10(max(self.n_pages, 1)))
        return min(self.n_pages, 1 + by_size + min(self.n_templates, MOST_TEMPLATES))

    @property
    def sentence(self) -> str:
        """What a report's reader must know."""
        return (
            f"The pages were chosen by the site's estimated size and complexity: {self.n_pages:,} known addresses of "
            f"pages and {self.n_templates} templates among the first pages give {self.wanted} pages "
            f"(1 + {PER_POWER_OF_TEN} x log10 of the addresses + templates)."
        )


def estimate(pages: Iterable[KnownPage]) -> Estimate:
    """Return a site's size and complexity as far as its pages are known."""
    known = list(pages)
    checked = sorted((one for one in known if one.state == State.CHECKED), key=lambda one: one.url)
    return Estimate(len(known), len(templates((one.url_id, one.sketch) for one in checked)))


def choose(pages: Sequence[KnownPage], already: Sequence[Choice], *, at_most: int | None = None) -> list[Choice]:
    """Return the pages to add to the choice; none when it is complete. `at_most` bounds the whole choice.

    The first call takes the pages that are checked already and fills up to the estimate; later calls replace chosen
    pages that could not be checked. The same site gives the same choice, on whatever host it stands.
    """
    taken = {one.url_id for one in already}
    free = [one for one in pages if one.url_id not in taken and one.state == State.OVER_LIMIT]
    if not already:
        first = [one for one in pages if one.state == State.CHECKED]
        chosen = [Choice(one.url_id, one.url, _why_first(number)) for number, one in enumerate(first)]
        wanted = estimate(pages).wanted if at_most is None else min(estimate(pages).wanted, at_most)
        return chosen + _fill(free, first, wanted - len(first))
    state = {one.url_id: one.state for one in pages}
    replaced = {one.instead_of for one in already}
    lost = [one for one in already if state.get(one.url_id) != State.CHECKED and one.url not in replaced]
    shown = [one for one in pages if one.url_id in taken]
    instead = _fill(free, shown, len(lost))
    return [
        Choice(new.url_id, new.url, f"{new.why} It stands for a chosen page that could not be checked.", old.url)
        for new, old in zip(instead, lost, strict=False)
    ]


def _why_first(number: int) -> str:
    return "The home page." if number == 0 else "One of the first pages that the home page leads to."


def _fill(free: Sequence[KnownPage], shown: Sequence[KnownPage], wanted: int) -> list[Choice]:
    """Return one page of each part of the site that has none yet, the largest parts first, and then any by chance."""
    if wanted <= 0:
        return []
    parts = Counter(part_of(one.url) for one in free)
    seen = {part_of(one.url) for one in shown}
    queue = sorted(free, key=lambda one: _rank(one.url))
    chosen: dict[int, Choice] = {}
    for part, count in sorted(parts.items(), key=lambda item: (-item[1], item[0])):
        if part in seen or len(chosen) >= wanted:
            continue
        one = next(one for one in queue if part_of(one.url) == part)
        why = f"The part {part[:MAX_SHOWN_CHARS]} of the site has {count:,} known addresses and had no page yet."
        chosen[one.url_id] = Choice(one.url_id, one.url, why)
    for one in queue:
        if len(chosen) >= wanted:
            break
        chosen.setdefault(one.url_id, Choice(one.url_id, one.url, f"Drawn from {len(free):,} known addresses."))
    return list(chosen.values())


def part_of(address: str) -> str:
    """Return the part of a site that an address is in: the first folder of its path, below a language's."""
    folders = [part for part in urlsplit(address).path.split("/")[:-1] if part]
    below = 2 if folders and len(folders[0]) == LANGUAGE_CHARS else 1
    return "".join(f"/{folder}" for folder in folders[:below]) + "/"


def _rank(address: str) -> str:
    parts = urlsplit(address)
    return hashlib.sha256(f"{parts.path}?{parts.query}".encode()).hexdigest()
