"""The Tab key stops at nothing that is hidden from screen readers (WCAG 4.1.2), where axe-core does not see it."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, examples, failed, passed

rule = Rule(
    __name__,
    title="The keyboard focus does not go into content with aria-hidden",
    kind="rendered",
    probe="focus_walk",
    wcag=["4.1.2"],
    impact="serious",
    who="People who use a screen reader come to an element of which nothing is said.",
    how="Take aria-hidden away, or take the element out of the focus order as well.",
    sources=["https://www.w3.org/WAI/standards-guidelines/act/rules/6cfa84/"],
    messages={
        "failed": "The Tab key stops at this {tag} (stop {number}), and aria-hidden hides it from screen readers."
    },
)

_SEEN_BY_AXE = ("a", "area", "button", "input", "select", "textarea", "iframe")
"""axe-core's rule aria-hidden-focus knows these, and whatever has a tabindex; beside a dialog it only asks, because a
script may lead the focus on. The walk sees whether one does."""


@rule.targets
def stops(view: ProbeView) -> list[Seen]:
    """Look at stops beside an open dialog, and at those made by other means than tabindex, href or a form field."""
    return [stop for stop in view.seen("stops") if stop.data.get("besideDialog") or not _is_seen_by_axe(stop)]


def _is_seen_by_axe(stop: Seen) -> bool:
    return stop.element.tag in _SEEN_BY_AXE or "tabindex" in stop.snippet.split(">")[0]


@rule.expect
def is_exposed(stop: Seen) -> Verdict:
    """Fail a stop inside aria-hidden."""
    if stop.data.get("ariaHidden"):
        return failed(tag=stop.element.tag, number=int(stop.data["number"]))
    return passed()


EXAMPLES = examples(
    passed=[
        "<details><summary>More</summary>Text</details>",
        '<details aria-hidden="false"><summary>More</summary>Text</details>',
    ],
    failed=[
        '<details aria-hidden="true"><summary>More</summary>Text</details>',
        '<div aria-hidden="true"><p contenteditable>Write here</p></div>',
        '<div role="dialog" aria-label="Name"><input aria-label="Name"></div>'
        '<p aria-hidden="true"><a href="#">Back to the start</a></p>',
    ],
    inapplicable=[
        '<div role="dialog" aria-label="Name"><input id="n" aria-label="Name"></div>'
        '<p aria-hidden="true"><a href="#" onfocus="n.focus()">Back to the start</a></p>',
        '<a href="#a">One</a>',
        '<p aria-hidden="true">Text</p>',
    ],
)
