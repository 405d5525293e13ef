"""A report of two pages with every kind of finding, and hostile texts, made without a scan."""

from __future__ import annotations

import pytest

from reports.ci.model import CiFinding, CiPage, CiReport, CiRule, Gone, Kind, SourcePlace, Standing, Tally

HOSTILE = "<b>|`x` @team\n::error::%0A]]> https://evil.example \x1b[31m"


def finding(**changes: object) -> CiFinding:
    values: dict[str, object] = {
        "rule": "axe/image-alt", "engine": "axe", "outcome": "failed", "wcag": ("1.1.1",), "impact": "critical",
        "message": "This image has no text alternative.", "suggestion": "", "target": "main > img",
        "snippet": '<img src="a.png">', "fingerprint": "36f399e72118f60e", "help_url": "https://help.example/",
        "region": "main", "place": SourcePlace(5, 3, 5, 20),
    }  # fmt: skip
    return CiFinding(**(values | changes))  # type: ignore[arg-type]


PAGES = (
    CiPage(
        "site/a b.html",
        "/a%20b.html",
        True,
        file="site/a b.html",
        findings=(
            finding(),
            finding(place=None, target=""),
            finding(standing=Standing.ACCEPTED, reason="the old logo"),
            finding(rule="axe/question", outcome="cantTell", impact=None),
            finding(rule="plain/words", engine="style", impact=None, wcag=(), message=HOSTILE, snippet=HOSTILE,
                    suggestion="less", standing=Standing.EXPIRED),
        ),
    ),
    CiPage("https://town.example/fees?a=1&b=2", "https://town.example/fees?a=1&b=2", True,
           findings=(finding(impact="minor", place=None),)),
    CiPage("site/broken.html", "/broken.html", False, detail=f"Timed out {HOSTILE}", file="site/broken.html"),
)  # fmt: skip


@pytest.fixture
def report() -> CiReport:
    rules = {"axe/image-alt": CiRule("axe/image-alt", "Images have a text alternative", help_url="javascript:alert(1)")}
    tally = Tally(
        pages=2,
        not_checked=1,
        counts={
            (Kind.BARRIER, Standing.NEW): 3,
            (Kind.BARRIER, Standing.ACCEPTED): 1,
            (Kind.QUESTION, Standing.NEW): 1,
            (Kind.WORDS, Standing.EXPIRED): 1,
        },
        serious=2,
        gone=(Gone("axe/label", "aa", "<input>", ("/a", "/b", "/c", "/d")),),
    )
    return CiReport(lambda: iter(PAGES), rules, "1.2.3", tally, has_baseline=True, disagreements=("/a: r failed",))
