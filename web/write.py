"""The Write screen: a text, its marks and its hints. Nothing of it is kept or sent anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reports.html.render import LANGUAGES
from reports.style.view import GROUPS
from styleguide.errors import GuideError
from styleguide.guides import Guide, known_titles, load_guide
from styleguide.input import DraftFormat, UnreadableError, read_draft
from web.as_markdown import as_markdown
from web.config import MAX_MARKED_CHARS, WebConfig
from web.drafts import Judged, judge_text, replace_words, too_long
from web.errors import AnswerError
from web.forms import Form, read_form
from web.page import page, part

OFFERED_LANGUAGES = {"": "Tell from the text", "en": "English", "de": "German", "fr": "French", "es": "Spanish"}
"""Languages to choose; rules of words exist for few, and the text tells its own nearly always."""


@dataclass(slots=True)
class _Choice:
    """What a form asked for: the text, the guide by name and the language."""

    text: str
    guide_name: str
    guide: Guide
    lang: str


class Write:
    """The views of the screen."""

    def __init__(self, config: WebConfig) -> None:
        self._own_name, self._own_guide = config.guide, load_guide(config.guide)
        self._guides = {config.guide: self._own_guide.title, **known_titles()}

    def routes(self) -> list[Route]:
        """Return the screen's addresses."""
        return [
            Route("/write", self.screen, methods=["GET", "POST"]),
            Route("/write/hints", self.hints, methods=["POST"]),
            Route("/write/file", self.file, methods=["POST"]),
        ]

    def warm_up(self) -> None:
        """Read what the first text needs (word lists, formulas), so that nobody waits for it at the first letter."""
        judge_text("This is a text.", self._own_guide)

    async def screen(self, request: Request) -> Response:
        """Show the screen; a form that is sent is answered with its text marked."""
        if request.method != "POST":
            return self._page(request, _Choice("", self._own_name, self._own_guide, ""), None)
        form = await read_form(request)
        choice, notes = self._choice(form), list[str]()
        if form.data and form.text("do") == "file":
            try:
                choice.text, note = await run_in_threadpool(_text_of_file, form)
            except UnreadableError as error:
                return self._page(request, choice, None, error=str(error), status=422)
            notes += [note] if note else []
        too_much = too_long(choice.text)
        if too_much:
            return self._page(request, choice, None, error=too_much, status=413)
        if not choice.text.strip():
            return self._page(
                request, choice, None, error="There is no text yet. Write or paste some, or choose a file."
            )
        judged = await run_in_threadpool(judge_text, choice.text, choice.guide, choice.lang)
        if form.text("use"):
            choice.text, judged, note = await run_in_threadpool(_used, choice, judged, form.text("use"))
            notes.append(note)
        return self._page(request, choice, judged, notes=notes)

    async def hints(self, request: Request) -> Response:
        """Return the marks and the panel of a text, for the script that marks while somebody types."""
        choice = self._choice(await read_form(request))
        error = too_long(choice.text)
        if error:
            return JSONResponse({"error": error}, 413)
        return JSONResponse(await run_in_threadpool(_answer, choice))

    async def file(self, request: Request) -> Response:
        """Return the text of a file, for the script that puts it into the editor."""
        form = await read_form(request)
        try:
            text, note = await run_in_threadpool(_text_of_file, form)
        except UnreadableError as error:
            return JSONResponse({"error": str(error)}, 422)
        return JSONResponse({"text": text, "note": note})

    def _choice(self, form: Form) -> _Choice:
        lang = form.text("lang")
        # Only guides of the list: a name may else be any folder of this machine.
        name = form.text("guide") if form.text("guide") in self._guides else self._own_name
        try:
            guide = load_guide(name)
        except GuideError as error:
            raise AnswerError(422, "The style guide cannot be read", str(error)) from error
        return _Choice(form.text("text"), name, guide, lang if lang in LANGUAGES else "")

    def _page(
        self, request: Request, choice: _Choice, judged: Judged | None, *, status: int = 200, **context: Any
    ) -> Response:
        return page(
            request,
            "write.html",
            status=status,
            screen="write",
            text=choice.text,
            guide=choice.guide_name,
            guides=self._guides,
            lang=choice.lang,
            languages=OFFERED_LANGUAGES,
            most_chars=MAX_MARKED_CHARS,
            judged=judged,
            groups=GROUPS,
            error=context.get("error", ""),
            notes=context.get("notes", ()),
        )


def _answer(choice: _Choice) -> dict[str, Any]:
    judged = judge_text(choice.text, choice.guide, choice.lang)
    return {
        "status": judged.status if choice.text.strip() else "",
        "marks": judged.marks(),
        "panel": part("hints.html", judged=judged if choice.text.strip() else None, groups=GROUPS, is_live=True),
    }


def _text_of_file(form: Form) -> tuple[str, str]:
    """Return a file's text as the editor takes it, and what to know of it. UnreadableError."""
    name = form.file_name or "The file"
    if not form.data:
        raise UnreadableError(f"{name} is empty.")
    draft = read_draft(form.data, name)
    if draft.format in (DraftFormat.DOCX, DraftFormat.HTML):
        text = as_markdown(draft)
        note = f"The text of {name} was taken over as Markdown. What you change here does not change the file."
    else:
        text, note = draft.source.replace("\r\n", "\n"), f"The text of {name} was taken over. The file stays as it is."
    if not text.strip():
        raise UnreadableError(f"There is no text in {name}.")
    if too_long(text):
        raise UnreadableError(
            f"{name} has {len(text):,} characters; up to {MAX_MARKED_CHARS:,} fit in here. Use: curbcut style FILE"
        )
    return text, note


def _used(choice: _Choice, judged: Judged, wanted: str) -> tuple[str, Judged, str]:
    """Make the replacement that a button without script asked for: `start:end:word`."""
    start, _, rest = wanted.partition(":")
    end, _, word = rest.partition(":")
    changed = None
    if start.isascii() and start.isdigit() and end.isascii() and end.isdigit():
        changed = replace_words(choice.text, judged, int(start), int(end), word)
    if changed is None:
        return choice.text, judged, "Nothing was replaced: the text has changed there. These hints are fresh."
    note = f"“{choice.text[int(start) : int(end)]}” was replaced by “{word}”."
    return changed, judge_text(changed, choice.guide, choice.lang), note
