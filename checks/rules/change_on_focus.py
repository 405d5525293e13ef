"""Nothing happens only because an element gets the focus (WCAG 3.2.1)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Getting the focus does not change the page",
    kind="rendered",
    probe="focus_walk",
    wcag=["3.2.1"],
    impact="serious",
    who="People who go through a page with the keyboard are taken elsewhere without asking for it.",
    how="Act when people activate the element, not when it gets the focus.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/on-focus",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F55",
    ],
    messages={
        "failed": "The page goes elsewhere when this {tag} gets the focus. It was reached with the Tab key.",
        "failed.window": "A new window opens when this {tag} gets the focus. It was reached with the Tab key.",
        "failed.lost": "This {tag} loses the focus as soon as the Tab key has brought it there.",
        "cantTell": "A dialog opens when this {tag} gets the focus. Do people expect that?",
    },
)


@rule.targets
def stops(view: ProbeView) -> list[Seen]:
    """Look at every place where the focus came."""
    return view.seen("leaving") + view.seen("windows") + view.seen("thrown") + view.seen("stops")


@rule.expect
def stays_as_it_is(stop: Seen) -> Verdict:
    """Fail where the page is left, a window opens or the focus is thrown away; ask where a dialog opens."""
    if "presses" in stop.data:
        return failed(tag=stop.element.tag)
    if "window" in stop.data:
        return failed("failed.window", tag=stop.element.tag)
    if "number" not in stop.data:
        return failed("failed.lost", tag=stop.element.tag)
    return cant_tell(tag=stop.element.tag) if stop.data.get("opens") else passed()


EXAMPLES = examples(
    passed=[
        '<a href="#a">One</a>',
        '<a href="#a" onfocus="document.getElementById(\'b\').focus()">First</a><a id="b" href="#b">Sent on</a>',
        '<input onfocus="this.nextElementSibling.textContent = \'Write your name\'" aria-label="Name"><p></p>',
    ],
    failed=[
        '<a href="#a">One</a><a href="#b" onfocus="location.href = \'/elsewhere\'">Two</a><a href="#c">Three</a>',
        '<a href="#a">One</a><a href="#b" onfocus="this.blur()">Two</a><a href="#c">Three</a>',
        '<button onfocus="this.blur()">No ring, please</button>',
        '<a href="#a">One</a><a href="#b" onfocus="window.open(\'/news\')">Two</a><a href="#c">Three</a>',
    ],
    cant_tell=[
        '<a href="#a">One</a><button onfocus="d.show()">Two</button><dialog id="d"><p>Hello</p></dialog>',
        '<a href="#a">One</a><button onfocus="d.hidden = false">Two</button><div role="dialog" hidden id="d">Hi</div>',
    ],
    inapplicable=["<p>Text</p>", "<p onfocus=\"location.href = '/elsewhere'\">Text</p>"],
)
