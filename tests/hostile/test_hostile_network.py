"""Names that hang or change their mind, secure connections that are not, files that unpack without end."""

from __future__ import annotations

import asyncio
import datetime
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hostile_crawl import SHORT, Outcome, run_crawl
from hostile_server import Exchange, hostile_server

from crawler import addresses, guard

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CrawlSite = Callable[..., Outcome]
GetAddrInfo = Callable[..., list[tuple[Any, ...]]]
LOOKUP_S = 0.5


def home(e: Exchange) -> None:
    if e.path == "/":
        e.page("<p>Home</p>")
    else:
        e.send("none", status="404 Not Found")


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Callable[[], str]]]:
    """Answer for these names in place of a name server: each function gives an address, or never returns."""
    answers: dict[str, Callable[[], str]] = {}
    real: GetAddrInfo = socket.getaddrinfo

    def look_up(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return real(answers[name]() if name in answers else host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(addresses, "LOOKUP_S", LOOKUP_S)
    monkeypatch.setattr(guard, "LOOKUP_S", LOOKUP_S)
    yield answers


def test_name_servers_that_hang_hold_up_nothing(crawl_site: CrawlSite, names: dict[str, Callable[[], str]]) -> None:
    """A start whose name hangs, and a page with more hanging names than the event loop has threads."""
    over = threading.Event()

    def hang() -> str:
        over.wait(60)
        raise socket.gaierror

    elsewhere = [f"slow{n}.example" for n in range(24)]
    names |= dict.fromkeys(["slow.example", *elsewhere], hang)

    def answer(e: Exchange) -> None:
        if e.path == "/":
            e.page("".join(f'<img alt="" src="http://{name}/x.png">' for name in elsewhere))
        else:
            home(e)

    with hostile_server(answer) as server:
        starts = ("http://slow.example/", server.origin + "/")
        began = time.monotonic()
        outcome = crawl_site(*starts, use_sitemaps=False)
        assert time.monotonic() - began < 50, "the end waited for the lookups"
        ends = outcome.ends()
    over.set()
    assert ends == {starts[0]: ("failed", "dns"), starts[1]: ("checked", "")}
    assert "took longer than" in outcome.urls[starts[0]]["detail"]


def test_a_name_that_turns_private_reaches_nothing(
    crawl_site: CrawlSite, names: dict[str, Callable[[], str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the name is public while robots.txt and the first page are fetched, and private after that."""
    public = "93.184.216.34"  # taken for a public server here: connections to it go to the server below
    flipped = threading.Event()
    names["rebind.example"] = lambda: "127.0.0.2" if flipped.is_set() else public

    def answer(e: Exchange) -> None:
        if e.path == "/":
            flipped.set()
            e.page('<p>Home</p><a href="/two">Two</a><script>fetch("/secret")</script>')
        else:
            home(e)

    with hostile_server(answer) as server, hostile_server(lambda e: e.page("secret"), "127.0.0.2") as private:
        connect = asyncio.open_connection
        asked: list[str] = []

        async def connected(host: str, port: int) -> Any:
            asked.append(host)
            return await connect("127.0.0.1", server.port) if host == public else await connect(host, private.port)

        monkeypatch.setattr(guard.asyncio, "open_connection", connected)
        start = "http://rebind.example/"
        outcome = crawl_site(start, use_sitemaps=False)
        assert not private.hits
    assert set(asked) == {public}
    assert outcome.ends() == {start: ("checked", ""), start + "two": ("disallowed", "private_address")}


def certificate(folder: Path, name: str, host: str, days: tuple[int, int]) -> ssl.SSLContext:
    """Return a server's context with a certificate that it signed itself, valid from and to these days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=days[0]))
        .not_valid_after(now + datetime.timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


TLS = {
    "self-signed": ("localhost", (-1, 30)),
    "expired": ("localhost", (-30, -1)),
    "wrong-host": ("other.example", (-1, 30)),
}


@pytest.fixture(scope="module")
def tls_ends(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, tuple[str, str]]]:
    """Crawl a server for each certificate; by whether robots.txt is asked for first, and whether errors are ignored."""
    folder = tmp_path_factory.mktemp("tls")
    with ExitStack() as stack:
        starts = {
            name: stack.enter_context(hostile_server(home, tls=certificate(folder, name, host, days))).origin.replace(
                "127.0.0.1", "localhost"
            )
            + "/"
            for name, (host, days) in TLS.items()
        }
        plain = stack.enter_context(hostile_server(lambda e: e.send("no", status="400 No")))
        starts["no-tls"] = plain.origin.replace("http:", "https:") + "/"
        ends = {}
        for how, settings in {
            "robots first": {},
            "browser first": {"obey_robots": False},
            "errors ignored": {"ignore_tls_errors": True},
        }.items():
            outcome = run_crawl(tmp_path_factory.mktemp("crawl"), *starts.values(), use_sitemaps=False, **settings)
            found = outcome.ends()
            ends[how] = {name: found[address] for name, address in starts.items()}
    return ends


@pytest.mark.parametrize("how", ["robots first", "browser first"])
@pytest.mark.parametrize("name", TLS)
def test_a_certificate_that_nobody_should_trust(
    tls_ends: dict[str, dict[str, tuple[str, str]]], how: str, name: str
) -> None:
    assert tls_ends[how][name] == ("failed", "tls")


@pytest.mark.parametrize("name", TLS)
def test_certificates_are_trusted_when_the_user_says_so(
    tls_ends: dict[str, dict[str, tuple[str, str]]], name: str
) -> None:
    assert tls_ends["errors ignored"][name] == ("checked", "")


@pytest.mark.parametrize("how", ["robots first", "browser first", "errors ignored"])
def test_a_port_that_speaks_no_tls(tls_ends: dict[str, dict[str, tuple[str, str]]], how: str) -> None:
    assert tls_ends[how]["no-tls"] in {("failed", "tls"), ("disallowed", "robots_unreachable")}


def test_robots_and_sitemaps_that_unpack_without_end(crawl_site: CrawlSite) -> None:
    bomb = gzip.compress(b"User-agent: *\n" + b" " * 4_000_000)

    def answer(e: Exchange) -> None:
        if e.path == "/sitemap.xml":
            e.send(bomb, kind="application/xml", Content_Encoding="gzip")
        else:
            home(e)

    with (
        hostile_server(answer) as server,
        hostile_server(
            lambda e: e.send(bomb, kind="text/plain", Content_Encoding="gzip") if e.path == "/robots.txt" else home(e)
        ) as other,
    ):
        ends = crawl_site(
            server.origin + "/", other.origin + "/", limits=replace(SHORT, sitemap_bytes=1_000_000)
        ).ends()
        assert ends[server.origin + "/"] == ("checked", "")
        assert ends[server.origin + "/sitemap.xml"] == ("not_a_page", "sitemap")
        assert ends[other.origin + "/"] == ("disallowed", "robots_unreachable")
