"""What counts as the public internet."""

from __future__ import annotations

import pytest

from crawler.addresses import is_loopback, is_public, private_hosts, resolve


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34", "8.8.8.8"])
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.9",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - refused, not bound
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "",
        "example.org",
        "2130706433",
    ],
)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost"])
async def test_odd_spellings_of_this_machine_are_private_once_resolved(host: str) -> None:
    try:
        addresses = await resolve(host, 80)
    except OSError:
        return  # this system's resolver does not know the spelling: nothing can be reached by it
    assert not any(is_public(address) for address in addresses)
    assert await private_hosts([host]) == {host}


async def test_a_host_that_is_nowhere_is_not_private() -> None:
    assert await private_hosts(["a" * 300, "nowhere.invalid"]) == frozenset()


def test_loopback_by_name() -> None:
    assert all(is_loopback(h) for h in ("localhost", "a.localhost", "127.0.0.2", "::1"))
    assert not any(is_loopback(h) for h in ("localhost.example", "10.0.0.1", "", "example.org"))
