"""Reads forms: within bounds, and only with the value that our own pages hold."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from web.config import MAX_BODY_BYTES, MAX_FIELDS, MAX_FILES
from web.errors import AnswerError
from web.guard import FORM_COOKIE

KEY_FIELD = "form_key"


@dataclass(frozen=True, slots=True)
class Form:
    """The text fields of a form, line ends as "\\n", and the one file it may carry ("" and no bytes without)."""

    fields: Mapping[str, str]
    file_name: str = ""
    data: bytes = b""

    def text(self, name: str) -> str:
        """Return a field, "" where it is missing."""
        return self.fields.get(name, "")


async def read_form(request: Request) -> Form:
    """Return a request's form. AnswerError where it is broken or does not come from a page of ours."""
    try:
        sent = await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_BODY_BYTES)
    except HTTPException as error:
        raise AnswerError(400, "This form cannot be read", "Go back, and send it again.") from error
    fields: dict[str, str] = {}
    file_name, data = "", b""
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            file_name, data = value.filename or "", await value.read()
        else:
            fields[name] = value.replace("\r\n", "\n").replace("\r", "\n")
    await sent.close()
    cookie = request.cookies.get(FORM_COOKIE, "")
    if not cookie or not hmac.compare_digest(fields.get(KEY_FIELD, "").encode(), cookie.encode()):
        text = "Nothing was changed. Go back, load that page again, and send the form once more. Cookies must be on."
        raise AnswerError(403, "This form is out of date", text)
    return Form(fields, file_name, data)
