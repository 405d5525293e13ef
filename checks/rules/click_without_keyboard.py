"""What a click does, keys can do as well (WCAG 2.1.1)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Elements that react to clicks can be reached with the keyboard",
    kind="rendered",
    probe="script_events",
    wcag=["2.1.1"],
    impact="critical",
    who="People who cannot use a mouse cannot use this element at all.",
    how="Use a button or a link. They get the focus and react to keys by themselves.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/keyboard",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F54",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F59",
    ],
    messages={
        "failed": "A click on this {tag} {does}, and the Tab key cannot reach it.",
        "failed.mouse": "The mouse {does} on this {tag}; Enter and Space do nothing: it listens for {events} only.",
        "cantTell": "This {tag} listens for {events}, and the Tab key cannot reach it. Can keys do the same elsewhere?",
    },
)

_CONTROL_ROLES = ("button", "link", "checkbox", "switch", "tab", "menuitem", "radio", "option", "slider")
_MOST_NAME_CHARS = 60
"""A longer text is content, and its click may be a convenience only."""
_LEAST_SIZE_PX = 8


@rule.targets
def listening(view: ProbeView) -> list[Seen]:
    """Look at visible elements that listen for clicks, or over which the mouse becomes a hand on a page that does."""
    return view.seen("clicks")


@rule.expect
def keys_reach_it(element: Seen) -> Verdict:
    """Fail an element that looks like a control and reacted to a click; ask where that is less clear."""
    data = element.data
    if data.get("keys") or float(data.get("size", 0)) < _LEAST_SIZE_PX:
        return passed()
    if data.get("isForMouse"):
        does = str(data.get("does", ""))
        found = failed("failed.mouse", tag=element.element.tag, does=does, events=str(data.get("events", "")))
        return found if data.get("reacts") else passed()
    is_control = data.get("pointer") or data.get("role") in _CONTROL_ROLES
    is_named = 0 < len(str(data.get("name", ""))) <= _MOST_NAME_CHARS or element.element.tag in ("img", "svg", "i")
    if is_control and is_named and data.get("reacts") and not data.get("near"):
        return failed(tag=element.element.tag, does=str(data.get("does", "")))
    if data.get("reacts") and (is_control or is_named):
        return cant_tell(tag=element.element.tag, events=str(data.get("events", "")))
    return passed()


_SHOW = """onclick="document.getElementById('more').hidden = false\""""
_MORE = '<p id="more" hidden>More</p>'
_DELEGATED = """<script>
addEventListener("click", (e) => { if (e.target.matches(".toggle")) more.hidden = false; });
</script>"""

_ANYWHERE = """<p id="seen">0</p><script>
addEventListener("click", () => { seen.textContent++; });
</script>"""

EXAMPLES = examples(
    passed=[
        f"""<button onmousedown="1" {_SHOW}>More</button>{_MORE}""",
        f"""<div onclick="document.getElementById('more').hidden = false">
        <button onmousedown="document.getElementById('more').title = 'x'">More</button></div>{_MORE}""",
        f"""<button onmousedown="document.getElementById('more').hidden = false"
        onkeydown="this.onmousedown()">More</button>{_MORE}""",
        f'<p style="cursor: pointer">Text</p><button class="toggle">More</button>{_MORE}{_DELEGATED}',
        f'<div style="cursor: pointer">Map</div><p>Text</p>{_ANYWHERE}',
        f"<button {_SHOW}>More</button>{_MORE}",
        f'<div {_SHOW} style="cursor: pointer"><a href="/more">More</a></div>{_MORE}',
        f'<span {_SHOW} style="cursor: pointer" tabindex="0" role="button">More</span>{_MORE}',
        f"<label {_SHOW}>Name <input></label>{_MORE}",
        '<div onclick="event.stopPropagation()" style="cursor: pointer">Box</div>',
        f'<img alt="More" src="data:," width="40" height="40" {_SHOW}><a href="/more">More</a>{_MORE}',
    ],
    failed=[
        f'<span {_SHOW} style="cursor: pointer">More</span>{_MORE}',
        f'<div {_SHOW} role="button">More</div>{_MORE}',
        f'<div class="toggle" style="cursor: pointer">More</div>{_MORE}{_DELEGATED}',
        f"""<button onmousedown="document.getElementById('more').hidden = false">More</button>{_MORE}""",
        """<a id="a" style="cursor: pointer">To the town hall</a>
        <script>a.addEventListener("click", () => { location.href = "/hall"; })</script>""",
    ],
    cant_tell=[
        f"<p {_SHOW}>Read more about bins.</p>{_MORE}",
        f'<div><span {_SHOW} style="cursor: pointer">Bins</span> <a href="/bins">All about bins</a></div>{_MORE}',
    ],
    inapplicable=[
        f'<button class="toggle" style="cursor: pointer">More</button>{_MORE}{_DELEGATED}',
        "<p>Text</p>",
        f'<p>Text</p>{_MORE}<script>document.body.addEventListener("click", () => {{ more.hidden = false; }})</script>',
    ],
)
