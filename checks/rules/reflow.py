"""Content reflows at 320 CSS pixels without scrolling sideways, and nothing is lost (WCAG 1.4.10)."""

from __future__ import annotations

from dataclasses import replace

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._lost_text import arguments_of, fate_of

rule = Rule(
    __name__,
    title="Content fits a window 320 pixels wide",
    kind="rendered",
    probe="narrow_window",
    wcag=["1.4.10"],
    impact="serious",
    who="People who zoom in to 400 %, or read on a small screen, must scroll sideways for every line, or lose its end.",
    how="Let the content wrap: use relative widths, max-width: 100 %, and flexible layouts in place of fixed widths.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/reflow"],
    messages={
        "failed": 'At 320 pixels wide, people must scroll sideways to {right} pixels to read this text: "{text}".',
        "failed.cut": 'At 320 pixels wide this text is cut off: "{text}".',
        "cantTell": "At 320 pixels wide, this {tag} makes people scroll sideways. Must it be so wide?",
        "cantTell.more": "At 320 pixels wide, this {tag} and {more} more like it make people scroll sideways. "
        "Must they be so wide?",
        "cantTell.cut": 'At 320 pixels wide this text is cut off: "{text}". Can people read all of it in another way?',
        "cantTell.gone": 'At 320 pixels wide this text has gone: "{text}" (and {count} texts in all). Is it elsewhere?',
        "cantTell.stuck": "At 400 %, {share} % of the window stays covered while people scroll. Can they close it?",
    },
)

MOST_STUCK_PERCENT = 66
"""Of a window at 400 %: less than a third of it is left to read in, about four lines."""

BOXES = ("img", "input", "select", "textarea", "svg", "canvas", "video", "iframe", "object")


@rule.targets
def what_does_not_fit(view: ProbeView) -> list[Seen]:
    """Look at what makes the page scroll sideways, at text that is cut off or gone, and at what never scrolls
    away.
    """
    stuck = [part for part in view.seen("stuck") if int(part.data.get("share", 0)) > MOST_STUCK_PERCENT]
    lost = [*_one_of_each_kind(view.seen("wide")), *view.seen("lost"), *stuck, *view.seen("missing")]
    return lost or view.seen("page")


@rule.expect
def fits(part: Seen) -> Verdict:
    """Fail lines of text that stick out or are cut; ask about pictures and single words; leave out data tables."""
    data = part.data
    if "count" in data:
        return cant_tell("cantTell.gone", text=str(data["text"]), count=int(data["count"]))
    if "share" in data:
        return cant_tell("cantTell.stuck", share=int(data["share"]))
    if "kind" in data:
        return _judge_cut(part)
    text, box, more = str(data.get("text", "")), _box_of(part), int(data.get("more", 0))
    # A sign alone is the end of a sentence, behind a word that is too long for the line.
    is_sign = not box and not data.get("isLong") and not any(sign.isalnum() for sign in text)
    if "right" not in data or data.get("isData") or is_sign:
        return passed()
    if box or data.get("isLong"):
        tag = box or "word"
        return cant_tell("cantTell.more", tag=tag, more=more) if more else cant_tell(tag=tag)
    return failed(text=text, right=int(data["right"]))


def _box_of(part: Seen) -> str:
    """Return what kind of box sticks out, or holds what does; empty for text in none."""
    return str(part.data.get("inside", "")) or (part.element.tag if part.element.tag in BOXES else "")


def _one_of_each_kind(parts: list[Seen]) -> list[Seen]:
    """Return all text that sticks out, and of boxes and long words the first of each kind with how many `more` there
    are: whoever answers for one has seen the others.
    """
    kept: list[Seen] = []
    firsts: dict[str, int] = {}
    for part in parts:
        kind = "" if part.data.get("isData") else _box_of(part) or ("word" if part.data.get("isLong") else "")
        if kind in firsts:
            first = kept[firsts[kind]]
            kept[firsts[kind]] = replace(first, data={**first.data, "more": int(first.data.get("more", 0)) + 1})
            continue
        if kind:
            firsts[kind] = len(kept)
        kept.append(part)
    return kept


def _judge_cut(text: Seen) -> Verdict:
    fate = fate_of(text)
    if not fate:
        return passed()
    return (
        failed("failed.cut", **arguments_of(text))
        if fate == "failed"
        else cant_tell("cantTell.cut", **arguments_of(text))
    )


_NARROW = (
    "<style>@media (max-width: 600px) { .fee { display: none } } @media (min-width: 601px) { .short { display: none } }"
    "</style>"
)
_FEE = "Children under twelve pay nothing on Sundays and holidays."
_FAR = "position: absolute; left: 100vw; width: 300px"
_LONG = "Verkehrsinfrastrukturfinanzierungsgesellschaftsvertragsentwurf"

EXAMPLES = examples(
    passed=[
        f'{_NARROW}<p>Baths</p><div><button aria-expanded="false">Fees</button><p class="fee">{_FEE}</p></div>',
        f'{_NARROW}<div><p class="fee">{_FEE}</p></div><p class="short">{_FEE}</p>',
        '<p>Text</p><nav style="position: fixed; right: -400px; top: 0; width: 300px">Menu to be slid in</nav>',
        "<p>Short text that wraps where it must.</p>",
        '<p style="width: 320px; box-sizing: border-box; margin-left: -8px">As wide as the window.</p>',
        '<div style="overflow-x: auto"><p style="width: 900px">Scrolls in its own box.</p></div>',
        '<table><tr><th style="min-width: 300px">Line</th><th style="min-width: 300px">Bus</th></tr></table>',
        f'<p>Text</p><nav style="{_FAR}"><a href="/">Home and all of the pages that wait for their button</a></nav>',
        '<p>Text</p><div style="width: 900px; height: 20px; background: gold"></div>',
        '<header style="position: sticky; top: 0; background: gold">Elm</header><p style="height: 3000px">Text</p>',
    ],
    failed=[
        '<p style="width: 900px">A fixed width makes people scroll for every line of this text.</p>',
        '<nav style="min-width: 600px"><ul style="display: flex; justify-content: space-between">'
        "<li>All pages</li><li>Bus times</li></ul></nav><p>Text</p>",
        '<div style="overflow: hidden"><p style="width: 900px">A fixed width, and no way to scroll to the rest of'
        " each line, as the box around it cuts off what does not fit into the window.</p></div>",
        '<html lang="en"><head><title>Elm</title></head><body style="overflow-x: hidden"><p style="width: 700px">'
        "A fixed width, and a page that cannot be scrolled sideways to read the rest of every line.</p></body></html>",
        '<p>Text</p><p style="position: fixed; left: 0; bottom: 0; width: 600px">A notice in a fixed place,'
        " wider than the window, so that nobody can scroll to the ends of its lines.</p>",
    ],
    cant_tell=[
        '<table><tr><td style="min-width: 400px">1</td><td style="min-width: 400px">2</td></tr></table>',
        '<p>A map:</p><svg width="800" height="80" role="img" aria-label="Map"><rect width="800" height="80"/></svg>',
        f'<h1 style="font-size: 40px">{_LONG}</h1>',
        f'<h1 style="font-size: 40px">{_LONG}</h1><h2 style="font-size: 40px">{_LONG}n</h2>',
        f'{_NARROW}<p>Baths of the town</p><p class="fee">{_FEE}</p>',
        '<div style="position: fixed; bottom: 0; width: 100%; height: 220px; background: gold">We use cookies.</div>'
        '<div style="height: 3000px">Text</div>',
    ],
    inapplicable=["", "<p hidden>Nothing is shown.</p>"],
)
