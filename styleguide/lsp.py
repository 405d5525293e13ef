"""A language server: an editor shows while typing what `curbcut style` finds, and offers the better words."""

from __future__ import annotations

import asyncio
import re
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from checks.model import Finding, Outcome
from styleguide.check import find
from styleguide.errors import GuideError
from styleguide.guides import DEFAULT_GUIDE, Guide, load_guide
from styleguide.input import Draft, DraftFormat, Location
from styleguide.input.draft import ENDINGS, read_text
from styleguide.replacements import replacements
from styleguide.rules import Rule

NAME = "curbcut"
PAUSE_S = 0.3
"""Wait so long after a keystroke: judging each letter of a word helps nobody."""

MAX_CHARS = 2_000_000
"""A longer text is not judged while typing."""

MAX_REPLACEMENTS = 5

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&!]")
"""What Markdown would take for a mark."""

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "suggestion": types.DiagnosticSeverity.Information,
}
_BY_LANGUAGE_ID = {"markdown": DraftFormat.MARKDOWN, "html": DraftFormat.HTML, "plaintext": DraftFormat.TEXT}


class StyleServer(LanguageServer):
    """The server of one editor. `guide` may be changed by the editor's settings (`guide`, `confidence`, `lang`)."""

    def __init__(self, version: str, guide: str = DEFAULT_GUIDE, lang: str = "") -> None:
        super().__init__(NAME, version, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.guide: Guide = load_guide(guide)
        self.lang = lang
        self.waiting: dict[str, asyncio.Task[None]] = {}
        self.shown: dict[str, list[types.Diagnostic]] = {}

    def configure(self, options: Any) -> None:
        """Take the editor's own settings; what is wrong in them is said, and the settings in force stay."""
        if not isinstance(options, dict):
            return
        self.lang = str(options.get("lang") or self.lang)
        try:
            self.guide = load_guide(
                str(options.get("guide") or self.guide.name), str(options.get("confidence") or "high")
            )
        except GuideError as error:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))

    def diagnose(self, uri: str) -> list[types.Diagnostic]:
        """Return what is found in an open document."""
        document = self.workspace.get_text_document(uri)
        if len(document.source) > MAX_CHARS:
            return []
        path = unquote(urlsplit(uri).path)
        known = _BY_LANGUAGE_ID.get(document.language_id or "") or ENDINGS.get(PurePath(path).suffix.lower())
        if known is DraftFormat.DOCX:
            return []
        draft = read_text(document.source, path, format_=known, lang=self.lang)
        result = find(draft.document, self.guide, path)
        severities = {rule.id: rule.severity for rule in self.guide.rules}
        found = [
            _diagnostic(draft, finding, draft.locate(hit.block, hit.start, hit.end), severities, document)
            for finding, hit in zip(result.findings, result.hits, strict=True)
        ]
        return sorted(found, key=lambda one: (one.range.start.line, one.range.start.character))

    async def publish_later(self, uri: str) -> None:
        """Judge a document once its writer pauses; a newer change takes the place of an older one."""
        before = self.waiting.pop(uri, None)
        if before is not None:
            before.cancel()
        task = asyncio.current_task()
        if task is not None:
            self.waiting[uri] = task
        await asyncio.sleep(PAUSE_S)
        self.publish(uri)

    def publish(self, uri: str) -> None:
        """Judge a document and show the findings."""
        found = self.shown[uri] = self.diagnose(uri)
        version = self.workspace.get_text_document(uri).version
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found)
        )

    def explain(self, uri: str, position: types.Position) -> types.Hover | None:
        """Return why the words at a place are marked, with source and ways to turn the rule off."""
        here = [found for found in self.shown.get(uri, ()) if _holds(found.range, position)]
        rules = {rule.id: rule for rule in self.guide.rules}
        parts = [_explained(found, rules[str(found.code)]) for found in here if found.code in rules]
        if not parts:
            return None
        content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts))
        return types.Hover(content, here[0].range)


def _diagnostic(
    draft: Draft, finding: Finding, where: Location, severities: dict[str, str], document: Any
) -> types.Diagnostic:
    start = types.Position(where.line - 1, where.column - 1)
    end = types.Position(where.end_line - 1, where.end_column - 1)
    severity = _SEVERITIES[severities.get(finding.rule, "warning")]
    return types.Diagnostic(
        range=document.position_codec.range_to_client_units(document.lines, types.Range(start, end)),
        message=finding.message,
        severity=severity if finding.outcome is Outcome.FAILED else types.DiagnosticSeverity.Hint,
        code=finding.rule,
        code_description=types.CodeDescription(finding.help_url) if finding.help_url else None,
        source=NAME,
        data={"replacements": replacements(finding)[:MAX_REPLACEMENTS] if where.is_exact else []},
    )


def _holds(span: types.Range, position: types.Position) -> bool:
    at = (position.line, position.character)
    return (span.start.line, span.start.character) <= at <= (span.end.line, span.end.character)


def _explained(found: types.Diagnostic, rule: Rule) -> str:
    """Return the reason in Markdown. The message holds words of the text, which may hold marks of their own."""
    message = _MARKS.sub(r"\\\g<0>", found.message)
    lines = [f"**{message}**", rule.why, rule.suggestion]
    if rule.help_url:
        lines.append(f"[{rule.sources[0].guide}]({rule.help_url})")
    lines.append(f"`{rule.id}`. Turn it off for what follows: `<!-- curbcut-ignore {rule.id} your reason -->`")
    return "\n\n".join(lines)


def make_server(version: str, guide: str = DEFAULT_GUIDE, lang: str = "") -> StyleServer:
    """Return a server, ready to be started on standard input and output."""
    server = StyleServer(version, guide, lang)

    @server.feature(types.INITIALIZE)
    def initialize(ls: StyleServer, params: types.InitializeParams) -> None:
        ls.configure(params.initialization_options)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: StyleServer, params: types.DidOpenTextDocumentParams) -> None:
        ls.publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(ls: StyleServer, params: types.DidChangeTextDocumentParams) -> None:
        await ls.publish_later(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: StyleServer, params: types.DidSaveTextDocumentParams) -> None:
        ls.publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: StyleServer, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        ls.shown.pop(uri, None)
        before = ls.waiting.pop(uri, None)
        if before is not None:
            before.cancel()
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(ls: StyleServer, params: types.HoverParams) -> types.Hover | None:
        return ls.explain(params.text_document.uri, params.position)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def mend(_ls: StyleServer, params: types.CodeActionParams) -> list[types.CodeAction]:
        return list(_actions(params))

    return server


def _actions(params: types.CodeActionParams) -> list[types.CodeAction]:
    actions: list[types.CodeAction] = []
    for diagnostic in params.context.diagnostics:
        data = diagnostic.data if isinstance(diagnostic.data, dict) else {}
        for word in data.get("replacements", ()):
            edit = types.TextEdit(diagnostic.range, str(word))
            actions.append(
                types.CodeAction(
                    title=f"Write “{word}”",
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=[diagnostic],
                    edit=types.WorkspaceEdit(changes={params.text_document.uri: [edit]}),
                )
            )
    return actions
