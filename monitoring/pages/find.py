"""Finds the pages that letters a to c name: by the texts of links, headings, addresses and what is on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from checks.statement.blocks import Link
from checks.statement.links import SURE as SURE_STATEMENT
from checks.statement.links import score as statement_score
from monitoring.pages.model import Chosen, Missing
from monitoring.pages.site import Known, Site, spelled
from monitoring.pages.words import ENGLISH, address_match, text_match

LEAST = 0.6
"""A page of less confidence is not proposed."""

LINK, HEADING, ADDRESS, STRUCTURE = 0.85, 0.7, 0.5, 0.85
"""How much each kind of evidence is worth when it fits wholly. Together: 1 - (1 - a)(1 - b)..."""

OTHER_LANGUAGE = 0.8
"""A page in another language than the home page's counts this much: the sample keeps to one where it can."""

MOST = 0.99


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that may be what is looked for."""

    url: str
    confidence: float
    reasons: tuple[str, ...]


class Finder:
    """Looks for items on one site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._langs = site.langs | {ENGLISH}
        self._targets = dict.fromkeys([*site.pages, *sorted(site.links)])

    def item(self, letter: str, item: str, *, key: str = "") -> Chosen | Missing:
        """Return the best page for an item, or why there is none."""
        hits = self.hits(key or item)
        own = [hit for hit in hits if self._site.is_own(hit.url) and self._is_known(hit.url)]
        if own:
            return self.chosen(letter, item, own[0])
        elsewhere = next((hit for hit in hits if not self._site.is_own(hit.url)), None)
        if elsewhere is not None:
            return Missing(letter, item, f"It seems to be on another host: {elsewhere.url} ({elsewhere.reasons[0]}).")
        return Missing(letter, item, "No link text, heading, address or form of the scanned pages tells of one.")

    def chosen(self, letter: str, item: str, hit: Hit) -> Chosen:
        """Return a hit as a page of the sample."""
        page = self._site.pages.get(hit.url)
        title = page.name if page else ""
        return Chosen(
            letter, item, hit.url, title, "; ".join(hit.reasons), round(hit.confidence, 2), is_checked=page is not None
        )

    def hits(self, key: str) -> list[Hit]:
        """Return the pages that may be an item, the likeliest first."""
        found = [hit for target in self._targets if (hit := self._hit(key, target)).confidence >= LEAST]
        depth = {url: page.depth for url, page in self._site.pages.items()}
        return sorted(found, key=lambda hit: (-round(hit.confidence, 2), depth.get(hit.url, 99), len(hit.url)))

    def statement(self) -> Chosen | Missing:
        """Return the accessibility statement."""
        told = [url for url in self._site.statements if self._site.is_own(url)]
        told.sort(key=lambda url: (self._site.pages[url].lang != self._site.main_lang, self._site.pages[url].depth))
        if told:
            reason = "its title and headings are those of an accessibility statement"
            return self.chosen("c", "accessibility statement", Hit(told[0], 0.97, (reason,)))
        for target, texts in self._site.links.items():
            for text in texts:
                value = statement_score(Link(text, target))
                if value >= SURE_STATEMENT and self._is_known(target) and self._site.is_own(target):
                    return self.chosen("c", "accessibility statement", Hit(target, value, (f"link “{text}”",)))
        return Missing("c", "accessibility statement", "No page has its title, and no link names one.")

    def feedback(self, statement: Chosen | Missing) -> Chosen | Missing:
        """Return the page of the feedback mechanism: where the statement leads, or what links call so."""
        item = "feedback mechanism"
        if isinstance(statement, Chosen):
            for target in self._site.statements.get(statement.url, ()):
                if target in self._site.pages and target != self._site.home:
                    reason = "the statement’s section on feedback links to it"
                    return self.chosen("c", item, Hit(target, 0.9, (reason,)))
        found = self.item("c", item, key="feedback")
        if isinstance(found, Missing) and isinstance(statement, Chosen) and statement.url in self._site.has_contact:
            reason = "the statement itself gives a form, an e-mail address or a telephone number"
            return self.chosen("c", item, Hit(statement.url, 0.85, (reason,)))
        return found

    def search(self) -> Chosen | Missing:
        """Return the page that shows what a search finds, or else one with a field to search."""
        leads = Counter(
            spelled(form["to"])
            for page in self._site.pages.values()
            for form in page.parts.get("forms", ())
            if form["search"]
        )
        for target, count in leads.most_common():
            if self._is_known(target) and target != self._site.home:
                reason = f"the search forms of {count} pages lead to it"
                return self.chosen("b", "search", Hit(target, 0.95, (reason,)))
        found = self.item("b", "search")
        if isinstance(found, Missing) and self._site.pages[self._site.home].facts.get("search"):
            return self.chosen("b", "search", Hit(self._site.home, 0.7, ("the home page has a field to search",)))
        return found

    def _is_known(self, target: str) -> bool:
        return target in self._site.pages or target in self._site.unchecked

    def _hit(self, key: str, target: str) -> Hit:
        doubt, reasons = 1.0, list[str]()
        for worth, fit, reason in self._evidence(key, target):
            doubt *= 1 - worth * fit
            reasons.append(reason)
        page = self._site.pages.get(target)
        is_foreign = page is not None and bool(page.lang) and page.lang != self._site.main_lang
        confidence = min(MOST, 1 - doubt) * (OTHER_LANGUAGE if is_foreign else 1.0)
        return Hit(target, confidence, tuple(reasons))

    def _evidence(self, key: str, target: str) -> Iterator[tuple[float, float, str]]:
        """Yield what an item is worth here: by links to the page, its heading or title, its address, its forms."""
        texts = self._site.links.get(target, Counter())
        fits = [(text_match("items", key, text, self._langs), text) for text in texts]
        if fits and max(fits)[0]:
            yield LINK, max(fits)[0], f"link “{max(fits)[1]}”"
        page = self._site.pages.get(target)
        if page is not None:
            yield from self._own_evidence(key, page)
        fit = address_match("items", key, target, self._langs)
        if fit:
            yield ADDRESS, fit, "its address"

    def _own_evidence(self, key: str, page: Known) -> Iterator[tuple[float, float, str]]:
        for what, text in (("heading", page.heading), ("title", page.title.split(" – ")[0].split(" | ")[0])):
            fit = text_match("items", key, text, self._langs)
            if fit:
                yield HEADING, fit, f"{what} “{text}”"
                break
        if key == "login" and any(form["password"] for form in page.forms):
            yield STRUCTURE, 1.0, "a form with a password"
