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
        blocks += _blocks(command, name, top)
    return {PAGE: "\n".join(blocks)}


def _blocks(command: click.Command, name: str, parent: click.Context) -> list[str]:
    """Return the help of a command and of the commands below it."""
    context = click.Context(command, info_name=name, parent=parent)
    below = command.commands.items() if isinstance(command, click.Group) else ()
    own = _block(context.command_path, command.get_help(context))
    return [own, *(block for key, inner in below for block in _blocks(inner, key, context))]


def _block(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text}\n```\n"
