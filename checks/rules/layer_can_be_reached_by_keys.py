"""A notice or dialog that lies over the page can be reached and answered with the keyboard (WCAG 2.1.1)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, passed

rule = Rule(
    __name__,
    title="A notice over the page can be reached with the keyboard",
    kind="rendered",
    probe="banner",
    wcag=["2.1.1", "2.4.3"],
    impact="serious",
    who="People who use the keyboard cannot answer the notice, and what it covers stays covered.",
    how="Put the notice first in the page, or move the focus into it, and use real buttons.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/keyboard",
        "https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/",
    ],
    messages={"cantTell": "This {tag} lies over the page. {doubt} Can people answer it without a mouse?"},
)


@rule.targets
def layers(view: ProbeView) -> list[Seen]:
    """Look at the notice or dialog that is there when the page opens."""
    return view.seen("layers")


@rule.expect
def is_reachable(layer: Seen) -> Verdict:
    """Ask when the Tab key does not come to it, or when it has buttons and no key reaches any."""
    data, tag = layer.data, layer.element.tag
    if data["buttons"] and not data["reachable"]:
        return cant_tell(tag=tag, doubt="No key reaches its buttons.")
    if data["reachable"] and int(data["tabs"]) < 0:
        return cant_tell(tag=tag, doubt="Many presses of Tab did not reach it.")
    return passed()


_FIXED = "position: fixed; bottom: 0; left: 0; right: 0; height: 200px; background: #eee"
_MENU = "<nav>" + "".join(f'<a href="/{n}">Page {n}</a> ' for n in range(30)) + "</nav>"

EXAMPLES = examples(
    passed=[
        f'<div style="{_FIXED}">We use cookies. <button>Reject</button></div><p>Text</p>{_MENU}',
        '<p>Text</p><dialog id="d" style="width: 400px; height: 200px">Hello <button>Close</button></dialog>'
        "<script>d.showModal()</script>",
    ],
    cant_tell=[
        f'{_MENU}<p>Text</p><div style="{_FIXED}">We use cookies. <button>Reject</button></div>',
        f'<p>Text</p><div style="{_FIXED}">Wir nutzen Cookies. <span role="button">Alle ablehnen</span></div>',
    ],
    inapplicable=[
        "<p>We write about cookies. <button>Accept</button></p>",
        f'<div style="{_FIXED}">A fixed bar with the opening hours.</div>',
    ],
)
