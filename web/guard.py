"""Stands before every view: who may ask, from where, how much, and what the browser may do with the answer.

A page elsewhere in the same browser can send requests to this machine. So a request must name this machine (against
DNS rebinding; where a token is asked for, a page of a foreign name lacks that), one that changes something must come
from our own pages (by `Sec-Fetch-Site` or `Origin`) and carry the value of a cookie in its form (`web.forms`), and
every answer has a content security policy without inline scripts. Bound to anything but loopback, a token is asked for.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.config import LOOPBACK_NAMES, MAX_BODY_BYTES, MAX_DRAINED_BYTES, WebConfig
from web.errors import AnswerError

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with `no-referrer` a form's own Origin would be "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
ACCESS_COOKIE = "curbcut_access"
FORM_COOKIE = "curbcut_form"
TOKEN_PARAMETER = "token"  # noqa: S105 # the parameter's name
SAFE_METHODS = frozenset({"GET", "HEAD"})
OPEN_PATHS = ("/assets/", "/enter")
"""What somebody without the token may see: the page that asks for it."""

_TOKEN_BYTES = 18

AnswerPage = Callable[[Request, AnswerError], Response]


class Guard:
    """ASGI middleware; `answer` makes the page that says why a request is refused."""

    def __init__(self, app: ASGIApp, config: WebConfig, answer: AnswerPage) -> None:
        self._app = app
        self._config = config
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = _cookies(headers.get("cookie", ""))
        known = cookies.get(FORM_COOKIE, "")
        form_key = known if len(known) >= _TOKEN_BYTES else secrets.token_urlsafe(_TOKEN_BYTES)
        scope.setdefault("state", {})["form_key"] = form_key
        guarded_send = _with_headers(send, form_key if form_key != known else "")
        response = self._refused(scope, headers, cookies)
        if response is None and _declared_length(headers) > MAX_BODY_BYTES:
            await _drain(receive)
            response = self._answer(Request(scope), _too_large())
        if response is not None:
            await response(scope, receive, guarded_send)
            return
        await self._app(scope, _bounded(receive), guarded_send)

    def _refused(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        host = headers.get("host", "")
        if not self._config.token and _name_of(host) not in LOOPBACK_NAMES:
            text = "Open the address that curbcut serve printed. Behind a web server of yours: start with --token-file."
            return self._answer(Request(scope), AnswerError(421, "This server has another name", text))
        if scope["method"] not in SAFE_METHODS and not _is_own(headers, host):
            text = "The request came from another site. Open this app itself and try again."
            return self._answer(Request(scope), AnswerError(403, "Refused", text))
        return self._without_access(scope, cookies)

    def _without_access(self, scope: Scope, cookies: dict[str, str]) -> Response | None:
        token, path = self._config.token, scope["path"]
        if not token or hmac.compare_digest(cookies.get(ACCESS_COOKIE, "").encode(), token.encode()):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        given = dict(query).get(TOKEN_PARAMETER, "")
        if scope["method"] in SAFE_METHODS and hmac.compare_digest(given.encode(), token.encode()):
            rest = urlencode([pair for pair in query if pair[0] != TOKEN_PARAMETER])
            clean = "/" + path.lstrip("/\\")  # a path of two slashes would be another server's name
            return admit(RedirectResponse(clean + (f"?{rest}" if rest else ""), 303), token)
        if path.startswith(OPEN_PATHS):
            return None
        there = path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        if scope["method"] in SAFE_METHODS:
            return RedirectResponse(f"/enter?{urlencode({'to': there})}", 303)
        return self._answer(Request(scope), AnswerError(401, "Who are you?", "Enter the token first, then try again."))


def admit(response: Response, token: str) -> Response:
    """Let the browser that gets this response in from now on."""
    response.set_cookie(ACCESS_COOKIE, token, httponly=True, samesite="lax", path="/")
    return response


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _name_of(host: str) -> str:
    """Return a Host header's name without its port."""
    name = host.lower()
    return name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]


def _is_own(headers: Headers, host: str) -> bool:
    """Return whether a request that changes something comes from one of our pages, or from no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return True  # no browser: those send one or the other with every form; the form's own key decides
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def _declared_length(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _too_large() -> AnswerError:
    megabytes = MAX_BODY_BYTES // 1024 // 1024
    text = f"Up to {megabytes} MB can be sent. Nothing is lost: go back, and send less. For longer texts: curbcut style"
    return AnswerError(413, "That is too much", text)


async def _drain(receive: Receive) -> None:
    read = 0
    while read < MAX_DRAINED_BYTES:
        message = await receive()
        read += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return


def _bounded(receive: Receive) -> Receive:
    """Return a `receive` that ends a request which sends more than it said."""
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MAX_BODY_BYTES:
            raise _too_large()
        return message

    return counted


def _with_headers(send: Send, new_form_key: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if new_form_key:
                cookie = f"{FORM_COOKIE}={new_form_key}; HttpOnly; SameSite=Lax; Path=/"
                headers.append("set-cookie", cookie)
        await send(message)

    return sending
