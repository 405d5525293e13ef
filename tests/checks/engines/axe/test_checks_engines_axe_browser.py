"""axe-core in a real browser: frames, shadow roots, hostile pages, bounds, and that every rule has its advice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from checks.engines import axe
from checks.engines.axe._messages import load
from checks.judging import PageResult
from checks.model import Outcome
from checks.standards import profile

pytestmark = pytest.mark.browser

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ALL_TAGS = (*TAGS, "best-practice")
Serve = Callable[[dict[str, Any]], int]


def document(body: str, head: str = "<title>Town hall</title>") -> str:
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body><main><h1>Town hall</h1>{body}</main></body></html>'
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.add_init_script(axe.init_script(axe.source()))
    yield context.new_page()
    context.close()


def run(page: Page, **options: Any) -> PageResult:
    """Evaluate by CDP: Playwright's own evaluate stumbles over a page that breaks Array.prototype."""
    expression = f"({axe.run_script()})({json.dumps(axe.run_options(TAGS) | options)})"
    session = page.context.new_cdp_session(page)
    answer = session.send("Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True})
    session.detach()
    return axe.normalise(answer["result"].get("value"), page.url)


def targets(result: PageResult, rule: str) -> list[tuple[str, ...]]:
    return [finding.target for finding in result.findings if finding.rule == rule]


def test_finds_in_every_frame_and_open_shadow_root(page: Page, serve: Serve) -> None:
    inner = document('<img id="deep" src="c.png">')
    port = serve(
        {"/other": document('<img id="far" src="b.png"><iframe title="in" src="/inner"></iframe>'), "/inner": inner}
    )
    here = serve(
        {
            "/": document(
                '<img id="near" src="a.png"><div id="host"></div><iframe id="same" title="s" src="/same"></iframe>'
                f'<iframe id="cross" title="c" src="http://localhost:{port}/other"></iframe>'
                "<script>host.attachShadow({mode: 'open'}).innerHTML = '<img id=shadow src=d.png>'</script>"
            ),
            "/same": inner,
        }
    )
    page.goto(f"http://127.0.0.1:{here}/", wait_until="load")
    result = run(page)
    assert targets(result, "axe/image-alt") == [
        ("#near",),
        ("#host", "#shadow"),
        ("#same", "#deep"),
        ("#cross", "#far"),
        ("#cross", "iframe", "#deep"),
    ]
    assert result.not_run == {}
    far = next(f for f in result.findings if f.target == ("#cross", "#far"))
    assert (far.snippet, far.region, far.wcag) == ('<img id="far" src="b.png">', "main", ("1.1.1",))
    near = next(f for f in result.findings if f.target == ("#near",))
    assert far.component != near.component  # the frame is part of the place


HOSTILE = {
    "own axe": "window.axe = {run() { return Promise.resolve({violations: []}) }, version: '9'};",
    "arrays": "for (const n of ['map', 'push', 'forEach', 'filter']) Array.prototype[n] = () => { throw 1 };",
    "iteration": "Array.prototype[Symbol.iterator] = function* () {};",
    "json": "JSON.stringify = () => 'no'; JSON.parse = () => ({}); Array.prototype.toJSON = () => 'no';",
    "promises": "window.Promise = function () { throw 1 };",
    "queries": "document.querySelector = document.querySelectorAll = () => null; Element.prototype.matches = null;",
    "attributes": "Element.prototype.getAttribute = () => 'x'; Element.prototype.hasAttribute = () => true;",
    "styles": "window.getComputedStyle = () => ({});",
    "timers": "window.setTimeout = () => 0;",
    "for-in": "Object.prototype.extra = 1; Array.prototype.more = 2;",
    "messages": "addEventListener('message', e => e.stopImmediatePropagation(), true); window.postMessage = () => {};",
    "clobbering": "document.write('<img alt=\"\" name=getElementById><form id=axe></form>');",
}


@pytest.mark.parametrize("script", HOSTILE.values(), ids=HOSTILE.keys())
def test_survives_a_page_that_changes_what_axe_stands_on(page: Page, serve: Serve, script: str) -> None:
    body = '<img id="a" src="a.png"><iframe id="f" title="f" src="/f"></iframe>'
    port = serve(
        {"/": document(f"{body}<script>{script}</script>"), "/f": document(f'<img id="b"><script>{script}</script>')}
    )
    page.goto(f"http://127.0.0.1:{port}/", wait_until="load")
    result = run(page)
    assert targets(result, "axe/image-alt") == [("#a",), ("#f", "#b")]
    assert result.not_run == {}
    assert len(result.rule_outcomes) > 50


@pytest.mark.parametrize(("opens", "outcome"), [("showModal()", "cantTell"), ("show()", "failed")])
def test_a_frame_behind_an_open_dialog_is_a_question(page: Page, serve: Serve, opens: str, outcome: str) -> None:
    frame = '<iframe title="f" tabindex="-1" srcdoc="<a href=/>Home</a>"></iframe>'
    port = serve({"/": document(f'{frame}<dialog id="d"><button>Close</button></dialog><script>d.{opens}</script>')})
    page.goto(f"http://127.0.0.1:{port}/", wait_until="load")
    assert run(page).rule_outcomes["axe/frame-focusable-content"] == outcome


def test_the_page_gets_its_own_functions_back(page: Page, serve: Serve) -> None:
    port = serve(
        {"/": document("<script>window.mine = Array.prototype.map = function mine() {}; document.title2 = 1</script>")}
    )
    page.goto(f"http://127.0.0.1:{port}/")
    assert run(page).findings == ()
    assert page.evaluate("Array.prototype.map === window.mine")


def test_says_what_could_not_be_put_back(page: Page, serve: Serve) -> None:
    script = "Object.defineProperty(Array.prototype, 'at', {value() {}, configurable: false, writable: false})"
    port = serve({"/": document(f"<script>{script}</script>")})
    page.goto(f"http://127.0.0.1:{port}/")
    assert "Array.prototype.at" in run(page).not_run["axe:page"]


def test_the_page_cannot_see_axe(page: Page, serve: Serve) -> None:
    spy = "window.seen = []; addEventListener('message', e => seen.push(String(e.data)), true);"
    port = serve(
        {"/": document(f'<script>{spy}</script><iframe title="f" src="/f"></iframe>'), "/f": document("<p>x</p>")}
    )
    page.goto(f"http://127.0.0.1:{port}/", wait_until="load")
    run(page)
    assert page.evaluate("[typeof axe, seen, Object.keys(window).filter(k => /axe|core-js|^_/.test(k))]") == [
        "undefined",
        [],
        [],
    ]


def test_survives_content_security_policy_and_trusted_types(page: Page, serve: Serve) -> None:
    policy = {"Content-Security-Policy": "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"}
    port = serve({"/": (document('<img id="a" src="a.png">'), policy)})
    page.goto(f"http://127.0.0.1:{port}/")
    assert targets(run(page), "axe/image-alt") == [("#a",)]


def test_names_the_frames_that_were_not_tested(page: Page, serve: Serve) -> None:
    port = serve(
        {"/": document('<img id="a" src="a.png"><iframe id="shut" title="t" sandbox src="/f"></iframe>'), "/f": ""}
    )
    page.goto(f"http://127.0.0.1:{port}/", wait_until="load")
    result = run(page)
    assert targets(result, "axe/image-alt") == [("#a",)]
    assert "#shut" in result.not_run["axe:frames"]


def test_a_frame_that_takes_too_long_costs_only_itself(page: Page, serve: Serve) -> None:
    port = serve(
        {"/": document('<img id="a" src="a.png"><iframe id="slow" title="t" src="/f"></iframe>'), "/f": document("")}
    )
    page.goto(f"http://127.0.0.1:{port}/", wait_until="load")
    result = run(page, frameWaitMs=0)
    assert targets(result, "axe/image-alt") == [("#a",)]
    assert "#slow" in result.not_run["axe:frames"]


def test_a_flood_of_failures_is_cut_and_said(page: Page, serve: Serve) -> None:
    port = serve({"/": document('<img src="a.png">' * 3_000)})
    page.goto(f"http://127.0.0.1:{port}/")
    raw = page.evaluate(axe.run_script(), axe.run_options(TAGS))
    result = axe.normalise(raw, page.url)
    assert len(targets(result, "axe/image-alt")) == 200
    assert result.not_run["axe/image-alt:more"].startswith("2800 more")
    assert len(raw) < 250_000


def test_the_whole_result_is_bounded(page: Page, serve: Serve) -> None:
    port = serve({"/": document("".join(f'<img src="{i}-{"x" * 190}">' for i in range(300)))})
    page.goto(f"http://127.0.0.1:{port}/")
    raw = page.evaluate(axe.run_script(), axe.run_options(TAGS) | {"maxChars": 30_000})
    assert len(raw) <= 30_000
    assert axe.normalise(raw, page.url).rule_outcomes["axe/image-alt"] is Outcome.FAILED


def test_runs_where_axe_was_injected_plainly(browser: Browser, serve: Serve) -> None:
    port = serve(
        {"/": document('<img id="a" src="a.png"><iframe id="f" title="f" src="/f"></iframe>'), "/f": document("<img>")}
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/", wait_until="load")
    assert run(page).not_run == {"axe": "axe-core could not run: axe-core is not in the page"}
    for frame in page.frames:
        frame.evaluate(axe.source())
    assert targets(run(page), "axe/image-alt") == [("#a",), ("#f", "img")]
    context.close()


def test_the_init_script_also_works_after_the_page_has_loaded(browser: Browser, serve: Serve) -> None:
    port = serve({"/": document('<img id="a" src="a.png">')})
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/")
    page.evaluate(f"() => {{ {axe.init_script(axe.source())} }}")
    assert targets(run(page), "axe/image-alt") == [("#a",)]
    context.close()


def test_messages_carry_the_data(page: Page, serve: Serve) -> None:
    port = serve({"/": document('<p style="color: #999; background: #fff">Opening hours</p><input id="i">')})
    page.goto(f"http://127.0.0.1:{port}/")
    by_rule = {finding.rule: finding for finding in run(page).findings}
    contrast = by_rule["axe/color-contrast"]
    assert contrast.message == (
        "The contrast of this text is 2.84:1 and must be at least 4.5:1 (text #999999 on #ffffff, 12.0pt (16px))."
    )
    assert contrast.message_id == "color-contrast/color-contrast"
    assert contrast.arguments["contrastRatio"] == 2.84
    assert by_rule["axe/label"].message == "This form field has no label."


RULES = """() => axe._audit.rules
    .filter(r => !r.tags.includes('experimental') && !r.tags.includes('deprecated'))
    .map(r => ({id: r.id, impact: r.impact, tags: r.tags,
                checks: [...r.any, ...r.all, ...r.none].map(c => c.id || c)}))"""


OURS_TOO = {"meta-refresh": ("2.2.4", "3.2.5")}
"""Criteria that a rule of axe-core fails by the ACT rule it implements (bc659a), though its tags do not say so."""


def test_every_rule_that_a_profile_runs_has_advice_and_no_other_has(browser: Browser) -> None:
    page = browser.new_page()
    page.evaluate(axe.source())
    tags = {*profile("wcag22-aaa").axe_tags, "best-practice"}
    rules = [rule for rule in page.evaluate(RULES) if set(rule["tags"]) & tags and rule["id"] != "frame-tested"]
    advice = load("advice")
    assert sorted(advice) == sorted(rule["id"] for rule in rules)
    for rule in rules:
        row = advice[rule["id"]]
        assert row["tag"] in rule["tags"]
        assert row["impact"] == rule["impact"]
        assert tuple(row["wcag"]) == (*axe.wcag_from_tags(rule["tags"]), *OURS_TOO.get(rule["id"], ()))
    checks = {check for rule in rules for check in rule["checks"]}
    for table in load("messages").values():
        assert {key.split(".")[0] for key in table} - checks == set()
    page.close()


def test_the_same_rules_run_as_the_plain_engine_runs(page: Page, serve: Serve) -> None:
    port = serve({"/": document("<p>Text</p>")})
    page.goto(f"http://127.0.0.1:{port}/")
    ours, all_of_ours = (set(run(page, tags=list(tags)).rule_outcomes) for tags in (TAGS, ALL_TAGS))
    page.evaluate(axe.source())
    plain = page.evaluate(
        "async (tags) => { const r = await axe.run({runOnly: {type: 'tag', values: tags}});"
        "return [...r.violations, ...r.incomplete, ...r.passes, ...r.inapplicable].map(x => x.id) }",
        list(ALL_TAGS),
    )
    assert all_of_ours == {f"axe/{rule}" for rule in plain if rule != "frame-tested"}
    assert all_of_ours == {info.id for info in axe.rule_infos(ALL_TAGS)}
    assert ours == {info.id for info in axe.rule_infos(TAGS)}


COLOURS = (
    "#777",
    "rgb(118 118 118)",
    "hsl(0 0% 46%)",
    "rgb(0 0 0 / 40%)",
    "color(srgb .4 .4 .4)",
    "oklch(60% 0.1 200)",
)
LAYERS = ("#fff", "rgb(255 255 255 / 50%)", "transparent", "#eee", "lab(90% 20 10)")


def test_contrasts_are_those_of_the_plain_engine(page: Page, serve: Serve) -> None:
    boxes = "".join(
        f'<div style="background: {below}; opacity: {opacity}"><div style="background: {above}">'
        f'<p style="color: {colour}">Opening hours</p></div></div>'
        for colour in COLOURS
        for above in LAYERS
        for below, opacity in (("#ddd", 1), ("rgb(0 60 90 / 30%)", 0.9), ("#ddd", 0.7))
    )
    port = serve({"/": document(boxes)})
    page.goto(f"http://127.0.0.1:{port}/")
    ours = {
        f.target[0]: f.arguments.get("contrastRatio")
        for f in run(page).findings
        if f.rule == "axe/color-contrast" and f.outcome is Outcome.FAILED
    }
    page.evaluate(axe.source())
    plain = page.evaluate(
        "async () => { const r = await axe.run({runOnly: ['color-contrast']});"
        "return r.violations.flatMap(x => x.nodes).map(n => [n.target[0], n.any[0].data.contrastRatio]) }"
    )
    assert len(set(ours.values())) > 10
    assert ours == dict(plain)


def test_raw_is_json_text(page: Page, serve: Serve) -> None:
    port = serve({"/": document("<p>Text</p>")})
    page.goto(f"http://127.0.0.1:{port}/")
    raw = page.evaluate(axe.run_script(), axe.run_options(TAGS))
    assert json.loads(raw)["axe"] == axe.bundled_version()
