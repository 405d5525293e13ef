"""Changing a field does not change the page without a warning (WCAG 3.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Changing a field does not change the page without a warning",
    kind="rendered",
    probe="inputs",
    wcag=["3.2.2"],
    impact="serious",
    who="People who use the keyboard or a screen reader are taken to another page with the first arrow key they press.",
    how="Let a button do it, or say before the field what choosing does.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/on-input",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F36",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F37",
    ],
    messages={
        "failed": "Pressing {key} in this {tag} opens another page at once, and nothing says so before: {to}.",
        "failed.window": "Pressing {key} in this {tag} opens a new window at once, and nothing says so before.",
        "cantTell": "Pressing {key} in this {tag} {does}. Are people told before?",
    },
)


@rule.targets
def changed_fields(view: ProbeView) -> list[Seen]:
    """Look at the fields that could be changed with a key."""
    return [field for field in view.seen("fields") if field.data.get("changed") or field.data.get("navigates")]


@rule.expect
def stays(field: Seen) -> Verdict:
    """Fail another page or window that nothing announces; ask where people are warned or keep the page."""
    data, told = field.data, {"tag": field.element.tag, "key": str(field.data["key"])}
    if data.get("opens_window") and not data.get("warns"):
        return failed("failed.window", **told)
    if data.get("navigates") and data.get("to") and not (data.get("warns") or data.get("isReload")):
        return failed(to=str(data["to"])[:100], **told)
    does = _does(data)
    return cant_tell(does=does, **told) if does else passed()


def _does(data: Mapping[str, Any]) -> str:
    """Return what a changed field does that people might not expect."""
    if data.get("opens_window"):
        return "opens a new window at once"
    if data.get("navigates"):
        if data.get("isReload") and not data.get("warns"):
            return "loads this page anew at once, so that people lose their place"
        return "opens another page at once"
    if data.get("focusMoved"):
        return f'moves the focus to "{str(data["focusMoved"])[:60]}"'
    return "changes most of the page's text" if data.get("replaced") else ""


_OPTIONS = "<option>Elm</option><option>Oak</option>"

EXAMPLES = examples(
    passed=[
        f'<form action="/x"><label>Town <select>{_OPTIONS}</select></label><button>Go</button></form>',
        f'<label>Town <select onchange="location.hash = this.value">{_OPTIONS}</select></label>',
        '<label><input type="checkbox" onchange="p.hidden = !this.checked"> More</label><p id="p" hidden>More</p>',
        "<label><input type=checkbox onchange=\"history.pushState(0, 0, '?open=1'); p.textContent = '2 found'\"> Open"
        '</label><p id="p">3 found</p>',
        '<label>Find <input type="search" oninput="history.replaceState(0, 0, \'?q=\' + this.value)"></label>',
        f'<form target="f" action="/x"><select onchange="this.form.submit()">{_OPTIONS}</select></form>'
        '<iframe name="f" title="Preview"></iframe>',
    ],
    failed=[
        '<form action="/x"><label>Code<input maxlength="3" onkeyup="value.length > 2 && form.submit()"></label></form>',
        f"<label>Town <select onchange=\"location.href = '/town'\">{_OPTIONS}</select></label>",
        '<form action="/x"><label><input type="radio" name="a" onchange="this.form.submit()"> Yes</label></form>',
        '<label><input type="radio" name="a" onclick="window.open(\'/terms\')"> I have questions</label>',
        f'<form action="/terms" target="_blank"><select onchange="this.form.submit()">{_OPTIONS}</select></form>',
    ],
    cant_tell=[
        '<form action="/x"><p>The page reloads when you choose.</p>'
        f'<select onchange="this.form.submit()">{_OPTIONS}</select></form>',
        '<p>When you choose a town, its page opens.</p><form action="/x">'
        f'<label>Town <select onchange="this.form.submit()">{_OPTIONS}</select></label></form>',
        f'<form><label>Sort by <select name="s" onchange="this.form.submit()">{_OPTIONS}</select></label></form>',
        '<label>Code <input oninput="b.focus()"></label><label>Next <input id="b"></label>',
    ],
    inapplicable=["<p>No field.</p>", "<label>Town <input disabled></label>"],
)
