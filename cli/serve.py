"""`curbcut serve`: the local web app."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.console import fail, say
from cli.exit_codes import Exit
from monitoring.places import CAMPAIGNS
from monitoring.places import DATABASE as MONITORING
from styleguide.errors import GuideError
from styleguide.guides import DEFAULT_GUIDE
from web.config import LOOPBACK_NAMES, WebConfig

if TYPE_CHECKING:
    from starlette.applications import Starlette

LOOPBACK = "127.0.0.1"
ANY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 # compared with, never bound by default
TOKEN_BYTES = 24
MIN_TOKEN_CHARS = 16
GOODBYE_S = 3
"""What pages that watch a scan get to close; the scan itself is stopped before."""


@click.command("serve")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="Where the scans are, and where new ones go; by default here.",
)
@click.option(
    "--database",
    envvar="CURBCUT_DATABASE",
    metavar="FILE|URL",
    help=f"The monitoring database, for the Campaign screen; {MONITORING} in --folder if left out. "
    "[env: CURBCUT_DATABASE]",
)
@click.option(
    "--campaigns",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=f"Folder that holds a folder for each sample's campaign; {CAMPAIGNS} in --folder if left out.",
)
@click.option("--host", default=LOOPBACK, show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="0 takes a free one.")
@click.option("--guide", default=DEFAULT_GUIDE, show_default=True, metavar="NAME", help="The style guide to use.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Ask for the token in this file; without it, one is made at each start where a token is needed.",
)
@click.option("--open", "open_", is_flag=True, help="Open the app in your browser.")
def command(
    *,
    folder: Path,
    database: str | None,
    campaigns: Path | None,
    host: str,
    port: int,
    guide: str,
    token_file: Path | None,
    open_: bool,
) -> None:
    """Open the web app: write with marks as you type, check a page, scan, review. It runs until you press Ctrl-C.

    On any address but this machine's own, colleagues need the token that is printed at the start. Their connection
    is not encrypted: put a web server with TLS in front where the network is not yours alone.
    """
    from web.app import make_app  # noqa: PLC0415 # only who opens the app waits for it

    token = _token(token_file) if token_file else "" if _is_own(host) else secrets.token_urlsafe(TOKEN_BYTES)
    try:
        root = folder.resolve()
        places = (database or str(root / MONITORING), (campaigns or root / CAMPAIGNS).resolve())
        app = make_app(WebConfig(root, guide, token, *places))
    except GuideError as error:
        fail(str(error), Exit.USAGE)
    with _listen(host, port) as listening:
        address = f"http://{_spelled(socket.gethostname() if host in ANY_ADDRESS else host)}"
        address += f":{listening.getsockname()[1]}/" + (f"?token={token}" if token else "")
        say(f"Curbcut is at {address}")
        say("Press Ctrl-C to stop.")
        if open_:
            webbrowser.open(address)
        _run(app, listening)


def _run(app: Starlette, listening: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415

    settings = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=GOODBYE_S)
    with suppress(KeyboardInterrupt):  # uvicorn passes Ctrl-C on once it has ended in good order
        uvicorn.Server(settings).run(sockets=[listening])


def _is_own(host: str) -> bool:
    return _spelled(host) in LOOPBACK_NAMES


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens: whoever opens the address that is printed next only has to wait a moment."""
    listening = None
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, where = found[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
        listening.listen()
    except OSError as error:
        if listening is not None:
            listening.close()
        fail(f"Cannot listen on {host}, port {port}: {error.strerror or error}. Choose another --port.", Exit.USAGE)
    return listening


def _token(path: Path) -> str:
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{path} cannot be read: {error}", Exit.USAGE)
    if len(token) < MIN_TOKEN_CHARS or not token.isascii() or not token.isprintable() or set(token) & set(' ";,\\'):
        fail(f"The token in {path} must have at least {MIN_TOKEN_CHARS} letters and digits, on one line.", Exit.USAGE)
    return token


def _spelled(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
