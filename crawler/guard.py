"""A small proxy on loopback that everything the crawl opens goes through: it checks each address before connecting.

The browser resolves names itself, follows redirects and loads third parties; only a proxy sees all of it. It resolves
once, checks, and connects to the very address it checked, so a name that changes its mind (DNS rebinding) gains
nothing. Hosts that the user allowed by name are not sent through it: there is nothing to check, and it costs time.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.addresses import LOOKUP_S, is_public, resolve

HEAD_MAX_BYTES = 256 * 1024
CONNECT_S = 15.0
HEAD_S = 30.0
CHUNK_BYTES = 64 * 1024
REMEMBERED = 2_000
HANGING_S = 60.0
"""A name that was not found in time is not looked up again for so long: a page may ask for it a hundred times."""
HOP_HEADERS = (b"proxy-connection:", b"proxy-authorization:", b"connection:", b"keep-alive:")
REASON_HEADER = "X-Curbcut-Guard"


def bypass_rules(direct: Iterable[str]) -> list[str]:
    """Return Chromium's rules for what does not go through the guard: the hosts in `direct` and nothing else.

    Chromium lets all loopback and link-local addresses pass by any proxy unless `<-loopback>` comes first.
    """
    return ["<-loopback>", *sorted(f"[{host}]" if ":" in host else host for host in direct)]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the guard did not connect: a reason code of the ledger and a line of detail."""

    reason: str
    detail: str


class Guard:
    """The proxy. `async with Guard(...)` runs it; `url` is where clients reach it."""

    def __init__(self, allow_private: frozenset[str] = frozenset()) -> None:
        self._allowed = allow_private
        self._refusals: OrderedDict[str, Refusal] = OrderedDict()
        self._hanging: dict[str, float] = {}  # host -> until when it is not looked up again
        self._looking_up: dict[str, asyncio.Task[list[str]]] = {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Guard:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_MAX_BYTES)
        return self

    async def __aexit__(self, *_exc: object) -> None:
        assert self._server is not None  # noqa: S101
        self._server.close()
        tasks = [*self._tasks, *self._looking_up.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def url(self) -> str:
        """The proxy's address, as in http://127.0.0.1:40123."""
        assert self._server is not None  # noqa: S101
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def refusal(self, host: str) -> Refusal | None:
        """Return why the last connection to `host` was not made, if it was not."""
        return self._refusals.get(host)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101
        self._tasks.add(task)
        try:
            await self._exchange(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError):
            pass  # one side went away or spoke no HTTP: nothing is left to say to it
        except asyncio.CancelledError:
            pass  # only `__aexit__` does that; Python 3.11's streams print a cancelled handler as an error
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), HEAD_S)
        request_line, _, rest = head.partition(b"\r\n")
        method, target, version = request_line.decode("latin-1").split(" ", 2)
        tunnel = method == "CONNECT"
        parts = urlsplit(f"//{target}" if tunnel else target)
        host, port = parts.hostname or "", parts.port or (443 if tunnel else 80)
        upstream = await self._connect(host, port)
        if isinstance(upstream, Refusal):
            await _answer(writer, upstream)
            return
        up_reader, up_writer = upstream
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                lines = [ln for ln in rest.split(b"\r\n") if ln and not ln.lower().startswith(HOP_HEADERS)]
                first = f"{method} {path} {version}".encode("latin-1")
                up_writer.write(b"\r\n".join([first, *lines, b"Connection: close", b"", b""]))
            await _splice(reader, writer, up_reader, up_writer)
        finally:
            up_writer.close()

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | Refusal:
        outcome = await self._try(host, port)
        if isinstance(outcome, Refusal):
            self._refusals[host] = outcome
            if len(self._refusals) > REMEMBERED:
                self._refusals.popitem(last=False)
        else:
            self._refusals.pop(host, None)
        return outcome

    async def _try(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | Refusal:
        try:
            addresses = await self._addresses(host, port)
        except (socket.gaierror, UnicodeError):
            return Refusal("dns", f"{host} could not be found")
        except TimeoutError:
            return Refusal("dns", f"looking up {host} took longer than {LOOKUP_S:g} s")
        if host not in self._allowed and any(not is_public(a) for a in addresses):
            return Refusal("private_address", f"{host} leads to a private network address")
        for address in addresses:
            with contextlib.suppress(OSError, TimeoutError):
                return await asyncio.wait_for(asyncio.open_connection(address, port), CONNECT_S)
        return Refusal("connection", f"{host} did not accept a connection on port {port}")

    async def _addresses(self, host: str, port: int) -> list[str]:
        """Look a host up, once at a time. Raises socket.gaierror, UnicodeError, and TimeoutError when it takes long."""
        if self._hanging.get(host, 0.0) > time.monotonic():
            raise TimeoutError
        lookup = self._looking_up.get(host)
        if lookup is None:
            lookup = self._looking_up[host] = asyncio.ensure_future(resolve(host, port))

            def forget(done: asyncio.Task[list[str]]) -> None:
                del self._looking_up[host]
                _ = done.cancelled() or done.exception()  # nobody may be waiting for it any more

            lookup.add_done_callback(forget)
        try:
            return await asyncio.wait_for(asyncio.shield(lookup), LOOKUP_S)
        except TimeoutError:
            self._hanging[host] = time.monotonic() + HANGING_S
            raise


async def _answer(writer: asyncio.StreamWriter, refusal: Refusal) -> None:
    status = "403 Forbidden" if refusal.reason == "private_address" else "502 Bad Gateway"
    body = refusal.detail.encode()
    head = f"HTTP/1.1 {status}\r\n{REASON_HEADER}: {refusal.reason}\r\nContent-Type: text/plain\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
    await writer.drain()


async def _splice(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    up_reader: asyncio.StreamReader,
    up_writer: asyncio.StreamWriter,
) -> None:
    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await source.read(CHUNK_BYTES):
                sink.write(chunk)
                await sink.drain()
            if sink.can_write_eof():
                sink.write_eof()

    up = asyncio.create_task(pump(reader, up_writer))
    await pump(up_reader, writer)  # the answer's end is the exchange's end
    up.cancel()
    await asyncio.gather(up, return_exceptions=True)
