"""What an engine is to the rest of Curbcut: somebody else's checks that run in the page.

An engine runs in the browser, in one evaluation with the others, and is judged afterwards, off the event loop and
without the page. So its work is parted in two: `prepare` gives what the browser runs, and `read` makes findings of what
came back. It is a folder here whose package holds an `Engine` called `engine`; nothing else is edited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from checks.judging import PageResult
from checks.model import EngineScript, RuleInfo
from checks.standards import Profile


@dataclass(frozen=True, slots=True)
class Orders:
    """What a scan asks of its engines.

    `profile` is what pages are measured against. `files` holds, by an engine's name, a file to use instead of the one
    that comes along. With `best_practices` rules run, too, that no criterion asks for.
    """

    profile: Profile
    files: Mapping[str, Path] = field(default_factory=dict)
    best_practices: bool = False


class Engine(Protocol):
    """Checks of somebody else."""

    @property
    def name(self) -> str:
        """What its findings and rules are called after (`axe/image-alt`), and its output in the browser."""

    @property
    def title(self) -> str:
        """What it calls itself: the name of its version in a scan's record."""

    def version(self, orders: Orders) -> str:
        """Return the version that runs. Raises ValueError, which says what to do, for a file that is none."""

    def prepare(self, orders: Orders) -> EngineScript:
        """Return what to install in every frame, what to evaluate once the page has settled, and its options.

        Raises as `version` does.
        """

    def read(self, raw: object, page_url: str) -> PageResult:
        """Return the findings in what the evaluation resolved to. That may be anything: the page can forge it.

        Never raises: rubbish gives no findings, and a reason in `not_run`.
        """

    def rule_infos(self, orders: Orders) -> tuple[RuleInfo, ...]:
        """Return what people need to know of each rule that runs, by id."""
