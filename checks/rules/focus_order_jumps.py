"""The Tab key goes through the page in an order that makes sense (WCAG 2.4.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, passed

rule = Rule(
    __name__,
    title="The keyboard focus follows the order of reading",
    kind="rendered",
    probe="focus_walk",
    wcag=["2.4.3"],
    impact="moderate",
    who="People who use a keyboard are thrown back and forth, and miss parts of the page.",
    how="Leave tabindex at 0 or out, and write the elements in the order in which they are shown.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/focus-order"],
    messages={
        "cantTell": "The focus jumps to this {tag} against the order of reading: {order}. Does that order make sense?",
        "cantTell.tabindex": "Its tabindex of {tabindex} puts this {tag} out of the page's order: {order}. "
        "Does that make sense?",
        "cantTell.reversed": "The focus comes to this {tag} after {before}, though it is shown {where} it ({css}). "
        "Their places, in pixels from the left and the top: {places}. Does that order make sense?",
    },
)

_LEAST_JUMP_PX = 60
"""Less than that is a matter of alignment in one row."""
_SHOWN = 2


@rule.targets
def jumps(view: ProbeView) -> list[Seen]:
    """Look at the first jump; if there is none, at the page's first stop."""
    stops = [stop for stop in view.seen("stops") if not stop.data.get("hidden") and not stop.data.get("fixed")]
    if len(stops) < 2:
        return []
    for at in range(1, len(stops)):
        if where := _is_reversed(stops[at - 1], stops[at]):
            places = ", then ".join(f"{_quoted(stop)} {_at(stop)}" for stop in stops[max(0, at - _SHOWN) : at + _SHOWN])
            found = {"where": where, "before": _quoted(stops[at - 1]), "places": places}
            return [replace(stops[at], data={**stops[at].data, **found})]
        if _jumps(stops, at):
            names = [_quoted(stop) for stop in stops[max(0, at - _SHOWN) : at + _SHOWN]]
            return [replace(stops[at], data={**stops[at].data, "jump": ", then ".join(names)})]
    return stops[:1]


def _jumps(stops: Sequence[Seen], at: int) -> bool:
    """Say whether a stop lies above the one before it in the same column, or comes early by its tabindex."""
    before, now = stops[at - 1], stops[at]
    if int(before.data.get("tabindex", 0)) > 0 and (_is_over(before, now) or _is_left_in_its_row(before, now)):
        return True  # now comes later, though it is shown first
    return _is_far_above(before, now) and _same_column(before, now) and _share_a_part(before, now)


def _is_reversed(before: Seen, now: Seen) -> str:
    """Return where CSS that turns an order round shows the later of two stops that follow each other; or ""."""
    if not now.data.get("order") or int(now.data["number"]) != int(before.data["number"]) + 1:
        return ""
    if _is_right_in_its_row(before, now) if now.data.get("rtl") else _is_left_in_its_row(before, now):
        return "right of" if now.data.get("rtl") else "left of"
    return "above" if _is_over(before, now) and _same_column(before, now) else ""


def _is_far_above(before: Seen, now: Seen) -> bool:
    one, other = before.data["place"], now.data["place"]
    return float(other["y"]) + float(other["height"]) + _LEAST_JUMP_PX <= float(one["y"])


def _is_over(before: Seen, now: Seen) -> bool:
    """Say whether now stands in a line over before; the boxes of close lines may overlap."""
    one, other = before.data["place"], now.data["place"]
    return float(other["y"]) + float(other["height"]) / 2 <= float(one["y"])


def _is_left_in_its_row(before: Seen, now: Seen) -> bool:
    """Say whether now stands further left in the same row; of a page that reads to the left only a person can say."""
    one, other = before.data["place"], now.data["place"]
    return _share_a_row(one, other) and float(other["x"]) + float(other["width"]) <= float(one["x"])


def _is_right_in_its_row(before: Seen, now: Seen) -> bool:
    one, other = before.data["place"], now.data["place"]
    return _share_a_row(one, other) and float(one["x"]) + float(one["width"]) <= float(other["x"])


def _share_a_row(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    overlap = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return float(overlap) > 0.5 * min(float(one["height"]), float(other["height"]))


def _same_column(before: Seen, now: Seen) -> bool:
    one, other = before.data["place"], now.data["place"]
    overlap = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    return float(overlap) > 0.5 * min(float(one["width"]), float(other["width"]))


def _share_a_part(before: Seen, now: Seen) -> bool:
    """Say whether both are in the same landmark: a footer may well be followed by what is shown above it."""
    parts = ("nav", "header", "footer", "aside", "main", "form", "section", "article")
    one, other = ([step for step in stop.element.path if step.tag in parts] for stop in (before, now))
    return one == other


def _at(stop: Seen) -> str:
    return f"({stop.data['place']['x']:.0f}, {stop.data['place']['y']:.0f})"


def _quoted(stop: Seen) -> str:
    return f'"{_name(stop)}"'


def _name(stop: Seen) -> str:
    attributes = stop.element.attributes
    name = stop.element.text or attributes.get("aria-label") or attributes.get("alt") or attributes.get("name")
    return (name or stop.element.tag)[:40]


@rule.expect
def follows(stop: Seen) -> Verdict:
    """Ask about a jump, with the stops around it."""
    if "where" in stop.data:
        told = {name: str(stop.data[name]) for name in ("before", "where", "places")}
        return cant_tell("cantTell.reversed", tag=stop.element.tag, css=str(stop.data["order"]), **told)
    if "jump" not in stop.data:
        return passed()
    order = str(stop.data["jump"])
    tabindex = int(stop.data.get("tabindex", 0))
    if tabindex > 0:
        return cant_tell("cantTell.tabindex", tag=stop.element.tag, tabindex=tabindex, order=order)
    return cant_tell(tag=stop.element.tag, order=order)


_COLUMN = '<p style="width: 300px"><a href="#a">One</a><br>Text<br>Text<br><a href="#b">Two</a></p>'
_TALL = '<p style="height: 100px; margin: 0">Text</p>'

EXAMPLES = examples(
    passed=[
        f'<a href="#a">One</a>{_TALL}<a href="#b">Two</a>',
        '<div style="columns: 2; height: 300px; width: 600px"><p style="height: 200px"><a href="#a">One</a></p>'
        '<p style="height: 200px"><a href="#b">Two</a></p><p><a href="#c">Three</a></p></div>',
        f'<a href="#a" tabindex="1">One</a>{_TALL}<a href="#b" tabindex="2">Two</a>',
        f'<div style="display: flex; flex-direction: row-reverse"><a href="#a">One</a></div>{_TALL}'
        '<div style="display: flex; flex-direction: row-reverse"><a href="#b">Two</a></div>',
        f'<div style="display: flex; flex-direction: row-reverse">{_COLUMN}{_COLUMN}</div>',
        '<p style="display: flex" dir="rtl"><a href="#a" style="order: 1">1</a><a href="#b" style="order: 2">2</a></p>',
        '<div style="display: grid"><a href="#a" style="grid-row: 1">1</a><a style="grid-row: 2" href="#b">2</a></div>',
        '<a href="#a" style="float: left">One</a><a href="#b" style="float: left">Two</a>',
    ],
    cant_tell=[
        '<div style="display: flex; flex-direction: column-reverse">'
        f'<a href="#a">One</a>{_TALL}<a href="#b">Two</a></div>',
        f'<a href="#a" tabindex="3">One</a>{_TALL}<a href="#b" tabindex="2">Two</a>{_TALL}'
        '<a href="#c" tabindex="1">Three</a>',
        '<ul style="line-height: 1"><li><a href="#a" tabindex="3">One</a><li><a href="#b" tabindex="2">Two</a>'
        '<li><a href="#c" tabindex="1">Three</a></ul>',
        '<div style="display: flex; flex-direction: row-reverse"><a href="#a">One</a><a href="#b">Two</a></div>',
        '<div style="display: flex; flex-direction: row-reverse" dir="rtl"><a href="#a">1</a><a href="#b">2</a></div>',
        '<div style="display: flex; flex-direction: column-reverse"><a href="#a">One</a><a href="#b">Two</a></div>',
        '<div style="display: grid"><p style="order: 2"><a href="#a">One</a></p><p><a href="#b">Two</a></p></div>',
        '<ul><li style="float: right"><a href="#a">One</a><li style="float: right"><a href="#b">Two</a></ul>',
        '<p><a href="#a" tabindex="3">One</a> <a href="#b" tabindex="1">Two</a> <a href="#c" tabindex="2">3</a></p>',
    ],
    inapplicable=["<p>Text</p>", '<a href="#a">One</a>'],
)
