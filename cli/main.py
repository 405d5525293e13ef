"""The `curbcut` program. Commands are imported when they are called, so that starting is quick."""

from __future__ import annotations

import errno
import gc
import importlib
import sys

import click

from cli.exit_codes import Exit
from cli.later import load_later

COMMANDS = {
    "scan": "Scan a whole site and write a report.",
    "check": "Check just these pages: addresses, HTML files, or a folder of built HTML.",
    "steps": "Check pages behind forms and logins.",
    "baseline": "Accept what is known for a time, so that a build fails only on what is new.",
    "style": "Check the language of drafts and pages, without a browser.",
    "demo": "Scan the bundled demo town and show the report.",
    "report": "Write the report of a scan again, or that of a Member State.",
    "serve": "Open the web app: write with marks as you type, check, scan, review.",
    "review": "Answer the questions that a scan left to people.",
    "lsp": "Show the same language findings in an editor while typing.",
    "statement": "Find, check and draft accessibility statements.",
    "register": "Keep the register of sites that are monitored.",
    "sample": "Draw the sample of sites to monitor, from the register.",
    "campaign": "Scan every site of a sample.",
    "pages": "Choose the pages of a site that are evaluated in depth.",
    "rules": "List what is checked, with sources.",
    "doctor": "See whether this machine has everything a scan needs.",
}


GC_THRESHOLDS = (20_000, 10, 10)
"""Objects made before Python looks for cycles: a page's tree has thousands, and looking at 700, as by default, took a
tenth of the time of reading pages."""

UNUSED = ("nltk",)
"""What textstat imports to count syllables in a way that Curbcut does not use: 13 MB of memory and half a second."""

QUICK = ("style", "lsp")
UNUSED_BY_QUICK = ("charset_normalizer", "soupsieve")
"""What Beautiful Soup imports to guess encodings and to read CSS selectors: a third of the time to start, and the
commands that must start quickly use neither."""


class LazyGroup(click.Group):
    """A group whose commands live in modules of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        load_later(*UNUSED)
        if cmd_name in QUICK:
            load_later(*UNUSED_BY_QUICK)
        command: click.Command = importlib.import_module(f"cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; Ctrl-C while it still loads ends as Ctrl-C later does, and a full disk has its own code."""
        gc.set_threshold(*GC_THRESHOLDS)
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.exit(Exit.INTERRUPTED)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            click.echo("curbcut: The disk is full, so this was not written whole. Make room, then try again.", err=True)
            sys.exit(Exit.DISK_FULL)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 too many findings, 2 bad usage, 3 disk full, 4 interrupted, 5 limit, 6 no browser.",
)
@click.version_option(package_name="curbcut", prog_name="curbcut")
def main() -> None:
    """Check public-sector websites for accessibility (WCAG, EN 301 549) and plain language.

    Start with `curbcut demo`, then `curbcut scan https://www.example.org/`.
    """


if __name__ == "__main__":
    main()
