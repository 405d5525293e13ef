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
"""axe-core's rule aria-hidden-focus knows these, and whatever has a tabindex."""


@rule.targets
def stops(view: ProbeView) -> list[Seen]:
    """Look at stops that become so by other means than tabindex, href or being a form field."""
    return [
        stop
        for stop in view.seen("stops")
        if stop.element.tag not in _SEEN_BY_AXE and not stop.snippet.split(">")[0].count("tabindex")
    ]


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
    ],
    inapplicable=['<a href="#a">One</a>', '<p aria-hidden="true">Text</p>'],
)
