"""A dialog that a button opens comes next in the focus order (WCAG 2.4.3)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="The focus gets into a dialog that opens",
    kind="rendered",
    probe="pressed",
    wcag=["2.4.3"],
    impact="serious",
    who="People who use a keyboard or a screen reader stay in the page behind the dialog and do not notice it.",
    how="Move the focus into the dialog when it opens, or use dialog.showModal(), which does.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F85",
        "https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/",
    ],
    messages={
        "failed": 'The button "{opener}" opens this dialog. The focus stays outside, and the next Tab does not get in.',
        "cantTell": 'The button "{opener}" opens this dialog. The focus stays outside, and the next Tab does not get '
        "in. Do people who use a keyboard find it?",
    },
)


@rule.targets
def opened_dialogs(view: ProbeView) -> list[Seen]:
    """Look at dialogs that a button has opened and that hold something to be focused."""
    return [dialog for dialog in view.seen("dialogs") if int(dialog.data.get("controls", 0)) > 0]


@rule.expect
def focus_gets_in(dialog: Seen) -> Verdict:
    """Fail a dialog that says that the page behind it is out of use; ask about others."""
    data = dialog.data
    if data.get("hasFocus") or data.get("tabComes"):
        return passed()
    opener = str(data.get("opener", ""))
    is_sure = data.get("isModal") and not data.get("hasMoved")
    return failed(opener=opener) if is_sure else cant_tell(opener=opener)


_BOX = '<div id="box" role="dialog" aria-label="Notice" hidden>Hello <button>Close</button></div>'
_MODAL = _BOX.replace("hidden", 'aria-modal="true" hidden')
_LINKS = '<p><a href="/a">Parks</a> <a href="/b">Roads</a></p>'

EXAMPLES = examples(
    passed=[
        f"<button onclick=\"box.hidden = false; box.querySelector('button').focus()\">Open</button>{_LINKS}{_MODAL}",
        f'<button onclick="box.hidden = false">Open</button>{_MODAL}{_LINKS}',
        f'<button onclick="box.showModal()">Open</button>{_LINKS}<dialog id="box">Bus <button>Close</button></dialog>',
    ],
    failed=[
        f'<button onclick="box.hidden = false">Open</button>{_LINKS}{_MODAL}',
        f'{_MODAL}{_LINKS}<button onclick="setTimeout(() => {{ box.hidden = false; }}, 50)">Open</button>{_LINKS}',
    ],
    cant_tell=[
        f'<button onclick="box.hidden = false">Open</button>{_LINKS}{_BOX}',
        f'<button onclick="box.hidden = false; document.activeElement.blur()">Open</button>{_LINKS}{_BOX}',
    ],
    inapplicable=[
        f'<button onclick="box.hidden = false">Open</button>{_LINKS}<div id="box" role="dialog" hidden>Hello</div>',
        f"<button>Open</button>{_LINKS}{_MODAL}",
        "<p>Text</p>",
    ],
)
