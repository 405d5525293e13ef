"""One spelling for each address, whatever a page or a sitemap writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.urls import (
    BadUrlError,
    canonical,
    clean,
    extension_of,
    host_of,
    kind_of,
    origin_of,
    repeats,
    route_of,
    without_route,
)

PIECES = st.sampled_from(
    [
        "http://",
        "HTTPS://",
        "h",
        "example.org",
        "пример.рф",
        "[::1]",
        ":80",
        ":0",
        ":99999",
        "/",
        "//",
        "..",
        "%",
        "%41",
        "?",
        "&",
        "=",
        "#",
        "#!/",
        "#/a",
        ";sid=",
        ";jsessionid=1",
        "index.html",
        "utm_source=a",
        "a b",
        "\t",
        "\n",
        "\\",
        "@",
        "é",
        "\x00",
        "�",
        "+",
        ".",
        "%00",
        "%2f",
        "xn--",
        "xn--zz",
        "1",
        "file:",
        "|",
    ]
)
ADDRESSES = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join))


@given(ADDRESSES, st.sampled_from(["", "http://example.org/"]))
def test_canonical_is_stable_or_refuses(text: str, before: str) -> None:
    try:
        once = canonical(before + text)
    except BadUrlError:
        return
    assert canonical(once) == once
    assert once.startswith(("http://", "https://"))
    assert host_of(once)
    assert once == without_route(once) + route_of(once)
    assert once.isascii()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTP://Example.ORG:80", "http://example.org/"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://example.org./", "https://example.org/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.org/a/index.html", "https://example.org/a/"),
        ("https://example.org/?b=2&a=1&utm_source=x&fbclid=1", "https://example.org/?a=1&b=2"),
        ("https://example.org/a;jsessionid=F00?x=1", "https://example.org/a?x=1"),
        ("https://example.org/?sid=7&sessionid=0123456789abcdef", "https://example.org/?sid=7"),
        ("https://example.org/a;SID=1;sid=2/b", "https://example.org/a/b"),
        ("  https://example.org/a b\t\n ", "https://example.org/a%20b"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("https://example.org/app#/forms/1", "https://example.org/app#/forms/1"),
        ("https://example.org/#!Bäder", "https://example.org/#!B%C3%A4der"),
        ("https://example.org/#!", "https://example.org/"),
        ("https://example.org/#/", "https://example.org/"),
        ("https://example.org/law.pdf#/page", "https://example.org/law.pdf"),
    ],
)
def test_spellings_of_one_address(written: str, meant: str) -> None:
    assert canonical(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "ftp://h/",
        "javascript:alert(1)",
        "http://",
        "http:///a",
        "http://h:0/",
        "http://h:99999/",
        "http://[::bad/",
        "http://a b/",
        "http://a%20b/",
        "http://a|b/",
        "http://h/" + "a" * 3000,
    ],
)
def test_what_is_no_web_address(text: str) -> None:
    with pytest.raises(BadUrlError):
        canonical(text)


def test_parts_of_an_address() -> None:
    assert clean(" \x01http://h/\ta ") == "http://h/a"
    assert origin_of("https://h:8443/a?b") == "https://h:8443"
    assert extension_of("https://h/a.tar.GZ?x=.y") == "gz"
    assert [kind_of(f"https://h/{n}") for n in ("a.pdf", "a.PNG", "a.html", "a", "a.b/c")] == [
        "document",
        "media",
        "page",
        "page",
        "page",
    ]
    assert repeats("https://h/a/b/a/b/a") == 3
    assert repeats("https://h/") == 0
