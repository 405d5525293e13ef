"""`curbcut serve` starts, says where it is, and ends; what cannot work is told before."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from cli.main import main

PROGRAM = Path(sys.executable).with_name("curbcut")


def test_it_says_where_it_is_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    arguments = [str(PROGRAM), "serve", "--port", "0", "--folder", str(tmp_path)]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as program:
        try:
            assert program.stderr is not None
            found = re.fullmatch(r"Curbcut is at (http://127\.0\.0\.1:\d+/)\n", program.stderr.readline())
            assert found is not None
            with urlopen(found.group(1), timeout=60) as answer:  # noqa: S310 # an address of our own
                assert "<h1>" in answer.read().decode()
            program.send_signal(signal.SIGINT)
            assert program.wait(60) == 0
            assert "Traceback" not in program.stderr.read()
        finally:
            program.kill()


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(main, ["serve", "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2
    assert "Choose another --port" in result.output


@pytest.mark.parametrize("token", ["", "short", "with space in the middle", "ünïcödé-tokens-are-long"])
def test_a_weak_token_is_refused(tmp_path: Path, token: str) -> None:
    file = tmp_path / "token"
    file.write_text(token, encoding="utf-8")
    result = CliRunner().invoke(main, ["serve", "--port", "0", "--token-file", str(file)])
    assert result.exit_code == 2
    assert "at least 16" in result.output


def test_an_unknown_guide_is_told() -> None:
    result = CliRunner().invoke(main, ["serve", "--port", "0", "--guide", "govku"])
    assert result.exit_code == 2
    assert "govuk" in result.output
