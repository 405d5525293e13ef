"""`curbcut lsp`: a language server on standard input and output."""

from __future__ import annotations

import click

from cli.console import fail
from cli.exit_codes import Exit
from scan.version import VERSION
from styleguide.errors import GuideError
from styleguide.guides import DEFAULT_GUIDE
from styleguide.lsp import make_server


@click.command("lsp")
@click.option("--guide", default=DEFAULT_GUIDE, show_default=True, metavar="NAME", help="The style guide to use.")
@click.option(
    "--lang", default="", metavar="CODE", help="The language of texts that do not name their own, such as de."
)
def command(guide: str, lang: str) -> None:
    """Show the same language findings in an editor while typing.

    Your editor starts this program and speaks to it by the Language Server Protocol over standard input and output.
    It serves Markdown, HTML and plain text, and takes the settings guide, confidence and lang.
    """
    try:
        server = make_server(VERSION, guide, lang)
    except GuideError as error:
        fail(str(error), Exit.USAGE)
    server.start_io()
