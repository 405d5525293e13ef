"""The keyboard focus can leave every part of the page (WCAG 2.1.2)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="The keyboard focus is not trapped",
    kind="rendered",
    probe="focus_walk",
    wcag=["2.1.2"],
    impact="critical",
    who="People who use a keyboard cannot go on, and must close the page.",
    how="Do not bring the focus back by script. If a part must hold it, let Escape lead out, or say which keys do.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/no-keyboard-trap",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/80af7b/proposed/",
    ],
    messages={
        "failed": "The focus cannot leave this {tag}, or goes round in {count} elements only. Pressed in vain: {keys}.",
        "cantTell": "Tab goes round in this dialog, and Escape does not close it. Does one of its buttons?",
    },
)


@rule.targets
def stops(view: ProbeView) -> list[Seen]:
    """Look at what holds the focus; if nothing does, at the stops of the walk."""
    return view.seen("traps") or view.seen("stops")


@rule.expect
def lets_go(stop: Seen) -> Verdict:
    """Fail where Tab, Shift+Tab, Escape, arrow keys, Enter and the keys that the page names do not lead out."""
    if "tried" not in stop.data or stop.data.get("exit"):
        return passed()
    if stop.data.get("modal") and int(stop.data["size"]) > 1:
        return cant_tell()
    return failed(tag=stop.element.tag, count=int(stop.data["size"]), keys=", ".join(map(str, stop.data["tried"])))


_PULLS = """<script>
const pull = (from, to) => document.getElementById(from).addEventListener("blur", () => {
  setTimeout(() => { if (!window.free) document.getElementById(to).focus(); }, 10);
});
</script>"""

EXAMPLES = examples(
    passed=[
        '<a href="#a">One</a> <button>Two</button>',
        f"""<a href="#a">One</a><p>Alt+Q leaves the game.</p><button id="b" onkeydown="
        if (event.altKey && event.key === 'q') {{ window.free = 1; c.focus(); }}">Game</button>
        <a id="c" href="#c">Three</a>{_PULLS}<script>pull("b", "b")</script>""",
        f"""<a href="#a">One</a><button id="b" onkeydown="if (event.key === 'Escape') window.free = 1">Two</button>
        <a href="#c">Three</a>{_PULLS}<script>pull("b", "b")</script>""",
        '<a href="#a">One</a><input type="date" aria-label="Day"><a href="#c">Three</a>',
    ],
    failed=[
        f'<a href="#a">One</a><button id="b">Two</button><a href="#c">Three</a>{_PULLS}<script>pull("b", "b")</script>',
        f"""<p>Alt+Q leaves the game.</p><a href="#a">One</a><button id="b">Two</button><button id="c">Three</button>
        <a href="#d">Four</a>{_PULLS}<script>pull("b", "c"); pull("c", "b")</script>""",
        """<a href="#a">One</a><div tabindex="0" onkeydown="if (event.key === 'Tab') event.preventDefault()">Map</div>
        <a href="#c">Three</a>""",
    ],
    cant_tell=[
        f"""<a href="#a">One</a><div role="dialog" aria-label="Hello"><button id="b">Yes</button>
        <button id="c">No</button></div><a href="#d">Four</a>{_PULLS}<script>pull("b", "c"); pull("c", "b")</script>""",
        f"""<a href="#a">One</a><dialog open><button id="b">Yes</button><button id="c">No</button></dialog>
        <a href="#d">Four</a>{_PULLS}<script>pull("b", "c"); pull("c", "b")</script>""",
    ],
    inapplicable=["<p>Text</p>", "<button disabled>No</button>"],
)
