"""Which network addresses a crawl may touch: public ones, and private ones the user named."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Iterable
from typing import Any

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

EMBEDDING_NETWORKS = tuple(
    ipaddress.ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
"""IPv6 ranges that carry an IPv4 address inside (NAT64, 6to4, Teredo): a way around the check, and no site needs it."""


LOOKUP_S = 15.0
"""So long a name server may take to find a host."""


def is_public(address: str) -> bool:
    """Say whether an IP address is on the public internet: not private, loopback, link-local or reserved."""
    try:
        ip: Address = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.version == 6 and any(ip in network for network in EMBEDDING_NETWORKS):
        return False
    return ip.is_global and not ip.is_multicast


def is_loopback(host: str) -> bool:
    """Say whether a host name or address means this machine, without asking a name server."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host in the order to try them. Raises socket.gaierror when there is none.

    Each lookup has a thread of its own, which nobody waits for at the end. In the event loop's own few threads some
    names whose servers never answer would hold up all other lookups, and keep the program from ending.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(addresses: list[str], error: Exception | None) -> None:
        if answer.done():
            return  # nobody waits for it any more
        if error is None:
            answer.set_result(addresses)
        else:
            answer.set_exception(error)

    def look_up() -> None:
        outcome: tuple[list[str], Exception | None]
        try:
            infos: list[Any] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            outcome = list(dict.fromkeys(str(info[4][0]) for info in infos)), None
        except (OSError, UnicodeError) as error:
            outcome = [], error
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=look_up, name=f"look up {host}", daemon=True).start()
    return await answer


async def private_hosts(hosts: Iterable[str]) -> frozenset[str]:
    """Return those of `hosts` whose name leads to a private address; a name that cannot be found is not private."""
    found = set()
    for host in hosts:
        try:
            addresses = await asyncio.wait_for(resolve(host, 443), LOOKUP_S)
        except (OSError, UnicodeError, TimeoutError):
            continue
        if any(not is_public(a) for a in addresses):
            found.add(host)
    return frozenset(found)
