"""One path of the hostile site for each thing a stranger's site does, with the ledger row it must end in."""

# ruff: noqa: E501 - a page that is one line here is read at a glance

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hostile_server import Exchange, HostileServer, hostile_server

CHECKED = ("checked", "")
DOCUMENT = ("not_a_page", "document")
REDIRECT = ("not_a_page", "redirect")
OUTSIDE = ("out_of_scope", "redirect")
MEDIA = ("not_a_page", "other_media")


def failed(reason: str) -> tuple[str, str]:
    return ("failed", reason)


@dataclass(frozen=True)
class Behaviour:
    """`ends` lists the states that are right: more than one only where the browser's timing decides."""

    path: str
    ends: tuple[tuple[str, str], ...]
    answer: Callable[[Exchange], None]
    rendered: str = ""


BEHAVIOURS: dict[str, Behaviour] = {}


def serves(
    path: str, *ends: tuple[str, str], rendered: str = ""
) -> Callable[[Callable[[Exchange], None]], Callable[[Exchange], None]]:
    """Register what is answered at `/x/<path>`, how its URL must end, and text that the capture must hold."""

    def register(answer: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
        BEHAVIOURS[f"/x/{path}"] = Behaviour(f"/x/{path}", ends, answer, rendered)
        return answer

    return register


def serves_page(path: str, body: str, *ends: tuple[str, str], head: str = "", rendered: str = "") -> None:
    serves(path, *(ends or (CHECKED,)), rendered=rendered)(lambda e: e.page(body, head=head))


# --- The network and HTTP


@serves("csp-sandbox", failed("check_failed"))
def _csp_sandbox(e: Exchange) -> None:
    e.page("<p>No script may run here, ours neither.</p>", Content_Security_Policy="default-src *; sandbox allow-forms")


@serves("csp-sandbox-with-scripts", CHECKED)
def _csp_sandbox_with_scripts(e: Exchange) -> None:
    e.page("<p>Scripts may run here.</p>", Content_Security_Policy="sandbox allow-scripts")


@serves("silence", failed("timeout"))
def _silence(e: Exchange) -> None:
    e.wait(20)


@serves("slow-head", failed("timeout"))
def _slow_head(e: Exchange) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Long: aaaaaaaaaaaaaa":
        e.raw(bytes([byte]))
        if e.wait(1):
            return


@serves("slow-body", CHECKED)
def _slow_body(e: Exchange) -> None:
    e.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html><html lang=en><title>T</title><p>Slow</p>")
    while not e.wait(0.3):
        e.raw(b"<p>x</p>")


@serves("short-body", CHECKED, failed("bad_response"))
def _short_body(e: Exchange) -> None:
    e.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<title>T</title><p>Half a page")


@serves("empty-body", failed("bad_response"))
def _empty_body(e: Exchange) -> None:
    e.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n")


@serves("broken-chunks", failed("bad_response"))
def _broken_chunks(e: Exchange) -> None:
    e.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>no</p>\r\n")


@serves("endless-chunks", CHECKED)
def _endless_chunks(e: Exchange) -> None:
    e.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"<p>on and on</p>" * 4
    while not e.wait(0.02):
        e.raw(b"%x\r\n%s\r\n" % (len(chunk), chunk))


@serves("not-http", failed("bad_response"))
def _not_http(e: Exchange) -> None:
    e.raw(b"\x00\xff\x16\x03\x01 this is no HTTP\r\n\r\n")


@serves("closed-at-once", failed("bad_response"))
def _closed(_e: Exchange) -> None:
    return


@serves("gzip-bomb", CHECKED, failed("timeout"), failed("crashed"))
def _gzip_bomb(e: Exchange) -> None:
    body = b"<!doctype html><title>T</title><p>" + b" " * 30_000_000
    e.send(gzip.compress(body, 9), Content_Encoding="gzip")


# 30 MB of spaces behind the start of a page, by Node's `zlib.brotliCompressSync`.
_BROTLI_BOMB = base64.b64decode(
    "y///P5gdB24szX5bxhFswIFRWF9CVOkDIgYbcEKUQdGEdiPAgAOfUgeANAfwhfd/Zx78//+DXwIgDosAdO//+P//B78EQBwWAOje/+XscBJ+CYA4LABw200C"
)


@serves("brotli-bomb", CHECKED, failed("timeout"), failed("crashed"))
def _brotli_bomb(e: Exchange) -> None:
    e.send(_BROTLI_BOMB, Content_Encoding="br")


def zstd_bomb(start: bytes, size: int) -> bytes:
    """Return `start` and `size` spaces as a Zstandard frame of "this byte so often" blocks (RFC 8878 section 3.1.1)."""
    block = 128 * 1024

    def head(kind: int, count: int, *, last: bool) -> bytes:
        return (last | kind << 1 | count << 3).to_bytes(3, "little")

    blocks = b"".join(head(1, block, last=n == size // block - 1) + b" " for n in range(size // block))
    return b"\x28\xb5\x2f\xfd\x00\x38" + head(0, len(start), last=False) + start + blocks


@serves("zstd-bomb", CHECKED, failed("timeout"), failed("crashed"))
def _zstd_bomb(e: Exchange) -> None:
    e.send(zstd_bomb(b"<!doctype html><html lang=en><title>T</title><p>Bomb", 30_000_000), Content_Encoding="zstd")


@serves("broken-gzip", failed("bad_response"))
def _broken_gzip(e: Exchange) -> None:
    e.send(b"\x1f\x8b this is not gzip at all", Content_Encoding="gzip")


@serves("nested-gzip", CHECKED)
def _nested_gzip(e: Exchange) -> None:
    inner = zlib.compress(b"<!doctype html><html lang=en><title>T</title><p>Twice</p>")
    e.send(gzip.compress(inner), Content_Encoding="deflate, gzip")


@serves("loop", failed("too_many_redirects"))
def _loop(e: Exchange) -> None:
    e.redirect("/x/loop?again=1" if "again" not in e.target else "/x/loop")


@serves("chain", failed("too_many_redirects"))
def _chain(e: Exchange) -> None:
    step = int(e.target.partition("?n=")[2] or 0)
    if step < 50:
        e.redirect(f"/x/chain?n={step + 1}")
    else:
        e.page("The end")


for _scheme, _target in (
    ("file", "file:///etc/passwd"),
    ("javascript", "javascript:alert(1)"),
    ("data", "data:text/html,hello"),
    ("ftp", "ftp://127.0.0.1/x"),
):
    serves(f"to-{_scheme}", failed("bad_scheme"))(lambda e, target=_target: e.redirect(target))  # type: ignore[misc]


@serves("to-nowhere", failed("bad_response"))
def _to_nowhere(e: Exchange) -> None:
    e.redirect("http://[::bad/")


@serves("retry-soon", CHECKED)
def _retry_soon(e: Exchange) -> None:
    if e.server.hits[e.path] < 2:
        e.send("busy", status="503 Busy", Retry_After="0")
    else:
        e.page("Here now")


for _name, _after in (
    ("year", "31536000"),
    ("negative", "-5"),
    ("endless", "9" * 400),
    ("words", "soon, please"),
    ("far-date", "Fri, 31 Dec 9999 23:59:59 GMT"),
):
    serves(f"after-{_name}", failed("http_status"))(
        lambda e, after=_after: e.send("busy", status="500 Oops", Retry_After=after)  # type: ignore[misc]
    )


@serves("unauthorised", failed("http_status"))
def _unauthorised(e: Exchange) -> None:
    e.send("who?", status="401 Unauthorized", WWW_Authenticate='Basic realm="x"')


@serves("proxy-auth", failed("bad_response"))
def _proxy_auth(e: Exchange) -> None:
    e.send("who?", status="407 Proxy Authentication Required", Proxy_Authenticate='Basic realm="x"')


@serves("spoofed-guard", failed("http_status"), failed("connection"))
def _spoofed_guard(e: Exchange) -> None:
    e.send("no", status="403 Forbidden", X_Curbcut_Guard="private_address")


@serves("no-content", failed("bad_response"))
def _no_content(e: Exchange) -> None:
    e.raw(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")


@serves("soft-404", CHECKED, rendered="Page not found")
def _soft_404(e: Exchange) -> None:
    e.page("<h1>Page not found</h1>")


@serves("html-as-text", MEDIA)
def _html_as_text(e: Exchange) -> None:
    e.send("<p>html</p>", kind="text/plain")


@serves("pdf-as-html", failed("bad_response"))
def _pdf_as_html(e: Exchange) -> None:
    e.send(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>", kind="text/html")


@serves("html-as-pdf", DOCUMENT)
def _html_as_pdf(e: Exchange) -> None:
    e.send("<p>html</p>", kind="application/pdf")


@serves("no-type", CHECKED)
def _no_type(e: Exchange) -> None:
    e.send("<!doctype html><html lang=en><title>T</title><p>No type</p>", kind="")


for _name, _kind, _body in (
    ("unknown", "text/html; charset=klingon", b"<title>T</title><p>caf\xe9"),
    ("utf16", "text/html; charset=utf-16le", "<title>T</title><p>wide".encode("utf-16-le")),
    ("conflict", "text/html; charset=utf-8", b"<meta charset=shift_jis><title>T</title><p>caf\xe9"),
    ("bom", "text/html; charset=iso-8859-1", b"\xef\xbb\xbf<title>T</title><p>caf\xc3\xa9"),
    ("nul", "text/html", b"<title>T\x00T</title><p>nul \x00 byte"),
):
    serves(f"charset-{_name}", CHECKED)(lambda e, kind=_kind, body=_body: e.send(body, kind=kind))  # type: ignore[misc]


@serves("huge-header", failed("bad_response"), failed("connection"))
def _huge_header(e: Exchange) -> None:
    e.send("x", X_Big="a" * 1_000_000)


@serves("odd-headers", CHECKED)
def _odd_headers(e: Exchange) -> None:
    head = (
        b"HTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\nX-\xe9: caf\xe9\r\nContent-Type: text/html\r\nContent-Type: text/html"
    )
    e.raw(head + b"\r\nRetry-After: \xff\r\n\r\n<title>T</title><p>odd")


@serves("cookies", CHECKED)
def _cookies(e: Exchange) -> None:
    lines = b"".join(b"Set-Cookie: c%d=1\r\n" % n for n in range(3_000))
    e.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + lines + b"\r\n<title>T</title><p>crumbs")


# --- Robots are not welcome

serves_page(
    "challenge",
    '<h1>Making sure you are not a bot!</h1><script id="anubis_challenge" type="application/json">{}</script>',
    failed("blocked"),
)
serves_page(
    "refused",
    "The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 1",
    failed("blocked"),
)
serves_page(
    "captcha",
    '<p>Are you human?</p><div class="g-recaptcha"></div><script src="//127.0.0.1:9/www.google.com/recaptcha/api.js"></script>',
    failed("blocked"),
)
serves_page(
    "form-with-captcha",
    '<label>Name <input></label><script src="//127.0.0.1:9/www.google.com/recaptcha/api.js"></script>',
)
serves("passed-at-second-try", CHECKED, rendered="Let in")(
    lambda e: e.page("<p>Let in</p>" if e.server.hits[e.path] > 1 else "<script>window.gokuProps = {}</script>")
)


# --- The browser and the page


serves_page("busy-loop", "<script>while (true) {}</script>", failed("timeout"))
serves_page(
    "late-busy-loop", "<script>onload = () => setTimeout(() => { while (true) {} }, 50)</script>", failed("timeout")
)
serves_page("timer-storm", "<p id=p>0</p><script>setInterval(() => p.textContent++, 1)</script>")
serves_page("fetch-storm", "<script>(function again() { fetch('/ok').finally(again) })()</script>")
serves_page("never-loads", "<p>Here</p><img src=/x/silence-too>", rendered="Here")
serves_page("dialogs", "<p>Asked</p><script>for (let i = 0; i < 20; i++) { alert(1); confirm(2); prompt(3) }</script>")
serves_page("alert-for-ever", "<script>while (true) alert(1)</script>", failed("timeout"), CHECKED)
serves_page("stay", "<script>onbeforeunload = (e) => { e.preventDefault(); return 'stay' }</script>")
serves_page("popups", "<script>for (let i = 0; i < 12; i++) window.open('/ok?' + i)</script>")
serves_page("popups-alone", "<script>for (let i = 0; i < 10; i++) window.open('/ok?' + i, '', 'noopener')</script>")
serves_page("starts-download", "<p>Page</p><script>location.href = '/x/attachment'</script>", rendered="Page")
serves_page(
    "print",
    "<script>print(); Notification.requestPermission(); navigator.geolocation.getCurrentPosition(f => f)</script>",
)
serves_page(
    "refresh-loop",
    "<p>again</p>",
    CHECKED,
    failed("too_many_redirects"),
    head='<meta http-equiv="refresh" content="0">',
)
serves_page(
    "location-loop", "<script>location.replace('?' + Math.random())</script>", failed("too_many_redirects"), CHECKED
)
serves_page(
    "push-storm",
    "<script>setInterval(() => { for (let i = 0; i < 50; i++) history.pushState(0, '', '?' + Math.random()) }, 5)</script>",
)
serves_page(
    "hash-storm",
    "<script>setInterval(() => location.hash = Math.random(), 5)</script>",
    CHECKED,
    failed("too_many_redirects"),  # on a busy machine the driver takes a hash that changes at once for a new document
)
serves_page("deep", "<div>" * 1_000 + "Bottom" + "</div>" * 1_000, rendered="Bottom")
serves_page(
    "deeper",
    "<script>let at = document.body; for (let i = 0; i < 5000; i++) at = at.appendChild(document.createElement('div'));"
    "at.textContent = 'Bottom'</script>",
    failed("crashed"),  # Chromium's layout has no more stack than this
)
serves_page("many-nodes", "<p>x" * 1_000)
serves_page("big-attribute", f'<p title="{"a" * 2_000_000}">Short</p>', rendered="Short")
serves_page("big-text", f"<p>{'word ' * 50_000}</p>")
serves_page("frames", '<iframe title=f src="/ok"></iframe>' * 12)
serves_page("frame-hangs", '<p>Main</p><iframe title=f src="/x/silence-too"></iframe>', rendered="Main")
serves_page("frame-busy", '<p>Main</p><iframe title=f src="/x/busy-frame"></iframe>', CHECKED, failed("timeout"))
serves_page(
    "shadows",
    "<div id=d></div><script>let at = d; for (let i = 0; i < 60; i++) { const root = at.attachShadow({mode: i % 2 ? 'open' :"
    " 'closed'}); at = root.appendChild(document.createElement('div')) } at.textContent = 'Inside'</script>",
)
serves_page(
    "infinite-scroll",
    "<div id=d></div><script>const more = () => { for (let i = 0; i < 20; i++) d.append(Object.assign(document."
    "createElement('p'), {textContent: 'more'})) }; more(); new IntersectionObserver(more).observe(d); setInterval(more, 50)</script>",
)
serves_page(
    "sockets",
    "<script>new EventSource('/x/events'); new WebSocket('ws://' + location.host + '/x/silence-too')</script>",
)
serves_page(
    "service-worker", "<p>Honest</p><script>navigator.serviceWorker?.register('/sw.js')</script>", rendered="Honest"
)
serves_page(
    "broken-world",
    "<p>Still here</p><img src=/ok.png><script>JSON.stringify = JSON.parse = () => { throw 1 };"
    "Promise.prototype.then = function () { throw 2 }; Array.prototype.map = Array.prototype.push = () => 7;"
    "Array.prototype.toJSON = () => 'no'; Object.prototype.toJSON = () => 'no'; Map.prototype.set = () => 0;"
    "document.querySelector = () => { throw 3 }; window.axe = {run: () => Promise.resolve('nothing wrong')}</script>",
    CHECKED,
    failed("check_failed"),
)
serves_page(
    "fake-axe",
    "<img src=/ok.png><script>window.axe = {run: () => Promise.resolve({violations: []}), configure() {}}</script>",
)
serves_page(
    "clobbered",
    "<form><input name=attributes aria-label=a><input name=childNodes aria-label=b><input name=tagName aria-label=c>"
    "<input name=nodeType aria-label=d><input name=closest aria-label=e><input name=checkVisibility aria-label=f>Form text"
    "</form><img name=title alt=''><img name=querySelector alt=''><img name=fonts alt=''><form name=documentElement></form>",
    rendered="Form text",
)
serves_page(
    "surrogates", "<p id=p>x</p><script>p.textContent = p.title = document.title = 'a\\ud800b\\u0000c'</script>"
)
serves_page(
    "self-emptying", "<script>setTimeout(() => document.documentElement.remove(), 10)</script>", failed("bad_response")
)
serves_page(
    "document-write",
    "<script>setTimeout(() => { document.open(); document.write('<p>New</p>'); document.close() }, 20)</script>",
)
serves_page(
    "spa",
    "<script>let n = 0; const id = setInterval(() => { document.body.innerHTML = '<h1>' + n + '</h1>'; if (n++ > 9) clearInterval(id) }, 20)</script>",
)
serves_page(
    "moves-on", "<p>First</p><script>setTimeout(() => location.href = '/x/soft-404', 30)</script>", REDIRECT, CHECKED
)


@serves("moves-to-dead-end", REDIRECT)
def _moves_to_dead_end(e: Exchange) -> None:
    e.page(f"<script>location = '{e.server.origin.replace('http:', 'https:')}/x/no-tls-here'</script>")


@serves("moves-to-503", REDIRECT)
def _moves_to_503(e: Exchange) -> None:
    if e.target.endswith("?busy"):
        e.send("busy", status="503 Busy")
    else:
        e.page("<script>location.search = '?busy'</script>")


serves_page(
    "consent", "<div style='position:fixed;inset:0;background:#fff'>Accept cookies?</div><p>Under</p>", rendered="Under"
)
serves_page("tall", "<div style='height:100000px'>Tall</div><img src=/ok.png>", rendered="Tall")
serves_page(
    "late-font", "<p>Text</p>", head="<style>@font-face{font-family:f;src:url(/x/silence-too)}p{font-family:f}</style>"
)
serves_page("worker-burns", "<script>new Worker(URL.createObjectURL(new Blob(['while(true){}'])))</script>")


@serves("policy", CHECKED, rendered="Guarded")
def _policy(e: Exchange) -> None:
    policy = "default-src 'none'; script-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    e.page("<p>Guarded</p><img src=/ok.png>", Content_Security_Policy=policy)


@serves("attachment", MEDIA, DOCUMENT, failed("bad_response"))
def _attachment(e: Exchange) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=x.bin\r\n\r\n"
    e.raw(head)
    while not e.wait(0.05):
        e.raw(b"x" * 1000)


@serves("html-attachment", failed("bad_response"))
def _html_attachment(e: Exchange) -> None:
    e.send("<p>x", Content_Disposition="attachment; filename=x.html")


# --- The frontier: odd links. Their rows are asserted in the test.

ODD_LINKS = (
    "file:///etc/passwd",
    "intent://scan/#Intent;scheme=x;end",
    "view-source:http://127.0.0.1/",
    "mailto:a@example.org",
    "tel:123",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://127.0.0.1:0/",
    "http://user:secret@127.0.0.1:PORT/ok?login",
    "/x/../ok",
    "/" + "a" * 70_000,
)


def private_uses(private: str) -> dict[str, Behaviour]:
    """What tries to reach a server on a private address that was not allowed: every way must end at the guard."""
    made = {}

    def add(path: str, answer: Callable[[Exchange], None], *ends: tuple[str, str]) -> None:
        made[f"/p/{path}"] = Behaviour(f"/p/{path}", ends, answer)

    add("redirect", lambda e: e.redirect(f"{private}/redirect"), OUTSIDE)
    add("decimal", lambda e: e.redirect(private.replace("127.0.0.2", "2130706434") + "/decimal"), OUTSIDE)
    add(
        "meta",
        lambda e: e.page("x", head=f'<meta http-equiv="refresh" content="0;url={private}/meta">'),
        OUTSIDE,
    )
    add("script", lambda e: e.page(f"<script>location = '{private}/script'</script>"), OUTSIDE)
    tls = private.replace("http:", "https:")
    add("meta-tls", lambda e: e.page("x", head=f'<meta http-equiv="refresh" content="0;url={tls}/meta">'), OUTSIDE)
    add("script-tls", lambda e: e.page(f"<script>location = '{tls}/script'</script>"), OUTSIDE)
    add("image", lambda e: e.page(f'<img alt="" src="{private}/image">'), CHECKED)
    add("frame", lambda e: e.page(f'<iframe title=f src="{private}/frame"></iframe>'), CHECKED)
    add("fetch", lambda e: e.page(f"<script>fetch('{private}/fetch', {{mode: 'no-cors'}})</script>"), CHECKED)
    add(
        "socket", lambda e: e.page(f"<script>new WebSocket('{private.replace('http', 'ws')}/socket')</script>"), CHECKED
    )
    add(
        "prefetch",
        lambda e: e.page("x", head=f'<link rel=prefetch href="{private}/p"><link rel=preconnect href="{private}">'),
        CHECKED,
    )
    add("popup", lambda e: e.page(f"<script>window.open('{private}/popup')</script>"), CHECKED)
    add("beacon", lambda e: e.page(f"<script>navigator.sendBeacon('{private}/beacon')</script>"), CHECKED)
    return made


STORMS = frozenset(
    f"/x/{name}" for name in ("popups", "popups-alone", "refresh-loop", "location-loop", "push-storm", "hash-storm")
)
"""Pages that keep the browser itself busy: on a slow machine, several at once let each other starve."""


@dataclass(frozen=True)
class HostileSite:
    """The site in motion, and the server that nobody may reach."""

    server: HostileServer
    private: HostileServer
    behaviours: dict[str, Behaviour]


@contextmanager
def hostile_site() -> Iterator[HostileSite]:
    """Serve every behaviour on 127.0.0.1, and the forbidden server on 127.0.0.2.

    `/hangs` links to those that may only end when time is up, `/storms` to STORMS, `/` to the others.
    """

    def start_of(path: str) -> str:
        if failed("timeout") in behaviours[path].ends:
            return "/hangs"
        return "/storms" if path in STORMS else "/"

    with hostile_server(lambda e: e.page("secret"), "127.0.0.2") as private:
        behaviours = BEHAVIOURS | private_uses(private.origin)

        def answer(e: Exchange) -> None:
            if e.path in behaviours:
                behaviours[e.path].answer(e)
            elif e.path in ("/", "/hangs", "/storms"):
                odd = [link.replace("PORT", str(e.server.port)) for link in ODD_LINKS]
                links = [path for path in behaviours if start_of(path) == e.path]
                e.page("".join(f'<p><a href="{href}">a</a></p>' for href in [*links, *odd]))
            elif e.path in ("/x/silence-too", "/x/events"):
                e.wait(15)
            elif e.path == "/x/busy-frame":
                e.page("<script>while (true) {}</script>")
            elif e.path == "/ok":
                e.page("<p>Fine</p>")
            else:
                e.send("none", status="404 Not Found")

        with hostile_server(answer) as server:
            yield HostileSite(server, private, behaviours)
