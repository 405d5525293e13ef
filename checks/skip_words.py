"""How links are called that lead past the menu."""

from __future__ import annotations

SKIPS = "|".join(
    (
        r"\b(?:skip|jump|bypass)\b",
        r"\bcontent\b",
        r"inhalt",
        r"contenu",
        r"contenido",
        r"contenuto",
        r"conte[uú]do",
        r"con[tț]inut",
        r"inhoud",
        r"innehåll",
        r"indhold",
        r"innhold",
        r"sisält",
        r"sisu\b",
        r"treści",
        r"obsah",
        r"tartalom",
        r"vsebin",
        r"sadržaj",
        r"turin",
        r"satur",
        r"съдържан",
        r"περιεχ",
        r"ábhar",
        r"kontenut",
    )
)
"""How skip links are called, in the languages of the Union: "skip" or a part of the word for content."""
