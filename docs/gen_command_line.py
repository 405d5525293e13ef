"""docs/command-line.md: what `--help` of each command says."""

from __future__ import annotations

import click

from cli.main import COMMANDS, main

PAGE = "docs/command-line.md"
WIDTH = 100
INTRODUCTION = """# The command line

Made from the program: `curbcut --help` and `curbcut COMMAND --help` say the same. Settings may also come from
the environment or a file: see [configuration](configuration.md). What a command's exit code says: [exit
codes](exit-codes.md).
"""


def pages() -> dict[str, str]:
    """Return the whole page."""
    top = click.Context(main, info_name="curbcut", terminal_width=WIDTH, **main.context_settings)
    blocks = [INTRODUCTION, _block("curbcut", main.get_help(top))]
    for name in COMMANDS:
        command = main.get_command(top, name)
        assert command is not None  # noqa: S101 - the group lists its own commands
        blocks.append(_block(f"curbcut {name}", command.get_help(click.Context(command, info_name=name, parent=top))))
    return {PAGE: "\n".join(blocks)}


def _block(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text}\n```\n"
