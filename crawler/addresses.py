"""Which network addresses a crawl may touch: public ones, and private ones the user named."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

EMBEDDING_NETWORKS = tuple(
    ipaddress.ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
"""IPv6 ranges that carry an IPv4 address inside (NAT64, 6to4, Teredo): a way around the check, and no site needs it."""


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
    """Return the addresses of a host in the order to try them. Raises socket.gaierror when there is none."""
    loop = asyncio.get_running_loop()
    infos = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in infos))


async def private_hosts(hosts: Iterable[str]) -> frozenset[str]:
    """Return those of `hosts` whose name leads to a private address; a name that cannot be found is not private."""
    found = set()
    for host in hosts:
        try:
            addresses = await resolve(host, 443)
        except (OSError, UnicodeError):
            continue
        if any(not is_public(a) for a in addresses):
            found.add(host)
    return frozenset(found)
