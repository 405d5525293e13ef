"""monitoring/statement/locale/statement.pot: what translators of the model statement start from."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from babel.messages import Catalog
from babel.messages.pofile import write_po

from monitoring.statement.text import MESSAGES

PAGE = "monitoring/statement/locale/statement.pot"
SINCE = datetime(2026, 11, 26, tzinfo=UTC)
"""A template's creation date is a fixed one, so that it changes only when its messages do."""

HEADER = """# The model accessibility statement, for translators: copy to xx.po and fill in each msgstr.
# What stands in %(...)s is filled in by the program and must stay as it is."""


def pages() -> dict[str, str]:
    """Return the template."""
    catalogue = Catalog(project="curbcut", version="1", creation_date=SINCE, fuzzy=False, header_comment=HEADER)
    for name, message in MESSAGES.items():
        flags = {"python-format"} if "%(" in message else set()
        catalogue.add(message, auto_comments=[name], flags=flags)
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110)
    return {PAGE: stream.getvalue().decode("utf-8")}
