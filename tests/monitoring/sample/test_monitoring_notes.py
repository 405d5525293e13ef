"""Notes of samples: kept in English, said again in the language of a report."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product

import pytest

from monitoring.register.model import LEVELS, SERVICES
from monitoring.sample import notes
from monitoring.sample.draw import Site, draw, spoken
from monitoring.sample.size import wanted_of
from reports.wording import Foreign, say, speaking

VALUES = {
    "available": 40, "size": 78, "few": 30, "mark": " (unverified)", "taken": 3, "new": 10, "method": "in-depth",
    "level": LEVELS["d"], "service": spoken(SERVICES[0]), "territory": "AT2", "n": 2, "sites": "sites",
    "places": "places", "urls": "https://a.example/, https://b.example/",
}  # fmt: skip


@pytest.mark.parametrize("message", notes.MESSAGES)
@pytest.mark.parametrize("mark", [" (unverified)", ""])
def test_every_note_is_said_in_another_language(message: str, mark: str) -> None:
    kept = message % (VALUES | {"mark": mark})
    assert notes.spoken_note(kept) == kept
    with speaking("de"):
        said = notes.spoken_note(kept)
        assert not isinstance(said, Foreign)
        own = {name: say(value) if isinstance(value, str) and value else str(value) for name, value in VALUES.items()}
        assert said == say(message, **(own | {"mark": say(mark) if mark else ""}))
    assert not re.search(r"\b(the|of|unverified|sites|places)\b", said.replace(VALUES["urls"], ""))  # type: ignore[arg-type]


def test_what_a_draw_notes_is_known() -> None:
    sites: list[Site] = [
        {
            "key": f"{number}", "url": f"https://{number}.example/", "level": level, "services": [service],
            "nuts": nuts, "nominated_by": "Union" if number % 2 else "",
        }
        for number, (level, service, nuts) in enumerate(product("ab", SERVICES[:3], ("AT1", "AT2")))
    ]  # fmt: skip
    found = [wanted_of(78, 40)[1]]
    for last, recurring in ((frozenset[str](), "0.3"), (frozenset("123456789"), "0.5"), (frozenset({"1"}), "0.5")):
        for size in (4, 11, 12):
            found += draw(sites, size, seed=1, last=last, recurring=Fraction(recurring)).notes
    with speaking("fr"):
        said = {note: notes.spoken_note(note) for note in found}
    assert {note for note, told in said.items() if isinstance(told, Foreign)} == set()
    assert len({re.sub(r"\d+", "", note)[:24] for note in found}) >= 5


def test_a_note_of_another_wording_stays_english() -> None:
    with speaking("es"):
        assert isinstance(notes.spoken_note("Something else."), Foreign)
