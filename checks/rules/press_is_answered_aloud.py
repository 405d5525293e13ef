"""Messages that appear after a press are announced to screen readers (WCAG 4.1.3)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, passed

rule = Rule(
    __name__,
    title="Messages that answer a press are announced",
    kind="rendered",
    probe="pressed",
    wcag=["4.1.3"],
    impact="moderate",
    who="People who use a screen reader do not learn what their press has done.",
    how='Put the message into an element with role="status" (role="alert" for errors) that is there from the start.',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/status-messages",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F103",
    ],
    messages={
        "cantTell": (
            'A press on "{button}" makes this text appear or change: "{says}". No role announces it, and the focus '
            "does not move to it. Is it a message?"
        ),
    },
)


@rule.targets
def messages(view: ProbeView) -> list[Seen]:
    """Look at short texts that came with a press and seem to tell a result, a success, an error or a wait."""
    return view.seen("messages")


@rule.expect
def is_announced(seen: Seen) -> Verdict:
    """Pass what a live region says or the focus moves to; ask about others: only a person knows a message."""
    if seen.data.get("isAnnounced"):
        return passed()
    return cant_tell(button=str(seen.data["button"])[:60], says=str(seen.data["says"]))


_ADD = "c.textContent = 'Added to your list'"
_FIND = "c.textContent = 3 + ' of 12 events'"

EXAMPLES = examples(
    passed=[
        f'<button onclick="{_ADD}">Add</button><p id="c" role="status"></p>',
        f'<button onclick="{_ADD}; c.focus()">Add</button><p id="c" tabindex="-1"></p>',
        f'<button onclick="{_ADD}; d.textContent = c.textContent">Add</button><p id="c"></p>'
        '<p id="d" aria-live="polite" style="position: absolute; clip-path: inset(50%)"></p>',
        "<button onclick=\"document.body.insertAdjacentHTML('beforeend', '<p role=alert>Saved</p>')\">Save</button>",
    ],
    cant_tell=[
        f'<button onclick="{_ADD}">Add</button><p id="c"></p>',
        f'<form><input aria-label="Month"><button type="button" onclick="{_FIND}">Filter</button></form>'
        '<p id="c">12 of 12 events</p>',
        f'<form onsubmit="{_FIND}; return false"><input aria-label="Month"><button>Search</button></form>'
        '<p id="c"></p>',
        f'<form id="f"><input type="submit" value="Sign up"></form><p id="c"></p>'
        f'<script>f.addEventListener("submit", (event) => {{ event.preventDefault(); {_ADD}; }})</script>',
        '<button onclick="c.hidden = false">Save</button><div id="c" class="toast" hidden>All is done'
        ' <button onclick="c.hidden = true">Close</button></div>',
        "<button onclick=\"setTimeout(() => { c.textContent = '5 Treffer' }, 300); b.textContent = 1\">Suchen</button>"
        '<i id="b">0</i><p id="c"></p>',
    ],
    inapplicable=[
        "<p>No button.</p>",
        '<form action="/find"><input name="q" aria-label="Word"><button>Search</button></form>',
        f'<form onsubmit="{_FIND}; return false"><input required aria-label="Month"><button>Search</button></form>'
        '<p id="c"></p>',
        f'<button onclick="{_ADD}">Delete</button><p id="c"></p>',
        '<button onclick="c.hidden = !c.hidden">More</button><p id="c" hidden>The result of the vote was added.</p>',
        '<button aria-expanded="false" onclick="c.hidden = false; this.ariaExpanded = true">More</button>'
        '<p id="c" hidden>The result of the vote was added.</p>',
        '<button onclick="c.hidden = false">More</button><p id="c" hidden>The baths are open in summer.</p>',
        "<button onclick=\"this.textContent = 'Added'\">Add</button>",
    ],
)
