"""The pytest plugin: the fixture `curbcut_page`, which checks pages and texts in the middle of other tests.

pytest loads this file in every run, so it imports nothing that takes time before the fixture is used.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from checks.model import Finding

MOST_SHOWN = 20


class CurbcutPage:
    """What a test is given."""

    def find(self, page: Any, *, profile: str = "") -> list[Finding]:
        """Return everything that is found on a live page, questions to people too."""
        from scan.live_page import check_live  # noqa: PLC0415

        return check_live(page, profile)

    def assert_accessible(self, page: Any, *, ignore: Collection[str] = (), profile: str = "") -> None:
        """Fail with a list of barriers when the page has any, those of the rules in `ignore` aside.

        `page` is a page of Playwright's synchronous API or a Selenium WebDriver, as it stands now.
        """
        __tracebackhide__ = True
        found = [f for f in self.find(page, profile=profile) if f.outcome == "failed" and f.rule not in ignore]
        if found:
            lines = [f"{f.rule}: {f.message}\n    at {' >>> '.join(f.target)}\n    {f.snippet}" for f in found]
            pytest.fail(_told(lines, "barrier"), pytrace=False)

    def assert_plain(
        self, text: str, *, guide: str = "plain", lang: str = "en", format_: str = "text", ignore: Collection[str] = ()
    ) -> None:
        """Fail with a list of passages when a text breaks rules of a style guide.

        `format_` is text, markdown or html. Rules in `ignore` count for nothing.
        """
        __tracebackhide__ = True
        from scan.style import judge  # noqa: PLC0415
        from styleguide.guides import load_guide  # noqa: PLC0415
        from styleguide.input import DraftFormat, read_draft  # noqa: PLC0415

        draft = read_draft(text.encode(), "text", format_=DraftFormat(format_), lang=lang)
        placed = judge(draft, load_guide(guide)).findings
        found = [one for one in placed if not one.is_question and one.finding.rule not in ignore]
        if found:
            lines = [f"line {one.place.line}: {one.finding.message} [{one.finding.rule}]" for one in found]
            pytest.fail(_told(lines, "passage to reword", "passages to reword"), pytrace=False)


def _told(lines: list[str], one: str, many: str = "") -> str:
    head = f"{len(lines)} {one if len(lines) == 1 else many or one + 's'}:"
    more = [f"and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    return "\n".join([head, *lines[:MOST_SHOWN], *more])


@pytest.fixture(scope="session")
def curbcut_page() -> CurbcutPage:
    """Checks pages for barriers (`assert_accessible(page)`) and texts for plain language (`assert_plain(text)`)."""
    return CurbcutPage()
