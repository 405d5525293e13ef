"""What to tell people whose scan checked no page: what became of the addresses they named, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine, select

from crawler.urls import origin_of
from store.reasons import explain
from store.schema import State, url

SHOWN = 5


def why_nothing(engine: Engine, scan_id: int) -> Iterator[str]:
    """Yield one line for each of the first start addresses. Its parts come from the site: escape it for a terminal."""
    query = (
        select(url.c.url, url.c.state, url.c.reason, url.c.detail, url.c.redirect_to)
        .where(url.c.scan_id == scan_id, url.c.source == "start", url.c.kind != "sitemap")
        .order_by(url.c.id)
        .limit(SHOWN)
    )
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    for row in rows:
        if row.state == State.OUT_OF_SCOPE and row.redirect_to:
            site = origin_of(row.redirect_to)
            yield f"{row.url} leads to another site. If that is the one you mean, scan it: curbcut scan {site}/"
        elif row.state in (State.FAILED, State.DISALLOWED, State.OUT_OF_SCOPE):
            detail = f" ({row.detail})" if row.detail else ""
            yield f"{row.url}: {explain(row.state, row.reason)}{detail}"
