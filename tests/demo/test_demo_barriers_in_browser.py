"""axe-core really reports every planted barrier it is said to report, and nothing on the clean pages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from checks.model import Outcome
from demo.barriers import Barrier, load_register
from demo.build import read_sources
from demo.server import serve

pytestmark = pytest.mark.browser

REGISTER = load_register()
READY = {"/visit/ferries.html": "#ferry-map", "/services/libraries.html": "opening-hours"}

# Each reported element is found again through frames and shadow roots and compared with the register's targets.
RUN = """async (targets) => {
  const inside = (element) => element.contentDocument || element.shadowRoot;
  const all = (path) => {
    let roots = [document];
    for (const step of path.slice(0, -1))
      roots = roots.flatMap((root) => [...root.querySelectorAll(step)].map(inside)).filter(Boolean);
    return roots.flatMap((root) => [...root.querySelectorAll(path.at(-1))]);
  };
  const planted = Object.entries(targets).map(([id, path]) => [id, new Set(all(path))]);
  const result = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], rules: { "target-size": { enabled: true } },
    resultTypes: ["violations", "incomplete"] });
  const flat = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => {
    const element = all(node.target.flat())[0];
    return { rule: "axe/" + rule.id, target: node.target.flat().join(" >>> "),
             ids: planted.filter(([, elements]) => elements.has(element)).map(([id]) => id) };
  }));
  return { failed: flat(result.violations), cantTell: flat(result.incomplete) };
}"""


@pytest.fixture(scope="module")
def reports(browser: Browser, axe_script: str) -> dict[str, Any]:
    """Every page's report by path; the town is walked once for all tests of this file."""
    with serve() as origin, browser.new_context() as context:
        context.add_init_script(axe_script)
        page = context.new_page()
        return {path: _report(page, origin, path) for path in read_sources()}


def _report(page: Page, origin: str, path: str) -> Any:
    page.goto(origin + path)
    if path in READY:
        page.wait_for_selector(READY[path], state="attached")
    targets = {barrier.id: list(barrier.target) for barrier in _on(path) if barrier.target}
    return page.evaluate(RUN, targets)


def _on(path: str) -> list[Barrier]:
    return [barrier for barrier in REGISTER.barriers if path in barrier.pages]


def _expected() -> list[Barrier]:
    return [barrier for barrier in REGISTER.barriers if (barrier.expected_rule or "").startswith("axe/")]


@pytest.mark.parametrize("barrier", _expected(), ids=lambda barrier: barrier.id)
def test_barrier_is_reported_on_each_of_its_pages(reports: dict[str, Any], barrier: Barrier) -> None:
    for path in barrier.pages:
        nodes = reports[path][str(barrier.expected_outcome)]
        rules = {node["rule"] for node in nodes if barrier.id in node["ids"]}
        assert barrier.expected_rule in rules, f"{path}: {rules or 'nothing'} reported for {barrier.target}"


@pytest.mark.parametrize("path", REGISTER.clean)
def test_clean_page_has_nothing_to_report(reports: dict[str, Any], path: str) -> None:
    assert reports[path] == {"failed": [], "cantTell": []}


def test_every_failure_is_in_the_register(reports: dict[str, Any]) -> None:
    """What the town is not said to hold must not be there: a second copy of a component is the one exception."""
    by_id = {barrier.id: barrier for barrier in REGISTER.barriers}
    unknown = []
    for path, report in reports.items():
        if path == "/visit/harbour-map-frame.html":
            continue  # its barriers are listed where it is shown
        for node in report[str(Outcome.FAILED)]:
            known = any(by_id[name].expected_rule == node["rule"] for name in node["ids"])
            second_copy = "Northfield Library" in node["target"]
            stray = node["rule"] == "axe/dlitem"  # terms and descriptions are one barrier
            if not (known or second_copy or stray):
                unknown.append((path, node["rule"], node["target"]))
    assert unknown == []
