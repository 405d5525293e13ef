"""What people have entered in one step of a process they need not enter again in a later one (WCAG 3.3.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from checks.rule import Rule, Verdict, cant_tell, examples, passed
from checks.site import PageFacts, Place, SiteView

rule = Rule(
    __name__,
    title="A process asks for each thing in one step only",
    kind="site",
    wcag=["3.3.7"],
    impact="moderate",
    who="People who forget quickly, or type slowly or with pain, make mistakes or give up.",
    how="Fill in what an earlier step has asked for, or let people choose it.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/redundant-entry"],
    messages={
        "cantTell": 'Step {step} of {of} asks for "{label}", which step {earlier} asks for, too. '
        "Is it filled in, or can people choose it, when they get here?"
    },
)


@rule.targets
def fields_of_later_steps(site: SiteView) -> Iterator[Place]:
    """Look at what the pages of a process ask for; a process is what lies in one folder and has as many steps."""
    first: defaultdict[tuple[str, str, int], dict[str, int]] = defaultdict(dict)
    for page in site.pages():
        for asked in page.facts.get("asked", []):
            step, of = page.facts["parts"]["step"]
            met = first[_process(page, of)]
            met[asked["purpose"]] = min(step, met.get(asked["purpose"], step))
    for page in site.pages():
        for asked in page.facts.get("asked", []):
            step, of = page.facts["parts"]["step"]
            earlier = first[_process(page, of)][asked["purpose"]]
            data = {"step": step, "of": of, "label": asked["label"], "earlier": earlier}
            is_open = step > earlier and not asked["is_filled"]
            yield Place(
                page, f"again {asked['purpose']}", data if is_open else {}, tuple(asked["target"]), asked["snippet"]
            )


@rule.expect
def is_asked_once(asked: Place) -> Verdict:
    """Ask about what an earlier step asks for: whether it is filled in then, only a person who goes there sees."""
    return cant_tell(**asked.data) if asked.data else passed()


def _process(page: PageFacts, of: int) -> tuple[str, str, int]:
    parts = urlsplit(page.url)
    return parts.netloc, parts.path.rstrip("/").rpartition("/")[0], of


def _step(number: int, fields: str) -> str:
    return f"<main><h1>Apply</h1><p>Step {number} of 3</p><form>{fields}</form></main>"


_EMAIL = '<label>Your email <input type="email"></label>'
_PHONE = '<label>Phone <input autocomplete="tel"></label>'

EXAMPLES = examples(
    passed=[
        (_step(1, _EMAIL), _step(2, _PHONE)),
        (_step(1, _EMAIL), _step(2, _EMAIL.replace("<input", '<input value="ann@town.example"'))),
        (_step(1, _EMAIL), _step(2, f'{_EMAIL}<label><input type="checkbox"> Use my e-mail from before</label>')),
    ],
    cant_tell=[
        (_step(1, _EMAIL), _step(2, _PHONE), _step(3, _EMAIL)),
        (_step(1, _PHONE), _step(2, "<label>Telephone number <input></label>")),
    ],
    inapplicable=[
        (f"<form>{_EMAIL}</form>", f"<form>{_EMAIL}</form>"),
        (_step(1, "<label>Reason <input></label>"), f"<footer><form>{_EMAIL}</form></footer>" + _step(2, "")),
    ],
)
