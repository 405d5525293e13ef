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
        "failed.keys": "A click on this {tag} {does}. When it has the focus, Enter and Space do nothing.",
        "cantTell.keys": "A click on this {tag} {does}. When it has the focus, Enter and Space do nothing. "
        "Can other keys do the same, here or elsewhere?",
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
    if data.get("isKeyed"):
        return _keys_work_it(element)
    is_control = data.get("pointer") or data.get("role") in _CONTROL_ROLES or element.element.tag == "a"
    is_named = _is_named(element)
    if is_control and is_named and data.get("reacts") and not data.get("near"):
        return failed(tag=element.element.tag, does=str(data.get("does", "")))
    if data.get("reacts") and (is_control or is_named):
        return cant_tell(tag=element.element.tag, events=str(data.get("events", "")))
    return passed()


def _keys_work_it(element: Seen) -> Verdict:
    """Fail what takes the focus and does for a click what it does for no key; ask where another key may do it."""
    data, tag = element.data, element.element.tag
    if not data.get("reacts"):
        return passed()
    does = str(data.get("does", ""))
    is_control = data.get("role") in _CONTROL_ROLES or (not data.get("role") and _is_named(element))
    is_by_keys = data.get("heard") == "maybe" or data.get("changesAtFocus")
    if is_control and not is_by_keys and not data.get("isSlight"):
        return failed("failed.keys", tag=tag, does=does)
    return cant_tell("cantTell.keys", tag=tag, does=does)


def _is_named(element: Seen) -> bool:
    name = str(element.data.get("name", ""))
    return 0 < len(name) <= _MOST_NAME_CHARS or element.element.tag in ("img", "svg", "i")


_SHOW = """onclick="document.getElementById('more').hidden = false\""""
_MORE = '<p id="more" hidden>More</p>'
_DELEGATED = """<script>
addEventListener("click", (e) => { if (e.target.matches(".toggle")) more.hidden = false; });
</script>"""

_KEYS_BY_ROLE = """<script>addEventListener("keyup", (e) => {
  if (e.key === " " && e.target.getAttribute("role") === "button") more.hidden = false;
});</script>"""
_ESCAPE = """<script>addEventListener("keydown", (e) => { if (e.key === "Escape") more.hidden = true; })</script>"""
_FRAMEWORK = """<script>
function dispatch(event) { if (event.type === "click" && event.target !== root) more.hidden = false; }
for (const kind of ["click", "keydown", "keyup"]) root.addEventListener(kind, dispatch.bind(null));
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
        f"""<span {_SHOW} tabindex="0" role="button"
        onkeydown="if (event.key === 'Enter') this.click()">More</span>{_MORE}""",
        f'<span {_SHOW} tabindex="0" role="button">More</span>{_MORE}{_KEYS_BY_ROLE}',
        f"""<span role="button" tabindex="0" class="toggle">More</span>{_MORE}{_DELEGATED}{_KEYS_BY_ROLE}""",
        f"""<span tabindex="0" role="button" onclick="own.click()">Open</span>
        <button id="own" {_SHOW}>More</button>{_MORE}""",
        f'<span tabindex="0" role="button" {_SHOW}>More</span><button {_SHOW}>More</button>{_MORE}',
        '<span tabindex="0" role="button" onclick="document.title += 1">Count</span>',
        f"""<span tabindex="0" role="button" {_SHOW}
        onkeyup="setTimeout(() => this.click(), 300)">More</span>{_MORE}""",
        f"<label {_SHOW}>Name <input></label>{_MORE}",
        '<div onclick="event.stopPropagation()" style="cursor: pointer">Box</div>',
        f'<img alt="More" src="data:," width="40" height="40" {_SHOW}><a href="/more">More</a>{_MORE}',
    ],
    failed=[
        f'<span {_SHOW} style="cursor: pointer">More</span>{_MORE}',
        f'<div {_SHOW} role="button">More</div>{_MORE}',
        f'<div class="toggle" style="cursor: pointer">More</div>{_MORE}{_DELEGATED}',
        f"""<button onmousedown="document.getElementById('more').hidden = false">More</button>{_MORE}""",
        f'<div {_SHOW} role="button" tabindex="0">More</div>{_MORE}',
        f"""<span tabindex="0" id="all">More</span>{_MORE}
        <script>all.addEventListener("click", () => {{ more.hidden = false; }})</script>""",
        f'<div class="toggle" role="button" tabindex="0">More</div>{_MORE}{_DELEGATED}',
        f'<div {_SHOW} role="button" tabindex="0">More</div>{_MORE}{_ESCAPE}',
        """<a onclick="alert('Saved')">Save</a>""",
        """<div role="button" tabindex="0" onclick="window.open('/print')">Print</div>""",
        """<a tabindex="0" onclick="alert('Saved')">Save</a>""",
        """<div style="cursor: pointer" onclick="confirm('Delete the entry?')">Delete</div>""",
        """<a id="a" style="cursor: pointer">To the town hall</a>
        <script>a.addEventListener("click", () => { location.href = "/hall"; })</script>""",
    ],
    cant_tell=[
        f"<p {_SHOW}>Read more about bins.</p>{_MORE}",
        f"""<div {_SHOW} role="button" tabindex="0"
        onkeydown="if (event.key === 'ArrowDown') this.click()">More</div>{_MORE}""",
        """<div onclick="this.classList.toggle('on')" role="button" tabindex="0">Like</div>""",
        f"""<div onclick="more.hidden = !more.hidden" onfocus="more.hidden = false" tabindex="0">Help</div>{_MORE}""",
        f'<div id="root"><div role="button" tabindex="0" onclick="">More</div></div>{_MORE}{_FRAMEWORK}',
        f'<div><span {_SHOW} style="cursor: pointer">Bins</span> <a href="/bins">All about bins</a></div>{_MORE}',
    ],
    inapplicable=[
        f'<button class="toggle" style="cursor: pointer">More</button>{_MORE}{_DELEGATED}',
        "<p>Text</p>",
        f'<p>Text</p>{_MORE}<script>document.body.addEventListener("click", () => {{ more.hidden = false; }})</script>',
    ],
)
