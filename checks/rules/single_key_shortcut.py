"""No single letter is a shortcut that people cannot turn off (WCAG 2.1.4)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Single letters are no shortcuts, or can be turned off",
    kind="rendered",
    probe="script_events",
    wcag=["2.1.4"],
    impact="serious",
    who="People who speak to their computer, or hit keys by mistake, set off things they did not want.",
    how="Ask for a modifier key such as Ctrl, or let people turn the shortcut off or change it.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/ffbc54/",
    ],
    messages={
        "failed": "A single key sets something off: {keys}. The page names no way to turn that off.",
        "cantTell": "A single key sets something off: {keys}. Can people turn that off or change the key?",
    },
)


@rule.targets
def pages(view: ProbeView) -> list[Seen]:
    """Look at pages that listen for keys as a whole."""
    return view.seen("keys")


@rule.expect
def letters_do_nothing(page: Seen) -> Verdict:
    """Fail where characters were pressed twice and did something; ask where the page speaks of its keys."""
    keys, does = page.data.get("keys"), page.data.get("does")
    if not isinstance(keys, list) or not isinstance(does, list) or not keys:
        return passed()
    said = ", ".join(f'"{key}" {what}' for key, what in zip(keys, does, strict=False))
    return cant_tell(keys=said) if page.data.get("mentions") else failed(keys=said)


_LISTEN = '<script>document.addEventListener("keydown", (event) => {{ if ({}) {} }});</script>'
_SEARCH = '<label>Search <input id="s"></label>'

EXAMPLES = examples(
    passed=[
        _SEARCH + _LISTEN.format('event.key === "s" && event.ctrlKey', "s.focus()"),
        "<p>Text</p>" + _LISTEN.format('event.key === "Escape"', "document.body.append(1)"),
        "<p>Text</p>" + _LISTEN.format("true", 'document.documentElement.className = "keys"'),
    ],
    failed=[
        _SEARCH + _LISTEN.format('event.key === "/" && document.activeElement !== s', "s.focus()"),
        "<p>Text</p>" + _LISTEN.format('event.key === "m"', 'document.body.append("You have mail.")'),
    ],
    cant_tell=[
        '<a href="/settings">Settings</a>' + _SEARCH + _LISTEN.format('event.key === "s"', "s.focus()"),
        _SEARCH + "<p>Keyboard: S brings you to the search.</p>" + _LISTEN.format('event.key === "s"', "s.focus()"),
        '<button>Turn keyboard shortcuts off</button><p id="p"></p>'
        + _LISTEN.format('event.key === "n"', 'p.append("New message")'),
    ],
    inapplicable=["<p>Text</p>", '<input onkeydown="this.value += 1" aria-label="Name">'],
)
