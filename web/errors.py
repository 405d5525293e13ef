"""What a view may answer instead of its page: a status and a sentence for whoever asked."""

from __future__ import annotations


class AnswerError(Exception):
    """The request cannot be done. `title` names what is wrong, `text` says what to do next."""

    def __init__(self, status: int, title: str, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.title = title
        self.text = text
