"""Point 3.3: where a page of the sample is a step of a process, all its steps belong to the sample."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from monitoring.pages.model import Chosen, Missing
from monitoring.pages.site import Known, Site, folder_of, spelled

MOST_STEPS = 12


def steps(site: Site, pages: Collection[Chosen], search: Collection[str]) -> list[Chosen | Missing]:
    """Return the further steps of the processes that the chosen pages begin, and what lies behind forms.

    `search` holds the addresses that show what a search finds: they are no step.
    """
    found: list[Chosen | Missing] = []
    taken = {one.url for one in pages}
    for one in pages:
        page = site.pages.get(one.url)
        if page is None or one.url == site.home:
            continue
        for chosen in _follow(site, one, page, taken, search):
            taken.add(chosen.url)
            found.append(chosen)
        found.extend(_behind(page, one, taken, search))
    return found


def _follow(site: Site, first: Chosen, start: Known, taken: set[str], search: Collection[str]) -> Iterator[Chosen]:
    queue, seen = [start], {start.url, *taken}
    count = 0
    while queue and count < MOST_STEPS:
        page = queue.pop(0)
        for target, how in (*_onward(page, search), *_numbered(site, page)):
            following = site.pages.get(target)
            if following is None or target in seen:
                continue
            seen.add(target)
            queue.append(following)
            count += 1
            reason = f"{how} of “{page.name}”, which is in the sample ({first.letter}, {first.item})"
            yield Chosen(first.letter, "step of a process", target, following.name, reason, 0.8)


def _onward(page: Known, search: Collection[str]) -> Iterator[tuple[str, str]]:
    for text, target in page.parts.get("onward", ()):
        yield spelled(target), f"link “{text}”"
    for form in page.forms:
        target = spelled(form["to"])
        if target not in search and target != page.url:
            yield target, "next step after the form"


def _numbered(site: Site, page: Known) -> Iterator[tuple[str, str]]:
    """Yield the pages of the same folder that say to be other steps of as many."""
    own = page.parts.get("step")
    if not own:
        return
    for other in site.pages.values():
        step = other.parts.get("step")
        if step and step[1] == own[1] and step != own and folder_of(other.url) == folder_of(page.url):
            yield other.url, f"step {step[0]} of {step[1]}, of the process"


def _behind(page: Known, first: Chosen, taken: Collection[str], search: Collection[str]) -> Iterator[Missing]:
    """Yield what no link leads to: what comes after a form has been sent."""
    for form in page.forms:
        target = spelled(form["to"])
        if target in search or (target in taken and target != page.url):
            continue
        what = "a form with a password" if form["password"] else f"a form with {form['fields']} fields"
        yield Missing(
            first.letter,
            "steps of a process",
            f"“{page.name}” ({page.url}) has {what}; what comes after it was not scanned. Write its steps for: "
            "curbcut steps run FILE",
        )
        return
