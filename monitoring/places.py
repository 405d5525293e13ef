"""Where the work of a monitoring body lies, unless it is said otherwise."""

from __future__ import annotations

from pathlib import Path

DATABASE = "curbcut-monitoring.sqlite"
"""The register and the samples."""

CAMPAIGNS = Path("curbcut-campaigns")
"""Holds a folder for each sample's campaign."""
