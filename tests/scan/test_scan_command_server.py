"""The command that serves a site is waited for, and ends with everything it started."""

from __future__ import annotations

import os
import shlex
import socket
import sys
import time
from pathlib import Path

import pytest

from scan.command_server import serving
from scan.errors import UsageError

LONG_S = 60


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked for yet does not."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_server_behind_a_shell_is_waited_for_and_ended(tmp_path: Path) -> None:
    port = free_port()
    python = shlex.quote(sys.executable)
    server = f"{python} -m http.server {port} --bind 127.0.0.1 --directory {shlex.quote(str(tmp_path))}"
    command = f"({server} & echo $! > {shlex.quote(str(tmp_path / 'pid'))}; wait)"
    with serving(command, f"http://127.0.0.1:{port}/", wait_s=LONG_S) as origin:
        assert origin == f"http://127.0.0.1:{port}"
        pid = int((tmp_path / "pid").read_text())
        assert is_alive(pid)
    deadline = time.monotonic() + LONG_S
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(pid)


def test_a_command_that_ends_says_what_it_said() -> None:
    address = f"http://127.0.0.1:{free_port()}/"
    with (
        pytest.raises(UsageError, match="ended with 3 before") as caught,
        serving("echo oh; exit 3", address, wait_s=LONG_S),
    ):
        pass
    assert "oh" in str(caught.value)


def test_a_command_that_never_answers_is_ended(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}/"
    command = f"echo $$ > {shlex.quote(str(tmp_path / 'pid'))}; exec sleep {LONG_S}"
    with pytest.raises(UsageError, match="did not answer within"), serving(command, address, wait_s=0.5):
        pass
    pid = (tmp_path / "pid").read_text().strip()
    assert not pid or not is_alive(int(pid))


ANSWERS = """
import http.server, os, sys
class Answer(http.server.BaseHTTPRequestHandler):
    left = int(sys.argv[3])
    def do_GET(self):
        self.send_response(int(sys.argv[2]))
        self.end_headers()
        self.close_connection = True
        Answer.left -= 1
        if not Answer.left:
            self.wfile.flush()
            print('out of memory', flush=True)
            os._exit(1)
http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Answer).serve_forever()
"""


def answering(folder: Path, port: int, status: int, times: int) -> str:
    """Return the command of a server that ends after so many answers, all with this status."""
    (folder / "server.py").write_text(ANSWERS, encoding="utf-8")
    return f"exec {shlex.quote(sys.executable)} {shlex.quote(str(folder / 'server.py'))} {port} {status} {times}"


def test_a_server_that_only_fails_is_told_with_its_status(tmp_path: Path) -> None:
    port = free_port()
    with (
        pytest.raises(UsageError, match="answered only with 503 for 1 s"),
        serving(answering(tmp_path, port, 503, 99), f"http://127.0.0.1:{port}/", wait_s=1),
    ):
        pass


def test_a_server_that_dies_while_pages_are_checked_is_told_at_the_end(tmp_path: Path) -> None:
    port = free_port()
    seen = []
    with (
        pytest.raises(UsageError, match="ended with 1 while pages were checked") as caught,
        serving(answering(tmp_path, port, 200, 1), f"http://127.0.0.1:{port}/", wait_s=LONG_S) as origin,
    ):
        seen.append(origin)
        time.sleep(0.3)
    assert seen, "what was found is lost"
    assert "out of memory" in str(caught.value)


def test_a_server_that_takes_a_connection_and_says_nothing_holds_nobody_up() -> None:
    port = free_port()
    listen = f"import socket, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep({LONG_S})"
    command = f"exec {shlex.quote(sys.executable)} -c {shlex.quote(listen)}"
    began = time.monotonic()
    with pytest.raises(UsageError, match="did not answer"), serving(command, f"http://127.0.0.1:{port}/", wait_s=0.7):
        pass
    assert time.monotonic() - began < 8  # one answer is waited for 10 s where there is time for that


def test_an_address_that_is_taken_or_none_is_refused() -> None:
    with pytest.raises(UsageError, match="takes an address"), serving("true", "localhost:3000", wait_s=1):
        pass
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        if os.fork() == 0:  # a server of one answer
            connection, _ = listener.accept()
            connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
            connection.close()
            os._exit(0)
        with pytest.raises(UsageError, match="answers before"), serving("true", f"http://127.0.0.1:{port}/", wait_s=1):
            pass
        os.wait()
