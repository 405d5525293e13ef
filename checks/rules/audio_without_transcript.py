"""Recorded sound has a text that says the same (WCAG 1.2.1)."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import HIDDEN, is_exposed
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._facts import duration_s, fact
from checks.rules._heard import heard
from checks.rules._media import SHORT_SOUND_S, has_source, leads_on, leads_to, words_on_page
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Recorded sound has a transcript",
    wcag=["1.2.1"],
    impact="serious",
    who="People who are deaf or hard of hearing do not learn what the recording says.",
    how="Put a transcript on the page or link it beside the player. It says who speaks, and names sounds that matter.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G158",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/e7aa44/proposed/",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/2eb176/proposed/",
    ],
    messages={
        "failed": "This recording lasts {seconds} seconds. The page has only {words} words and leads nowhere else, so "
        "there is no transcript.",
        "cantTell.text": "No link or heading here speaks of a transcript. Does the text of the page say all that the "
        "recording says?",
        "cantTell.nothing": "No link or heading here speaks of a transcript, and the page has only {words} words. "
        "Is there a transcript of this recording?",
    },
)

WORDS_PER_SECOND_MIN = 1.0
"""Slow speech has about 100 words a minute; a text with less than 60 is no transcript of continuous speech."""
_WORD = re.compile(r"\w+")


@rule.targets
def recordings(page: PageView) -> list[Tag]:
    """Look at audio that people can start or that starts by itself, except for signals and silence."""
    return [audio for audio in page.soup.find_all("audio") if _plays(audio) and _is_a_recording(audio)]


@rule.expect
def has_transcript(audio: Tag) -> Verdict:
    """Fail where no transcript can be; ask where nothing speaks of one."""
    if leads_to(audio, "transcript"):
        return passed()
    count = words_on_page(audio)
    seconds = duration_s(audio)
    if seconds is None or count >= WORDS_PER_SECOND_MIN * seconds:
        return cant_tell("cantTell.text")
    # Music or a bird's song may need few words. That it is speech is proven where the page says so itself.
    is_proven = count == 0 or once_a_page(audio, _speaks_of_speech)
    if is_proven and not leads_on(audio):
        return failed(seconds=round(seconds), words=count)
    return cant_tell("cantTell.nothing", words=count)


def _plays(audio: Tag) -> bool:
    if not has_source(audio) and not audio.has_attr("controls"):
        return False
    if is_exposed(audio):
        return audio.has_attr("controls") or audio.has_attr("autoplay")
    # A player without controls has no box, so nobody sees it; it is heard all the same.
    return audio.has_attr("autoplay") and not any(parent.has_attr(HIDDEN) for parent in audio.parents)


def _is_a_recording(audio: Tag) -> bool:
    seconds = duration_s(audio)
    return fact(audio, "sound") != "no" and (seconds is None or seconds > SHORT_SOUND_S)


def _speaks_of_speech(root: Tag) -> bool:
    body = root.find("body")
    said = set(_WORD.findall(plain(heard(body)))) if isinstance(body, Tag) else set()
    return bool(said & words("media")["speech"])


EXAMPLES = examples(
    passed=[
        '<audio controls src="a.mp3"></audio><a href="/t">Transcript of the interview</a>',
        '<audio controls src="a.mp3"></audio><details><summary>Transkript</summary>Guten Tag ...</details>',
    ],
    failed=[
        '<audio controls src="a.mp3" data-curbcut-duration="27"></audio>',
        '<p>Listen to the speech of our mayor.</p><audio controls src="a.mp3" data-curbcut-duration="300"></audio>',
    ],
    cant_tell=[
        '<p>A robin</p><audio controls src="a.mp3" data-curbcut-duration="20"></audio>',
        '<p>Our mayor\'s speech</p><a href="/">Elm</a><audio controls src="a.mp3" data-curbcut-duration="90"></audio>',
        '<audio controls src="a.mp3" data-curbcut-duration="5"></audio><p>Good morning, here is the town of Elm.</p>',
        '<audio autoplay src="a.mp3" data-curbcut-hidden></audio><p>Good morning.</p>',
    ],
    inapplicable=[
        '<audio src="a.mp3"></audio>',
        '<div data-curbcut-hidden><audio controls src="a.mp3"></audio></div>',
        '<audio controls src="ping.mp3" data-curbcut-duration="1.2"></audio>',
        '<a href="a.mp3">Download the speech</a>',
    ],
)
