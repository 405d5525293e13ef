"""Writes what a dry run of steps saw: one accessible HTML page with a picture for each step."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from reports.output import replacing
from scan.steps.run import Shown
from scan.steps.script import Script

STYLE = """\
body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color: #1a1a1a;
  background: #fff }
li { margin-block: 2rem } figure { margin: .5rem 0 } code { overflow-wrap: anywhere }
img { max-width: 100%; height: auto; border: 1px solid #595959 }
.problem { border-inline-start: .5rem solid #a4262c; padding-inline-start: 1rem }
"""


def write_page(script: Script, shown: Sequence[Shown], folder: Path) -> Path:
    """Write index.html and the pictures, numbered, into a folder; return the page's path. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    items = []
    for number, one in enumerate(shown, start=1):
        name = f"step-{number:03}.png"
        if one.picture:
            (folder / name).write_bytes(one.picture)
        items.append(_item(number, one, name))
    path = folder / "index.html"
    title = f"Dry run of {Path(script.file).name}"
    with replacing(path) as stream:
        stream.write(
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'; "
            f"style-src 'unsafe-inline'\">\n<style>{STYLE}</style></head>\n<body><main><h1>{escape(title)}</h1>\n"
            f"<p>{escape(_summary(script, shown))}</p>\n<ol>\n{''.join(items)}</ol></main></body></html>\n"
        )
    return path


def _summary(script: Script, shown: Sequence[Shown]) -> str:
    failed = next((one for one in shown if one.problem), None)
    done = f"{len(shown)} of {len(script.steps)} steps were done. Nothing was checked."
    return f"Step {len(shown)} failed; the steps after it were not done." if failed else done


def _item(number: int, one: Shown, name: str) -> str:
    problem = f'<p class="problem">Failed: {escape(one.problem)}</p>\n' if one.problem else ""
    title = f" ({escape(one.title)})" if one.title else ""
    picture = f'<figure><img src="{name}" alt="The window after step {number}"></figure>' if one.picture else ""
    return (
        f"<li><p><strong>{escape(one.step.says)}</strong> (line {one.step.line})</p>\n{problem}"
        f"<p>Then the page is <code>{escape(one.address)}</code>{title}.</p>\n"
        f"{picture}</li>\n"
    )
