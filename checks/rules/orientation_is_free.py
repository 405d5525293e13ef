"""A page can be read upright and across; it does not turn its content or ask people to turn (WCAG 1.3.4)."""

from __future__ import annotations

import re

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed
from checks.words import plain, words

rule = Rule(
    __name__,
    title="The page works upright and across",
    kind="rendered",
    probe="orientation",
    wcag=["1.3.4"],
    impact="serious",
    who="People whose phone or tablet is fixed to a wheelchair or bed cannot turn it to read the page.",
    how="Lay the page out for both orientations. Leave out styles that turn the content or hide it in one of them.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/orientation",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/b33eff/",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F97",
    ],
    messages={
        "failed": "When the window is held {way}, the content is turned by {by} degrees.",
        "cantTell": 'When the window is held {way}, this covers the page: "{text}". Must the page be held like this?',
    },
)


@rule.targets
def what_changes(view: ProbeView) -> list[Seen]:
    """Look at what is turned or covers the page in one orientation; else at the page, if its styles ask for it."""
    return [*view.seen("turned"), *view.seen("asking")] or view.seen("page")


@rule.expect
def is_free(part: Seen) -> Verdict:
    """Fail content that is turned a quarter in one orientation; ask about layers that want the device turned."""
    way = "upright" if part.data.get("isUpright") else "across"
    if part.data.get("isQuarter"):
        return failed(way=way, by=int(part.data.get("by", 0)))
    text = str(part.data.get("layer", ""))
    return cant_tell(way=way, text=text[:80]) if _wants_a_turn(text) else passed()


def _wants_a_turn(text: str) -> bool:
    known, said = words("turn_device"), plain(text)
    return all(re.search(rf"\b(?:{'|'.join(map(re.escape, known[group]))})\b", said) for group in ("turn", "ways"))


def _page(style: str, body: str = "<main>Bus times of the town</main>") -> str:
    return f'<html lang="en"><head><title>Elm</title><style>{style}</style></head><body>{body}</body></html>'


_LAYER = ".ask { display: none; position: fixed; inset: 0; background: white }"
_ASK = '<div class="ask">Please rotate your device.</div><main>Bus times of the town</main>'

EXAMPLES = examples(
    passed=[
        _page("@media (orientation: portrait) { html { transform: rotateZ(1turn) } }"),
        _page("@media (orientation: portrait) { main { transform: translateX(20px) } }"),
        _page(
            "@media (orientation: portrait) { .arrow { display: inline-block; rotate: 90deg } }",
            '<p>Bus times of the town</p><span class="arrow">&gt;</span>',
        ),
        _page(_LAYER + "@media (orientation: portrait) { .ask { display: block } }", _ASK.replace("rotate", "charge")),
    ],
    failed=[
        _page("@media (orientation: portrait) { html { transform: rotate(1.5708rad); width: 50vh } }"),
        _page("@media (orientation: landscape) { body { rotate: 270deg } }"),
    ],
    cant_tell=[
        _page(
            ".ask { display: none } @media (orientation: portrait) { .ask { display: block } main { display: none } }",
            '<p class="ask">Turn your device.</p><main>Bus times of all lines of Elm and of all stops</main>',
        ),
        _page(_LAYER + "@media (orientation: portrait) { .ask { display: block } }", _ASK),
        _page(
            _LAYER + "@media (orientation: landscape) and (max-height: 500px) { .ask { display: block } }",
            '<div class="ask">Bitte Gerät drehen</div><main>Fahrplan</main>',
        ),
    ],
    inapplicable=[
        _page("body { transform: rotate(90deg) }"),
        _page("@media (orientation: landscape) { body { rotate: 270deg } }", "<p hidden>Nothing is shown.</p>"),
        "<p>No styles at all</p>",
    ],
)
