"""The HTML report: one folder of plain files that opens from disk, without a network and without JavaScript."""

from __future__ import annotations

from reports.html.report import write

__all__ = ["write"]
