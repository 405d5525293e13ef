"""The words of reports in the reader's language: say, in English, what stands there, and it comes out translated."""

from __future__ import annotations

from reports.wording.amounts import decimal, duration, file_size, moment, share_of_hundred, signed
from reports.wording.messages import Foreign, holding, labelled, language_of, of_rule, say, say_n, to_say
from reports.wording.numbers import number
from reports.wording.spoken import ENGLISH, direction, lang, languages, speaking

__all__ = [
    "ENGLISH",
    "Foreign",
    "decimal",
    "direction",
    "duration",
    "file_size",
    "holding",
    "labelled",
    "lang",
    "language_of",
    "languages",
    "moment",
    "number",
    "of_rule",
    "say",
    "say_n",
    "share_of_hundred",
    "signed",
    "speaking",
    "to_say",
]
