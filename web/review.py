"""The Review screen: the questions that a scan left to people, one at a time, with what is needed to answer them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from checks import standards
from checks.model import Outcome
from reports import analysis
from reports.analysis import Issue, Question
from store import verdicts
from store.verdicts import Verdict
from web.errors import AnswerError
from web.forms import Form, read_form
from web.page import page
from web.shelf import Entry, Shelf, opened

REVIEWER_COOKIE = "curbcut_reviewer"
ANSWERS = {
    "passed": (Outcome.PASSED, "It is fine"),
    "failed": (Outcome.FAILED, "It is a barrier"),
    "inapplicable": (Outcome.INAPPLICABLE, "It does not apply here"),
}
OTHER = "other"
"""Stands for questions of no success criterion, such as those of language."""

MAX_DIGITS = 18  # of a number that any database can hold
MAX_NAME_CHARS = 80
MAX_NOTE_CHARS = 2_000
SHOWN_ANSWERS = 50
YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one criterion is: its questions, and the answers that were given."""

    number: str
    name: str
    url: str
    n_open: int
    n_answered: int


@dataclass(frozen=True, slots=True)
class Work:
    """What is left to answer in a scan, and what was answered, the newest first."""

    questions: tuple[Question, ...]
    answers: tuple[Verdict, ...]
    progress: tuple[Progress, ...]

    def index(self, wanted: str) -> int | None:
        """Return where the question of this id stands, None where it is answered or never was one."""
        return next((index for index, question in enumerate(self.questions) if question.id == wanted), None)

    def after(self, index: int) -> str:
        """Return the id of the question that follows, round and round."""
        return self.questions[(index + 1) % len(self.questions)].id


class Review:
    """The views of the screen."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def routes(self) -> list[Route]:
        """Return the screen's addresses."""
        return [
            Route("/review", self.screen),
            Route("/review/{key}", self.one, methods=["GET", "POST"]),
            Route("/review/{key}/undo", self.undo, methods=["POST"]),
            Route("/review/{key}/picture", self.picture),
        ]

    async def screen(self, request: Request) -> Response:
        """List the scans with the number of their questions."""
        entries = await run_in_threadpool(self._shelf.entries)
        return page(request, "reviews.html", screen="review", entries=entries)

    async def one(self, request: Request) -> Response:
        """Show one question; a form that is sent answers it and leads to the next."""
        form = await read_form(request) if request.method == "POST" else None
        entry = await run_in_threadpool(self._shelf.entry, request.path_params["key"])
        if entry.scan is None:
            raise AnswerError(422, "This scan cannot be read", entry.error)
        return await self._page(request, entry) if form is None else await self._answer(request, entry, form)

    async def _page(
        self, request: Request, entry: Entry, *, error: str = "", note: str = "", status: int = 200
    ) -> Response:
        criterion = request.query_params.get("criterion", "")
        work = await run_in_threadpool(_work, entry, criterion)
        index = work.index(request.query_params.get("question", "")) or 0  # else the first
        issue = await run_in_threadpool(_in_full, entry, work.questions[index]) if work.questions else None
        known = standards.criteria()
        done = request.query_params.get("done", "")
        return page(
            request, "review.html", status=status, screen="review", is_top=False, entry=entry, work=work, issue=issue,
            position=index + 1, criterion=criterion, answers=ANSWERS, error=error, note=note, other=OTHER,
            reviewer=request.cookies.get(REVIEWER_COOKIE, ""), done=ANSWERS[done][1] if done in ANSWERS else "",
            was=request.query_params.get("was", ""), undo=request.query_params.get("undo", ""),
            criteria=[known[number] for number in issue.wcag if number in known] if issue else [],
            next_link=_link(entry, criterion, work.after(index)) if issue else "",
            shown_answers=work.answers[:SHOWN_ANSWERS],
        )  # fmt: skip

    async def _answer(self, request: Request, entry: Entry, form: Form) -> Response:
        criterion = request.query_params.get("criterion", "")
        name = " ".join(form.text("name").split())[:MAX_NAME_CHARS]
        note = form.text("note").strip()[:MAX_NOTE_CHARS]
        work = await run_in_threadpool(_work, entry, criterion)
        index = work.index(form.text("question"))
        issue = await run_in_threadpool(_in_full, entry, work.questions[index]) if index is not None else None
        if index is None or issue is None:
            error = "Somebody has answered this question already; the answer stands below. Here is the next one."
            return await self._page(request, entry, error=error, status=409)
        if form.text("answer") not in ANSWERS:
            return await self._page(request, entry, error="Choose one of the answers.", note=note, status=422)
        if not name:
            error = "Say who you are: an answer is kept with a name."
            return await self._page(request, entry, error=error, note=note, status=422)
        outcome = ANSWERS[form.text("answer")][0]
        following = work.after(index)
        await run_in_threadpool(_decide, entry, issue, outcome, name, note)
        done = {"done": form.text("answer"), "was": issue.title, "undo": f"{issue.rule} {issue.component}"}
        answer = RedirectResponse(_link(entry, criterion, following, **done), 303)
        cookie = name.encode("ascii", "ignore").decode()  # a name in other letters is asked for again
        if cookie == name:
            answer.set_cookie(REVIEWER_COOKIE, name, max_age=YEAR_S, httponly=True, samesite="lax", path="/review")
        return answer

    async def undo(self, request: Request) -> Response:
        """Take the answers to one question back: it stands in the list again."""
        form = await read_form(request)
        entry = await run_in_threadpool(self._shelf.entry, request.path_params["key"])
        rule, _, component = form.text("undo").partition(" ")
        count = await run_in_threadpool(_undo, entry, rule, component)
        if not count:
            raise AnswerError(409, "There was no such answer", "Somebody may have taken it back already.")
        return RedirectResponse(
            _link(entry, form.text("criterion"), analysis.issue_id(rule, component, "cantTell")), 303
        )

    async def picture(self, request: Request) -> Response:
        """Return the screenshot of a question."""
        folder = await run_in_threadpool(self._shelf.find, request.path_params["key"])
        number = request.query_params.get("finding", "")

        def read() -> bytes | None:
            with opened(folder) as (engine, _), engine.connect() as connection:
                return analysis.picture_data(connection, int(number))

        is_number = number.isascii() and number.isdecimal() and len(number) <= MAX_DIGITS
        data = await run_in_threadpool(read) if is_number else None
        if data is None:
            raise AnswerError(404, "There is no picture of this", "Go back to the question.")
        media_type = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
        return Response(data, media_type=media_type)


def _link(entry: Entry, criterion: str, question: str, **more: str) -> str:
    query = {"criterion": criterion, "question": question, **more}
    return f"/review/{entry.key}?" + urlencode({name: value for name, value in query.items() if value})


def _work(entry: Entry, criterion: str) -> Work:
    """Read the open questions by criterion, those on most pages first, and the answers."""
    with opened(entry.folder) as (engine, scan_id), engine.connect() as connection:
        found = analysis.questions(connection, scan_id)
        given = verdicts.answers(connection, scan_id)
        of_rule = verdicts.criteria_of_rules(connection, scan_id)
    found.sort(key=lambda question: _order(question.wcag[0] if question.wcag else OTHER))
    n_open = Counter(number for question in found for number in question.wcag or (OTHER,))
    n_answered = Counter(number for answer in given for number in of_rule.get(answer.rule) or (OTHER,))
    known = standards.criteria()
    progress = []
    for number in sorted({*n_open, *n_answered}, key=_order):
        one = known.get(number)
        name, url = (f"{number} {one.handle}", one.url()) if one else ("Language and other questions", "")
        progress.append(Progress(number, name, url, n_open[number], n_answered[number]))
    wanted = [question for question in found if not criterion or criterion in (question.wcag or (OTHER,))]
    return Work(tuple(wanted), tuple(given), tuple(progress))


def _in_full(entry: Entry, question: Question) -> Issue | None:
    """Return a question with its example; None where somebody has answered it since."""
    with opened(entry.folder) as (engine, scan_id), engine.connect() as connection:
        outcome = Outcome.CANT_TELL
        return analysis.issue(connection, scan_id, rule_id=question.rule, component=question.component, outcome=outcome)


@cache
def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".")) if number[:1].isdigit() else (99,)


def _decide(entry: Entry, issue: Issue, outcome: Outcome, name: str, note: str) -> int:
    with opened(entry.folder, read_only=False) as (engine, scan_id):
        return verdicts.decide(engine, scan_id, issue.rule, issue.component, outcome=outcome, name=name, note=note)


def _undo(entry: Entry, rule: str, component: str) -> int:
    with opened(entry.folder, read_only=False) as (engine, scan_id):
        return verdicts.undo_all(engine, scan_id, rule, component)
