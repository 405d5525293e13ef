"""Steps lead behind a login, what they reach is checked, and no secret is left anywhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from cli.main import main
from scan.errors import UsageError
from scan.settings import load
from scan.steps.run import check_steps
from scan.steps.script import Script, read_script
from scan.steps.secrets import Secrets
from store.schema import finding, page, url

USER, PASSWORD = "ada.l&velace", "Öffn3 <dich>"
ENVIRONMENT = {"TOWN_USER": USER, "TOWN_PASSWORD": PASSWORD}
LOGIN = (
    "<h1>Sign in</h1><form method=post action=/in target=_blank><label>User name <input name=user></label>"
    "<label>Password <input type=password name=password></label>"
    "<label>Town <select name=town><option>Velmar<option>Elm</select></label>"
    "<label><input type=checkbox name=keep> Keep me signed in</label><button>Sign in</button></form>"
)
SCRIPT = """
steps:
  - go: {start}
  - fill: User name
    with: ${{TOWN_USER}}
  - fill: Password
    with: ${{TOWN_PASSWORD}}
  - fill: Town
    with: Elm
  - fill: Keep me
    with: yes
  - press: Sign in
  - expect: Your bins
"""


class _Town(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/data":
            self._send(b"{}", "application/json")
            return
        self._answer(LOGIN if self.path == "/form" else '<iframe title="Sign in" src="/form"></iframe>')

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        right = sent["user"] == [USER] and sent["password"] == [PASSWORD] and sent["town"] == ["Elm"] and "keep" in sent
        greeting = f"<h1>Your bins</h1><p title='{USER}'>Welcome {escape(USER)}</p><img src='x.png?{quote(USER)}'>"
        self._answer(greeting if right else "<h1>Wrong</h1>")

    def _answer(self, body: str) -> None:
        data = f'<!doctype html><html lang="en"><title>Town</title><main>{body}</main></html>'.encode()
        self._send(data, "text/html; charset=utf-8")

    def _send(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Town)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def script_of(tmp_path: Path, text: str, environment: dict[str, str] = ENVIRONMENT) -> Script:
    path = tmp_path / "steps.yaml"
    path.write_text(text, encoding="utf-8")
    return read_script(path, environment)


@pytest.mark.browser
def test_the_page_behind_a_login_is_checked_and_no_secret_is_kept(origin: str, tmp_path: Path) -> None:
    script = script_of(tmp_path, SCRIPT.format(start=f"{origin}/form"))
    end = check_steps(load({"only": "wcag"}), script, tmp_path / "scan")
    try:
        with end.engine.connect() as connection:
            pages = connection.execute(select(url.c.url, page.c.title).join(page, page.c.url_id == url.c.id)).all()
            rules = connection.execute(select(finding.c.rule, url.c.url).join(url, url.c.id == finding.c.url_id)).all()
    finally:
        end.engine.dispose()
    assert [row.url for row in pages] == [f"{origin}/form#step-1", f"{origin}/in#step-6"]
    assert ("axe/image-alt", f"{origin}/in#step-6") in {tuple(row) for row in rules}
    kept = b"".join(file.read_bytes() for file in (tmp_path / "scan").iterdir())
    assert b"TOWN_USER" in kept
    for secret in (USER, PASSWORD, "ada.l&amp;velace", "ada.l%26velace"):
        assert secret.encode() not in kept


@pytest.mark.browser
def test_a_dry_run_shows_each_step_and_names_the_one_that_fails(
    origin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    text = SCRIPT.format(start=f"{origin}/") + "  - press: Sign out\n"
    (tmp_path / "steps.yaml").write_text(text, encoding="utf-8")
    arguments = ["steps", "run", str(tmp_path / "steps.yaml"), "--dry-run", "--out", str(tmp_path / "dry")]
    done = CliRunner().invoke(main, [*arguments, "--page-timeout", "3"])
    assert done.exit_code == 2
    assert "steps.yaml:14: there is no button or link “Sign out” on the page" in done.stderr
    html = (tmp_path / "dry" / "index.html").read_text(encoding="utf-8")
    assert html.count("<img ") == html.count("alt=") == 8
    assert "Fill “Password” with “${TOWN_PASSWORD}”" in html
    assert "Step 8 failed" in html
    assert len(list((tmp_path / "dry").glob("step-*.png"))) == 8
    for secret in (USER, PASSWORD, "ada.l&amp;velace"):
        assert secret not in html + done.output


@pytest.mark.browser
def test_what_is_no_web_page_is_told_with_its_line(origin: str, tmp_path: Path) -> None:
    script = script_of(tmp_path, f"steps:\n  - go: {origin}/data\n")
    with pytest.raises(UsageError, match=r"steps\.yaml:2: .*it is no web page"):
        check_steps(load({"only": "wcag"}), script, tmp_path / "scan")


GO = "steps:\n  - go: https://www.velmar.example/\n"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("steps:\n  - press: Sign in\n", 1, "the first step must be “go"),
        (GO + "  - click: Sign in\n", 3, "“click” is not known here"),
        (GO + "  - pres: Sign in\n", 3, "did you mean “press”"),
        (GO + "  - fill: User name\n", 3, "“with” is missing"),
        (GO + "  - press: A\n    with: b\n", 4, "“with” belongs to “fill”"),
        (GO + "  - fill: Code\n    with: 123456\n", 4, "put it in quotation marks"),
        (GO + "  - fill: A\n    with: ${NOT_THERE}\n", 3, "variable NOT_THERE is not set"),
        (GO + "  - fill: A\n    with: ${SHORT}\n", 3, "shorter than 4 characters"),
        (GO + "  - expect: ${TOWN_USER}\n", 3, "may stand in “go” and “with” only"),
        ("steps:\n  - go: www.velmar.example\n", 2, "is no web address"),
        ("steps: [\n", 2, "not good YAML"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    with pytest.raises(UsageError, match=rf"steps\.yaml:{line}: .*{problem}"):
        script_of(tmp_path, text, {**ENVIRONMENT, "SHORT": "abc"})


def test_a_secret_is_hidden_however_it_is_written() -> None:
    secrets = Secrets({"TOKEN": 'a&b "c"/ü'})
    written = [
        'a&b "c"/ü', "A&B &quot;c&quot;/ü", "a&amp;b &quot;c&quot;/ü", 'a\\u0026b', "a%26b%20%22c%22%2F%C3%BC",
        "a%26b+%22c%22%2F%C3%BC", 'a&b \\"c\\"/ü', 'a&b \\"c\\"/\\u00fc',
    ]  # fmt: skip
    hidden = [secrets.hide(f"<{text}>") for text in written]
    assert hidden.count("<${TOKEN}>") == len(written) - 2
    assert hidden[1] == f"<{written[1]}>"  # nobody escapes half of it
    assert secrets.hide_all({"x": ['see a&b "c"/ü', 3]}) == {"x": ["see ${TOKEN}", 3]}
    assert Secrets({}).hide("anything") == "anything"
