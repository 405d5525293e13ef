"""Which tests start first: files whose tests take minutes, so that no worker is left alone with one at the end.

And the same examples in every run: what a change broke must not hang on luck. `--hypothesis-profile=default` looks
further.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.load_profile("same")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with slow tests first and then those with a browser; within a file nothing moves."""

    def rank(item: pytest.Item) -> int:
        return max(2 * (item.get_closest_marker("slow") is not None), item.get_closest_marker("browser") is not None)

    heaviest: dict[object, int] = {}
    for item in items:
        heaviest[item.path] = max(heaviest.get(item.path, 0), rank(item))
    items.sort(key=lambda item: -heaviest[item.path])
