"""Changing a field does not change the page without a warning (WCAG 3.2.2)."""

from __future__ import annotations

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
    ],
    messages={
        "failed": "Pressing {key} in this {tag} opens another page at once, and nothing says so before: {to}.",
        "cantTell": "Pressing {key} in this {tag} {does}. Are people told before?",
    },
)


@rule.targets
def changed_fields(view: ProbeView) -> list[Seen]:
    """Look at the fields that could be changed with a key."""
    return [field for field in view.seen("fields") if field.data.get("changed") or field.data.get("navigates")]


@rule.expect
def stays(field: Seen) -> Verdict:
    """Fail another page that nothing announces; ask about a warning, a reload, moved focus and replaced content."""
    data, tag, key = field.data, field.element.tag, str(field.data["key"])
    if data.get("navigates"):
        if data.get("warns") or not data.get("to"):
            return cant_tell(key=key, tag=tag, does="opens another page at once")
        if data.get("isReload"):
            return cant_tell(key=key, tag=tag, does="loads this page anew at once, so that people lose their place")
        return failed(key=key, tag=tag, to=str(data["to"])[:100])
    if data.get("focusMoved"):
        return cant_tell(key=key, tag=tag, does=f'moves the focus to "{str(data["focusMoved"])[:60]}"')
    if data.get("replaced"):
        return cant_tell(key=key, tag=tag, does="changes most of the page's text")
    return passed()


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
