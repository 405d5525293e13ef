"""Sites without end, hosts that do not answer, robots.txt and sitemaps that mislead: small crawls, each ends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import pytest
from hostile_crawl import Outcome, run_crawl
from hostile_server import Exchange, hostile_server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CrawlSite = Callable[..., Outcome]


def site(**files: str) -> Callable[[Exchange], None]:
    """Answer a home page, and `files` by path without slash and dots (`robots_txt`)."""

    def answer(e: Exchange) -> None:
        name = e.path.strip("/").replace(".", "_")
        if name in files:
            e.send(files[name].replace("ORIGIN", e.server.origin), kind="text/plain")
        elif e.path == "/":
            e.page("<p>Home</p>")
        else:
            e.send("none", status="404 Not Found")

    return answer


def test_a_start_that_refuses_connections(crawl_site: CrawlSite) -> None:
    with hostile_server(site()) as server:
        start = server.origin + "/"
    assert crawl_site(start).ends() == {
        start: ("failed", "connection"),
        start + "sitemap.xml": ("not_a_page", "sitemap"),
    }


def test_a_start_that_is_nowhere(crawl_site: CrawlSite) -> None:
    start = "http://nowhere.invalid/"
    assert crawl_site(start).ends()[start] == ("failed", "dns")


def test_robots_and_sitemaps_lead_to_no_private_address(crawl_site: CrawlSite) -> None:
    with hostile_server(site(), "127.0.0.2") as private:

        def answer(e: Exchange) -> None:
            if e.path in ("/robots.txt", "/sitemap.xml"):
                e.redirect(private.origin + e.path)
            else:
                site()(e)

        with hostile_server(answer) as server:
            ends = crawl_site(server.origin + "/").ends()
        assert not private.hits
    assert ends[server.origin + "/"] == ("disallowed", "robots_unreachable")


ROBOTS = {
    "500": ("HTTP/1.1 500 Oops\r\n\r\n", ("disallowed", "robots_unreachable")),
    "no": ("HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /\n", ("disallowed", "robots")),
    "403": ("HTTP/1.1 403 No\r\n\r\n", ("checked", "")),
    "html": ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Welcome</html>", ("checked", "")),
    "delay": ("HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nCrawl-delay: 86400\nDisallow:\n", ("checked", "")),
    "bad-redirect": ("HTTP/1.1 302 Found\r\nLocation: http://[::bad/\r\n\r\n", ("disallowed", "robots_unreachable")),
    "redirect-loop": ("HTTP/1.1 302 Found\r\nLocation: /robots.txt\r\n\r\n", ("checked", "")),
    "garbage": ("no http at all\r\n\r\n", ("disallowed", "robots_unreachable")),
}


@pytest.fixture(scope="module")
def robots_ends(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Crawl one site for each robots.txt, all at once; return how each start ended."""

    def serving(robots: str) -> Callable[[Exchange], None]:
        return lambda e: e.raw(robots.encode()) if e.path == "/robots.txt" else site()(e)

    with ExitStack() as stack:
        servers = {name: stack.enter_context(hostile_server(serving(robots))) for name, (robots, _) in ROBOTS.items()}
        starts = [server.origin + "/" for server in servers.values()]
        outcome = run_crawl(tmp_path_factory.mktemp("robots"), *starts, use_sitemaps=False)
    assert sum("Crawl-delay" in note for note in outcome.context.notes) == 1
    return {name: outcome.ends()[server.origin + "/"] for name, server in servers.items()}


@pytest.mark.parametrize("name", ROBOTS)
def test_robots(robots_ends: dict[str, tuple[str, str]], name: str) -> None:
    assert robots_ends[name] == ROBOTS[name][1]


def test_one_bad_moment_of_robots_does_not_close_the_site(crawl_site: CrawlSite) -> None:
    def answer(e: Exchange) -> None:
        if e.path == "/robots.txt" and e.server.hits[e.path] == 1:
            e.send("busy", status="503 Busy")
        else:
            site()(e)

    with hostile_server(answer) as server:
        assert crawl_site(server.origin + "/").ends()[server.origin + "/"] == ("checked", "")


def test_a_redirect_leads_around_no_robots_file(crawl_site: CrawlSite) -> None:
    def answer(e: Exchange) -> None:
        if e.path == "/robots.txt":
            e.send("User-agent: *\nDisallow: /secret\n", kind="text/plain")
        elif e.path == "/":
            e.page("<a href=/moved>Moved</a><a href=/open>Open</a>")
        elif e.path == "/moved":
            e.redirect("/secret")
        elif e.path == "/open":
            e.redirect("/end")
        else:
            e.page("<a href=/from-secret>Further</a>" if e.path == "/secret" else "End")

    with hostile_server(answer) as server:
        ends = crawl_site(server.origin + "/", use_sitemaps=False).ends()
    assert {address.removeprefix(server.origin): end for address, end in ends.items()} == {
        "/": ("checked", ""),
        "/moved": ("not_a_page", "redirect"),
        "/secret": ("disallowed", "robots"),
        "/open": ("not_a_page", "redirect"),
        "/end": ("checked", ""),
    }


def test_an_endless_calendar_ends_at_the_limit_on_pages(crawl_site: CrawlSite) -> None:
    def answer(e: Exchange) -> None:
        if e.path in ("/robots.txt", "/sitemap.xml"):
            e.send("none", status="404 Not Found")
            return
        day = int(e.target.partition("day=")[2].partition("&")[0] or 0)
        links = [
            f"/?day={day + 1}&sid={day:016x}",
            f"/?PHPSESSID=other&day={day + 1}#top",
            "/a/a/a/a/a",
            "index.html?utm_source=x",
        ]
        e.page("".join(f'<p><a href="{href}">next</a></p>' for href in links))

    with hostile_server(answer) as server:
        ends = crawl_site(server.origin + "/", max_pages=4).ends()
        checked = [address.removeprefix(server.origin) for address, end in ends.items() if end == ("checked", "")]
        assert checked == ["/", "/?day=1", "/?day=2", "/?day=3"]
        assert ends[f"{server.origin}/?day=4"] == ("over_limit", "max_pages")
        assert ends[f"{server.origin}/a/a/a/a/a"] == ("over_limit", "max_depth")
        assert len(ends) == 7


def test_a_sitemap_index_that_contains_itself(crawl_site: CrawlSite) -> None:
    index = "".join(
        f"<sitemap><loc>{loc}</loc></sitemap>"
        for loc in ("ORIGIN/sitemap.xml", "ORIGIN/more.xml", "http://other.invalid/s.xml", "file:///etc/passwd")
    )
    more = "<urlset><url><loc>ORIGIN/?listed</loc><lastmod>never</lastmod></url><url><loc>http://[</loc></url></urlset>"
    files = {"sitemap_xml": f"<sitemapindex>{index}</sitemapindex>", "more_xml": more}
    with hostile_server(site(**files)) as server:
        ends = crawl_site(server.origin + "/").ends()
    assert ends[f"{server.origin}/sitemap.xml"] == ends[f"{server.origin}/more.xml"] == ("not_a_page", "sitemap")
    assert ends[f"{server.origin}/?listed="] == ("checked", "")
    assert ends["http://["] == ("failed", "bad_url")
    assert server.hits["/sitemap.xml"] == 1


SINGLE_PAGE_APP = """<a href="#main">Skip</a> <a href="#/">Home</a>
<a href="#/forms">Forms</a> <a href="#!/fees">Fees</a>
<main id="main"></main>
<script>
const show = () => { main.textContent = "View " + location.hash; document.title = "View " + location.hash; };
addEventListener("hashchange", show); show();
</script>"""


def test_routes_of_a_single_page_app_are_pages(crawl_site: CrawlSite) -> None:
    with hostile_server(lambda e: e.page(SINGLE_PAGE_APP) if e.path == "/" else site()(e)) as server:
        outcome = crawl_site(server.origin + "/", tabs=1, use_sitemaps=False)
    addresses = {server.origin + "/", server.origin + "/#/forms", server.origin + "/#!/fees"}
    assert outcome.ends() == dict.fromkeys(addresses, ("checked", ""))
    assert "View #!/fees" in {row["title"] for row in outcome.pages.values()}


def test_a_route_that_no_script_reads_is_no_second_page(crawl_site: CrawlSite) -> None:
    page = '<title>Album</title><a href="#/picture/1">Picture</a>'
    with hostile_server(lambda e: e.page(page) if e.path == "/" else site()(e)) as server:
        ends = crawl_site(server.origin + "/", tabs=1, use_sitemaps=False).ends()
    assert ends == {
        server.origin + "/": ("checked", ""),
        server.origin + "/#/picture/1": ("not_a_page", "redirect"),
    }
