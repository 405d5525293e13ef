"""What a press of the mouse starts can be cancelled before it is let go (WCAG 2.5.2)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Nothing is done by the press alone",
    kind="rendered",
    probe="pointer_down",
    wcag=["2.5.2"],
    impact="moderate",
    who="People with a tremor or low vision press the wrong place, and cannot slide off it before they let go.",
    how="Act on click, or when the mouse or finger is let go on the same element.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/pointer-cancellation"],
    messages={
        "failed": "Pressing this {tag} opens another page before the mouse is let go: {to}.",
        "cantTell": (
            "Pressing this {tag} changes the page before the mouse is let go, and sliding off does not undo it. "
            "Must it be so, or can people undo it?"
        ),
    },
)


@rule.targets
def pressed(view: ProbeView) -> list[Seen]:
    """Look at controls that listen for the press."""
    return view.seen("pressed")


@rule.expect
def waits_for_release(seen: Seen) -> Verdict:
    """Fail a navigation, which nothing brings back; ask about text that changed and stayed, but for what opens."""
    if seen.data.get("to"):
        return failed(tag=seen.element.tag, to=str(seen.data["to"])[:100])
    if seen.data.get("opens"):
        return passed()  # a menu or layer can be closed again
    if seen.data.get("changed") and not seen.data.get("isUndone"):
        return cant_tell(tag=seen.element.tag)
    return passed()


EXAMPLES = examples(
    passed=[
        "<button onmousedown=\"this.title = 'x'\" onclick=\"p.textContent = 'sent'\">Send</button><p id=p></p>",
        "<button onmousedown=\"p.textContent = 'held'\">Hold</button><p id=p></p>"
        "<script>addEventListener('mouseup', () => p.textContent = '')</script>",
        "<button aria-expanded=false onmousedown=\"this.ariaExpanded = 'true'; u.hidden = false\">Towns</button>"
        "<ul id=u role=listbox hidden><li role=option>Elm</ul>",
        "<a href='/a' onmousedown=\"this.href = '/a?from=here'\">Apply</a>",
        "<button onmousedown=\"history.pushState(0, 0, '?tab=2')\">Tab</button>",
    ],
    failed=[
        '<a href="/a" onmousedown="location.href = \'/a\'">Apply</a>',
        "<button id=b>Go</button><script>b.addEventListener('pointerdown', () => location.assign('/b'))</script>",
    ],
    cant_tell=[
        "<button onmousedown=\"p.textContent = 'sent'\">Send</button><p id=p></p>",
        "<button id=b>Delete</button><p id=p>Letter</p>"
        "<script>b.addEventListener('pointerdown', () => p.remove())</script>",
    ],
    inapplicable=["<button onclick=\"location.href = '/a'\">Go</button>", "<p>Text</p>"],
)
