"""The guard, as a client meets it: a proxy on loopback that refuses private addresses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from crawler.guard import REASON_HEADER, Guard, bypass_rules


@asynccontextmanager
async def origin() -> AsyncIterator[tuple[int, list[bytes]]]:
    """Run a web server that answers `hello` and keeps the heads of its requests."""
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], heads
    finally:
        server.close()


async def say(guard: Guard, text: bytes, then: bytes = b"") -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(guard.url.rpartition(":")[2]))
    writer.write(text)
    if then:
        first = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        assert first.startswith(b"HTTP/1.1 200")
        writer.write(then)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "2130706433"]
)
@pytest.mark.parametrize("tunnel", [False, True])
async def test_private_addresses_are_refused(host: str, tunnel: bool) -> None:
    async with origin() as (port, heads), Guard() as guard:
        request = f"CONNECT {host}:{port} HTTP/1.1\r\n\r\n" if tunnel else f"GET http://{host}:{port}/ HTTP/1.1\r\n\r\n"
        answer = await say(guard, request.encode())
        assert answer.startswith((b"HTTP/1.1 403", b"HTTP/1.1 502"))
        assert REASON_HEADER.encode() in answer
        refusal = guard.refusal(host.strip("[]"))
        assert refusal is not None
        assert refusal.reason in ("private_address", "dns")
        assert not heads


async def test_an_allowed_host_is_let_through_and_an_earlier_refusal_forgotten() -> None:
    async with origin() as (port, heads), Guard(frozenset({"127.0.0.1"})) as guard:
        request = f"GET http://127.0.0.1:{port}/a?b HTTP/1.1\r\nHost: x\r\nProxy-Authorization: secret\r\n\r\n"
        assert (await say(guard, request.encode())).endswith(b"hello")
        assert heads[0].startswith(b"GET /a?b HTTP/1.1\r\nHost: x\r\n")
        assert b"secret" not in heads[0]
        assert guard.refusal("127.0.0.1") is None


async def test_a_tunnel_to_an_allowed_host() -> None:
    async with origin() as (port, _heads), Guard(frozenset({"127.0.0.1"})) as guard:
        answer = await say(guard, f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\n".encode(), b"GET / HTTP/1.1\r\n\r\n")
        assert answer.endswith(b"hello")


async def test_a_closed_port_is_told_apart() -> None:
    async with origin() as (port, _heads):
        pass
    async with Guard(frozenset({"127.0.0.1"})) as guard:
        answer = await say(guard, f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 502")
        refusal = guard.refusal("127.0.0.1")
        assert refusal is not None
        assert refusal.reason == "connection"


@pytest.mark.parametrize(
    "text", [b"\x16\x03\x01\r\n\r\n", b"GET\r\n\r\n", b"GET http://[::bad/ HTTP/1.1\r\n\r\n", b"GET / H\r\n\r\n"]
)
async def test_what_is_no_request_ends_the_connection(text: bytes) -> None:
    async with Guard() as guard:
        answer = await say(guard, text)
        assert not answer.startswith(b"HTTP/1.1 200")


def test_only_the_named_hosts_pass_by_the_guard() -> None:
    assert bypass_rules({"::1", "127.0.0.1"}) == ["<-loopback>", "127.0.0.1", "[::1]"]


async def test_closing_it_with_open_connections_is_no_error() -> None:
    complaints: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(str(context["message"])))
    async with Guard() as guard:
        _, writer = await asyncio.open_connection("127.0.0.1", int(guard.url.rpartition(":")[2]))
        writer.write(b"GET http://")
        await writer.drain()
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.05)
    writer.close()
    assert complaints == []
