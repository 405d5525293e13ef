"""Finds pages that answer like any other, though their titles say that nothing is there ("soft 404")."""

from __future__ import annotations

import re

from sqlalchemy import Engine, select

from store.schema import page, url

SHOWN = 3
NOTHING_THERE = re.compile(
    r"^\W*(error|erreur|fehler|http)?\W*404\b|\b404\W*$"
    r"|\b(page (could )?not( be)? found|page (does not|doesn.t) exist"
    r"|seite (wurde |konnte )?nicht gefunden|page (non trouvée|introuvable)|página no encontrada|página não encontrada"
    r"|pagina non trovata|pagina niet gevonden|nie znaleziono strony|strona nie istnieje"
    r"|sidan (kunde inte hittas|hittades inte|finns inte)|siden (blev ikke fundet|ble ikke funnet|findes ikke)"
    r"|sivua ei (löydy|löytynyt)|stránk[ay] (nebyla nalezena|nenalezena|sa nenašla)|az oldal nem található"
    r"|pagina nu (a fost găsită|există)|stranica nije pronađena|strani ni mogoče najti|lehte ei leitud"
    r"|lapa nav atrasta|puslapis nerastas|η σελίδα δεν βρέθηκε|страницата не е намерена)\b",
    re.IGNORECASE,
)
"""A page about the error 404 could have such a title, too: the note says what was seen, and no page is left out."""


def note_missing(engine: Engine, scan_id: int) -> list[str]:
    """Return one sentence on the pages that say in their title that nothing is there, or none."""
    query = (
        select(url.c.url, page.c.title)
        .join(page, page.c.url_id == url.c.id)
        .where(url.c.scan_id == scan_id)
        .order_by(url.c.url)
    )
    with engine.connect() as connection:
        found = [row.url for row in connection.execute(query) if NOTHING_THERE.search(row.title)]
    if not found:
        return []
    which = ", ".join(found[:SHOWN]) + (", and more" if len(found) > SHOWN else "")
    return [
        f"Pages that answered as if all were well and whose title says that nothing is there: {len(found)} ({which})."
        " They count as checked, as people meet them. Let the server answer with 404."
    ]
