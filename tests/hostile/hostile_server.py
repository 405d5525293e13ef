"""A web server on loopback that answers with exactly the bytes it is told to: what a real server library forbids."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Send = Callable[[bytes], None]
Answer = Callable[["Exchange"], None]
HEAD_BYTES = 1024 * 1024


class Exchange:
    """One request: its path and headers, and the ways to answer it."""

    def __init__(self, server: HostileServer, peer: socket.socket, head: bytes) -> None:
        self.server = server
        self._peer = peer
        first, *lines = head.decode("latin-1").split("\r\n")
        self.method, self.target = first.split(" ")[:2]
        self.path = self.target.partition("?")[0]
        self.headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines if line)}

    def raw(self, data: bytes) -> None:
        self._peer.sendall(data)

    def wait(self, seconds: float) -> bool:
        """Wait; True when the server is closing."""
        return self.server.closing.wait(seconds)

    def send(
        self, body: str | bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", **more: str
    ) -> None:
        data = body.encode() if isinstance(body, str) else body
        headers = {"Content-Length": str(len(data)), "Connection": "close", **({"Content-Type": kind} if kind else {})}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        head = f"HTTP/1.1 {status}\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n"
        self.raw(head.encode("latin-1") + (b"" if self.method == "HEAD" else data))

    def page(self, body: str, *, head: str = "", **more: str) -> None:
        self.send(
            f'<!doctype html><html lang="en"><head><title>T</title>{head}</head><body>{body}</body></html>', **more
        )

    def redirect(self, location: str, status: str = "302 Found") -> None:
        self.send("", status=status, Location=location)


class HostileServer:
    """Serves `answer` from one thread a connection, and counts the paths asked for."""

    def __init__(self, answer: Answer, host: str, tls: ssl.SSLContext | None) -> None:
        self.closing = threading.Event()
        self.hits: Counter[str] = Counter()
        self.heads: list[str] = []
        self._answer = answer
        self._tls = tls
        self._socket = socket.create_server((host, 0), backlog=128)
        self.host, self.port = host, self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def origin(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self.host}:{self.port}"

    def close(self) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), contextlib.ExitStack() as stack:
            peer.settimeout(30)
            if self._tls:
                peer = self._tls.wrap_socket(peer, server_side=True)
            stack.enter_context(peer)
            head = b""
            while b"\r\n\r\n" not in head and len(head) < HEAD_BYTES:
                chunk = peer.recv(65536)
                if not chunk:
                    return
                head += chunk
                if head.startswith(b"\x16"):  # a TLS handshake, and this port speaks none
                    peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    return
            exchange = Exchange(self, peer, head.partition(b"\r\n\r\n")[0])
            self.hits[exchange.path] += 1
            self.heads.append(head.decode("latin-1"))
            self._answer(exchange)


@contextmanager
def hostile_server(
    answer: Answer, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[HostileServer]:
    """Run a server for the block."""
    server = HostileServer(answer, host, tls)
    try:
        yield server
    finally:
        server.close()
