"""Serves the demo town on a loopback port, with the redirects and errors that `behaviour.yaml` lists.

Run `python -m demo.server [PORT]` to look at the town in a browser.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import yaml

from scan.folder_server import Answer, Folder, Request, Responder, media_type, not_found, serve_folder

TOWN = Path(__file__).parent / "town"
BEHAVIOUR = Path(__file__).parent / "behaviour.yaml"
ORIGIN_PLACEHOLDER = b"{origin}"  # sitemaps need absolute addresses; the port is only known when the server runs
DEFAULT_PORT = 8000


@dataclass(frozen=True, slots=True)
class Redirect:
    """One address that leads to another."""

    to: str
    status: int = HTTPStatus.MOVED_PERMANENTLY


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What the town's server does besides showing files; each mapping's key is a decoded URL path.

    `statuses` answer with a code and no page of their own. `forms` answer a POST with a redirect. `origin_in` names
    the files in which `{origin}` becomes the server's address.
    """

    redirects: Mapping[str, Redirect] = field(default_factory=dict)
    statuses: Mapping[str, int] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    origin_in: frozenset[str] = frozenset()


def load_behaviour(file: Path = BEHAVIOUR) -> Behaviour:
    """Read a behaviour file. Raises KeyError, TypeError or ValueError when it is not of the documented form."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    unknown = set(data) - {"redirects", "statuses", "forms", "origin_in"}
    if unknown:
        raise ValueError(f"{file.name}: unknown keys {sorted(unknown)}")
    return Behaviour(
        redirects={path: Redirect(**entry) for path, entry in data.get("redirects", {}).items()},
        statuses={path: int(status) for path, status in data.get("statuses", {}).items()},
        forms=dict(data.get("forms", {})),
        origin_in=frozenset(data.get("origin_in", [])),
    )


def responder(root: Path, behaviour: Behaviour, on_request: Callable[[Request], None] | None = None) -> Responder:
    """Return the function that answers what is special about the town and leaves the rest to the folder server."""
    folder = Folder(root)

    def respond(request: Request) -> Answer | None:
        if on_request is not None:
            on_request(request)
        if request.method == "POST":
            answer_page = behaviour.forms.get(request.path)
            return Answer(HTTPStatus.SEE_OTHER, headers={"Location": answer_page}) if answer_page else None
        redirect = behaviour.redirects.get(request.path)
        if redirect is not None:
            return Answer(redirect.status, headers={"Location": redirect.to})
        if request.path in behaviour.statuses:
            return _error(behaviour.statuses[request.path])
        if request.path in behaviour.forms:
            return not_found(folder)
        return _with_origin(folder, request) if request.path in behaviour.origin_in else None

    return respond


def _error(status: int) -> Answer:
    phrase = HTTPStatus(status).phrase
    page = f'<!doctype html><html lang="en"><title>{phrase}</title><h1>{phrase}</h1></html>\n'
    return Answer(status, page.encode())


def _with_origin(folder: Folder, request: Request) -> Answer | None:
    file = folder.find(request.path)
    if file is None:
        return None
    body = file.read_bytes().replace(ORIGIN_PLACEHOLDER, request.origin.encode("ascii"))
    return Answer(body=body, media_type=media_type(file))


@contextmanager
def serve(
    root: Path = TOWN,
    behaviour: Path | Behaviour = BEHAVIOUR,
    port: int = 0,
    on_request: Callable[[Request], None] | None = None,
) -> Iterator[str]:
    """Serve the town on 127.0.0.1 while the block runs; yield its origin, such as `http://127.0.0.1:41234`.

    `port` 0 takes a free one. `on_request` is called for each request, from several threads at once: tests use it
    to see what was asked for. Raises OSError when the port is taken.
    """
    loaded = behaviour if isinstance(behaviour, Behaviour) else load_behaviour(behaviour)
    with serve_folder(root, port=port, respond=responder(root, loaded, on_request)) as origin:
        yield origin


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C. Returns the exit code: 0, or 2 for a port that cannot be used."""
    port = arguments[0] if arguments else str(DEFAULT_PORT)
    if len(arguments) > 1 or not port.isdecimal():
        sys.stderr.write("Usage: python -m demo.server [PORT]\n")
        return 2
    try:
        with serve(port=int(port)) as origin:
            sys.stderr.write(f"The demo town is at {origin}/ - press Ctrl-C to stop.\n")
            threading.Event().wait()
    except KeyboardInterrupt:
        pass
    except (OSError, OverflowError) as error:
        sys.stderr.write(f"Cannot use port {port}: {error}. Choose another, or 0 for any free one.\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
