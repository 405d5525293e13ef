"""Speaks to `curbcut lsp` as an editor does: over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

PROGRAM = Path(sys.executable).with_name("curbcut")
URI = "file:///town/draft.md"
TEXT = "# Fees 👩‍👩‍👧\n\n👩 In order to pay, call us.\n"


class Editor:
    """The least an editor does."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        assert program.stdin is not None
        assert program.stdout is not None
        self.to: IO[bytes] = program.stdin
        self.back: IO[bytes] = program.stdout
        self.asked = 0
        self.heard: list[dict[str, Any]] = []

    def say(self, method: str, **params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self._send({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params})
        while (answer := self.hear()).get("id") != self.asked:
            self.heard.append(answer)
        assert "error" not in answer
        return answer["result"]

    def wait_for(self, method: str) -> Any:
        while (message := self.heard.pop(0) if self.heard else self.hear()).get("method") != method:
            pass
        return message["params"]

    def hear(self) -> dict[str, Any]:
        length = 0
        while (line := self.back.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self.back.read(length))
        return message

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps(message).encode()
        self.to.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.to.flush()


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    program = subprocess.Popen(
        [PROGRAM, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=tmp_path
    )
    speaking = Editor(program)
    try:
        yield speaking
        speaking.ask("shutdown")
        speaking.say("exit")
        assert program.wait(20) == 0
    finally:
        program.kill()
        program.wait()
        speaking.to.close()
        speaking.back.close()


def test_an_editor_sees_findings_while_typing(editor: Editor) -> None:
    started = editor.ask("initialize", processId=None, rootUri=None, capabilities={})
    assert started["capabilities"]["codeActionProvider"]
    editor.say("initialized")
    document = {"uri": URI, "languageId": "markdown", "version": 1, "text": TEXT}
    editor.say("textDocument/didOpen", textDocument=document)

    shown = editor.wait_for("textDocument/publishDiagnostics")
    [found] = shown["diagnostics"]
    assert found["code"] == "plain/wordy-phrase"
    assert found["range"] == {
        "start": {"line": 2, "character": 3},  # the emoji before it has two UTF-16 units
        "end": {"line": 2, "character": 14},
    }

    [action] = editor.ask(
        "textDocument/codeAction", textDocument={"uri": URI}, range=found["range"], context={"diagnostics": [found]}
    )
    assert action["edit"]["changes"][URI] == [{"range": found["range"], "newText": "to"}]

    at = {"line": 2, "character": 10}
    hover = editor.ask("textDocument/hover", textDocument={"uri": URI}, position=at)
    assert hover["range"] == found["range"]
    for part in ("“In order to” is longer than it need be", "https://www.plainlanguage.gov/", "curbcut-ignore"):
        assert part in hover["contents"]["value"]
    at = {"line": 2, "character": 16}
    assert editor.ask("textDocument/hover", textDocument={"uri": URI}, position=at) is None

    change = {"range": found["range"], "text": "To"}
    editor.say("textDocument/didChange", textDocument={"uri": URI, "version": 2}, contentChanges=[change])
    assert editor.wait_for("textDocument/publishDiagnostics")["diagnostics"] == []


def test_places_count_in_the_units_and_lines_of_an_editor(editor: Editor) -> None:
    """Tabs, soft hyphens, entities, Windows line ends, and an attribute over two lines."""
    text = (
        "<p>\u00e9\U0001f6d2&nbsp;&amp; pay <b>prior\u00a0to</b> May.</p>\r\n\r\n"
        "\t<p\r\n  class='a\r\nb'>Uti\u00adlise it.</p>\r\n"
    )
    editor.ask("initialize", processId=None, rootUri=None, capabilities={}, initializationOptions={"lang": "en"})
    editor.say("initialized")
    document = {"uri": "file:///town/page.html", "languageId": "html", "version": 1, "text": text}
    editor.say("textDocument/didOpen", textDocument=document)
    found = editor.wait_for("textDocument/publishDiagnostics")["diagnostics"]
    units = [line.encode("utf-16-le") for line in text.split("\r\n")]
    words = []
    for one in found:
        start, end = one["range"]["start"], one["range"]["end"]
        assert start["line"] == end["line"]
        words.append(units[start["line"]][2 * start["character"] : 2 * end["character"]].decode("utf-16-le"))
    assert words == ["prior\u00a0to", "Uti\u00adlise"]


def test_an_unknown_guide_is_said(editor: Editor) -> None:
    editor.ask(
        "initialize", processId=None, rootUri=None, capabilities={}, initializationOptions={"guide": "no-such-guide"}
    )
    assert "no-such-guide" in editor.wait_for("window/showMessage")["message"]
