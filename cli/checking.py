"""What `curbcut check` and `curbcut baseline` share: the options that say what to check, and the check itself."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from cli.console import fail, say
from cli.exit_codes import Exit
from cli.options import Command
from cli.running import guarded, scan
from scan.checking import Asked, Checked, checked
from scan.errors import UsageError
from scan.settings import Settings

_OPTIONS = (
    click.argument("targets", nargs=-1, metavar="[TARGET]..."),
    click.option(
        "--urls-from",
        type=click.Path(path_type=Path, allow_dash=True),
        metavar="FILE",
        help="Read more targets from this file, one a line; - reads standard input.",
    ),
    click.option(
        "--root",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        metavar="DIR",
        help="The folder that a web host would serve, where it is another than the one you name.",
    ),
    click.option("--base-path", default="/", metavar="PATH", help="Serve folders under this path, such as /town/."),
    click.option(
        "--changed-since", default="", metavar="REV", help="Check only what changed since this git revision."
    ),
    click.option(
        "--map",
        "mappings",
        multiple=True,
        metavar="SOURCE=PAGES",
        help="With --changed-since: which pages a source file makes, such as 'content/{page}.md={page}.html'.",
    ),
    click.option("--serve-command", default="", metavar="COMMAND", help="Run this meanwhile, such as 'npm start'."),
    click.option("--wait-for", default="", metavar="URL", help="With --serve-command: begin once this answers."),
    click.option(
        "--wait-seconds", type=click.FloatRange(0.1, 3600), default=60.0, show_default=True, help="Wait so long."
    ),
    click.option(
        "--quick", is_flag=True, help="Leave out the closer looks: keys, pointer, window sizes and pixels."
    ),
)  # fmt: skip


def target_options(command: Command) -> Command:
    """Add the options that say what to check."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def asked_from(flags: dict[str, Any], *, repeat: int = 1) -> Asked:
    """Take what `target_options` added out of the flags and return it; exit with 2 when nothing is named."""
    targets = (*flags.pop("targets"), *guarded(lambda: _read(flags.pop("urls_from"))))
    names = ("root", "base_path", "changed_since", "mappings", "serve_command", "wait_for")
    asked = Asked(targets, **{name: flags.pop(name) for name in names}, wait_s=flags.pop("wait_seconds"), repeat=repeat)
    flags.update({"robots": False, **({"pages_per_template": 0} if flags.pop("quick") else {"thorough": True})})
    if not targets and not asked.serve_command:
        fail("Name at least one page: an address, an HTML file, or a folder.", Exit.USAGE)
    if asked.mappings and not asked.changed_since:
        fail("--map belongs to --changed-since.", Exit.USAGE)
    return asked


@contextmanager
def checking(settings: Settings, asked: Asked) -> Iterator[Checked]:
    """Check with progress on standard error; the report can be read while the block runs."""
    with tempfile.TemporaryDirectory(prefix="curbcut-") as scratch:
        run = lambda addresses, folder: scan(settings, addresses, folder, follow=False)  # noqa: E731 - short enough
        with checked(settings, asked, run, Path(scratch)) as done:
            if done.note:
                say(done.note)
            yield done


def _read(urls_from: Path | None) -> list[str]:
    if urls_from is None:
        return []
    try:
        is_stdin = str(urls_from) == "-"
        text = sys.stdin.read() if is_stdin else urls_from.read_text("utf-8-sig")
        lines = [line.strip() for line in text.splitlines()]
    except UnicodeDecodeError as error:
        raise UsageError(f"{urls_from} is not a text file in UTF-8.") from error
    return [line for line in lines if line and not line.startswith("#")]
