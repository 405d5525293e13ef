"""Serves one folder of static files on a loopback port, as a web host would: for built sites and the demo town."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"
IDLE_TIMEOUT_S = 30  # a browser keeps its connections; one that is forgotten frees its thread after this
REQUEST_BODY_MAX_BYTES = 1_000_000  # read and thrown away, so that the client gets our answer instead of a reset
LISTEN_QUEUE = 128
STILL_FOR_S = 3600
"""How long a browser need not ask again for what pages load, where the folder stays as it is."""

HOST_HEADER = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")

# Stated here, because the standard library's table differs from one machine to the next.
MEDIA_TYPES: Mapping[str, str] = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
UNKNOWN_MEDIA_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked for: `path` is decoded, `query` is not, `origin` is the address it used for us."""

    method: str
    path: str
    query: str
    origin: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `headers` replace our own of the same name."""

    status: int = HTTPStatus.OK
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Responder = Callable[[Request], Answer | None]
"""Answers one request itself, or returns None to leave it to the folder."""


class Folder:
    """The files under `root`, found by URL path. Nothing outside `root` is ever found, nor any hidden file."""

    def __init__(self, root: Path, *, clean_urls: bool = True, is_still: bool = False) -> None:
        self.root = root.resolve(strict=True)
        self.clean_urls = clean_urls
        self.is_still = is_still

    def find(self, path: str) -> Path | None:
        """Return the file for a decoded URL path, or None. A folder stands for its `index.html`."""
        candidate = self._inside(path)
        if candidate is None:
            return None
        choices = [candidate / "index.html"] if path.endswith("/") else [candidate]
        if self.clean_urls and not path.endswith("/"):
            choices.append(candidate.with_name(candidate.name + ".html"))
        return next((choice for choice in choices if self._is_ours(choice)), None)

    def is_folder(self, path: str) -> bool:
        """Return whether a decoded URL path names a folder with an `index.html`."""
        candidate = self._inside(path)
        return candidate is not None and self._is_ours(candidate / "index.html")

    def _inside(self, path: str) -> Path | None:
        if "\0" in path or "\\" in path:
            return None
        parts = [part for part in path.split("/") if part]
        if any(part.startswith(".") and part != ".well-known" for part in parts):
            return None
        return self.root.joinpath(*parts)

    def _is_ours(self, candidate: Path) -> bool:
        try:
            return candidate.is_file() and candidate.resolve().is_relative_to(self.root)
        except OSError:  # such as a name longer than the file system allows
            return False


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = LISTEN_QUEUE

    def __init__(self, folder: Folder, port: int, respond: Responder | None, base_path: str) -> None:
        self.folder = folder
        self.base_path = base_path
        self.respond = respond
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def origin(self) -> str:
        return f"http://{LOOPBACK}:{self.server_address[1]}"

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Also end the connections that clients keep open: their threads would wait until the idle timeout."""
        super().server_close()
        with self._open_lock:
            waiting = list(self._open)
        for connection in waiting:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: a client that goes away in the middle of an answer is everyday life here."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "CurbcutFolder"
    sys_version = ""
    timeout = IDLE_TIMEOUT_S
    wbufsize = -1  # headers and body in one packet; apart, each answer can wait 40 ms for an acknowledgement
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""

    def _answer(self) -> None:
        if self.command == "POST":
            self._throw_body_away()
        request = self._request()
        if request is None:
            self._send(Answer(HTTPStatus.BAD_REQUEST, b"Bad request\n", "text/plain; charset=utf-8"))
            return
        answer = self.server.respond(request) if self.server.respond else None
        self._send(answer or self._from_folder(request))

    def _request(self) -> Request | None:
        target = self.path if self.path.startswith("/") else urllib.parse.urlsplit(self.path).path
        raw_path, _, query = target.partition("#")[0].partition("?")
        try:
            path = urllib.parse.unquote(raw_path, errors="strict")
        except UnicodeDecodeError:
            return None
        host = self.headers.get("Host", "")
        origin = f"http://{host}" if HOST_HEADER.fullmatch(host) else self.server.origin
        return Request(self.command, path, query, origin) if path.startswith("/") else None

    def _throw_body_away(self) -> None:
        self.close_connection = True
        length = self.headers.get("Content-Length", "")
        if length.isdecimal():
            self.rfile.read(min(int(length), REQUEST_BODY_MAX_BYTES))

    def _from_folder(self, request: Request) -> Answer:
        if request.method == "POST":
            text = b"This server only shows files.\n"
            return Answer(HTTPStatus.METHOD_NOT_ALLOWED, text, "text/plain; charset=utf-8", {"Allow": "GET, HEAD"})
        folder, base = self.server.folder, self.server.base_path
        if not f"{request.path}/".startswith(base):
            return not_found(folder)
        path = "/" + request.path[len(base) :]
        is_bare_base = request.path == base.rstrip("/")
        if is_bare_base or (not path.endswith("/") and folder.is_folder(path)):
            query = f"?{request.query}" if request.query else ""
            # One leading slash only: "//host/" would send the browser to another host.
            location = "/" + urllib.parse.quote(request.path.strip("/")) + "/" + query
            return Answer(HTTPStatus.MOVED_PERMANENTLY, headers={"Location": location})
        file = folder.find(path)
        if file is None:
            return not_found(folder)
        return self._file(file)

    def _file(self, file: Path) -> Answer:
        try:
            stat = file.stat()
            etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
            # "no-cache" means "ask again", so an edited file shows at once and an unchanged one costs no body.
            keep = f"max-age={STILL_FOR_S}" if self.server.folder.is_still else "no-cache"
            headers = {"ETag": etag, "Cache-Control": keep}
            if self.headers.get("If-None-Match") == etag:
                return Answer(HTTPStatus.NOT_MODIFIED, headers=headers)
            return Answer(HTTPStatus.OK, file.read_bytes(), media_type(file), headers)
        except OSError:
            return Answer(HTTPStatus.FORBIDDEN, b"The file cannot be read.\n", "text/plain; charset=utf-8")

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        headers = {"Content-Type": answer.media_type, "Content-Length": str(len(answer.body))}
        if answer.status == HTTPStatus.NOT_MODIFIED:
            headers = {}
        for name, value in {**headers, **answer.headers}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD" and answer.status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(answer.body)


def media_type(file: Path) -> str:
    """Return the Content-Type for a file, by the end of its name."""
    return MEDIA_TYPES.get(file.suffix.lower(), UNKNOWN_MEDIA_TYPE)


def not_found(folder: Folder) -> Answer:
    """Return the folder's own `404.html` with status 404, or a plain sentence when it has none."""
    own = folder.find("/404.html")
    if own is None:
        return Answer(HTTPStatus.NOT_FOUND, b"There is no such file here.\n", "text/plain; charset=utf-8")
    return Answer(HTTPStatus.NOT_FOUND, own.read_bytes())


@contextmanager
def serve_folder(
    root: Path,
    *,
    port: int = 0,
    clean_urls: bool = True,
    respond: Responder | None = None,
    base_path: str = "/",
    is_still: bool = False,
) -> Iterator[str]:
    """Serve the files under `root` on 127.0.0.1 while the block runs; yield the origin, such as `http://127.0.0.1:8000`.

    `port` 0 takes a free one. `clean_urls` lets `/about` stand for `about.html`; `/about/` always stands for
    `about/index.html`. `base_path` begins and ends with a slash, and a path that does not begin with it is not found.
    `is_still` promises that no file changes meanwhile: a browser then asks once for each style sheet and script.
    `respond` sees each request first, from several threads at once. Raises FileNotFoundError when there is no such
    folder, NotADirectoryError when it is a file, OSError when the port is taken.
    """
    if root.exists() and not root.is_dir():
        raise NotADirectoryError(f"{root} is a file; name the folder that holds it")
    server = _Server(Folder(root, clean_urls=clean_urls, is_still=is_still), port, respond, base_path)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="folder-server", daemon=True
    )
    thread.start()
    try:
        yield server.origin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
