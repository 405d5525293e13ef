"""What stays of a class, an id, an address or a text from one build of a site to the next.

Builds put hashes and counters into names, editors mend quotes, optimisers wrap pictures. What is left here is what an
author chose; a fingerprint is made of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from babel.dates import get_month_names

from checks.model import digest

NAME_MAX_CHARS = 60
"""Characters of a text that count, without its spaces: more makes a text no more its own, and edits more likely."""

KNOWN_TOKENS = 4_096
"""Pages of a site have their class names in common, and each is asked about on every element that has it."""

# Class tokens that say what state an element is in, not which one it is.
_STATES = frozenset(
    {
        "active", "current", "selected", "open", "opened", "closed", "collapsed", "expanded", "hover", "focus",
        "focused", "focus-visible", "visited", "disabled", "enabled", "hidden", "visible", "show", "shown",
        "first", "last", "odd", "even", "loaded", "loading", "lazyload", "lazyloaded", "lazy", "in", "fade",
        "animated", "aos-init", "aos-animate", "hydrated",
    }
)  # fmt: skip
_STATE_PREFIX = re.compile(r"^(is|has|js|no)-")
_CSS_IN_JS = frozenset(
    {"css", "sc", "jss", "emotion", "svelte", "astro", "styled", "ng", "ngcontent", "nghost", "tss", "e"}
)
_STYLED_COMPONENT = re.compile(r"sc-\w+")
_STYLED_HASH = re.compile(r"(?=[A-Za-z]*[a-z][A-Za-z]*)(?=[A-Za-z]+[A-Z])[A-Za-z]{5,7}")
"""The second class of a styled component, with a capital within; alone it might be a name."""

_SCOPED_STYLE = re.compile(r"s-(?=\w*[a-z])(?=\w*[A-Z])\w{10,}")
"""The class by which SvelteKit ties a style to a component."""


_SESSION_PARAMETERS = re.compile(
    r"^(sid|s?ession_?id|phpsessid|jsessionid|token|csrf\w*|nonce|_|t|ts|time|timestamp|v|ver|version|rnd|random|cb|"
    r"cache\w*|utm_\w+)$",
    re.IGNORECASE,
)
_SIZE_PARAMETERS = re.compile(
    r"^(w|h|q|mw|mh|width|height|quality|size|dpr|fit|crop|fm|format|auto|itok|hash|iar)$", re.IGNORECASE
)
_PLAYER_PARAMETERS = re.compile(
    r"^(autoplay|mute|loop|controls|rel|si|dnt|enablejsapi|modestbranding|playsinline)$", re.IGNORECASE
)
"""How a player of films in a frame is to behave: not which film it plays."""

_SOURCE_PARAMETERS = ("url", "src", "file", "image", "path")
"""Where an optimiser of pictures is told which picture (`/_next/image?url=…`)."""

_MEDIA_FILE = re.compile(r"\.(avif|gif|html?|ico|jpe?g|mp3|mp4|ogg|png|svg|vtt|webm|webp|wav)$", re.IGNORECASE)
_PICTURE_FORMAT = re.compile(r"[-_.](avif|gif|jpe?g|png|webp)$", re.IGNORECASE)
"""A picture that is saved in another format is the same picture."""

_RENDITIONS = re.compile(
    r"_hu_?[0-9a-f]{8,}(?:_[0-9a-z]+)*(?=\.\w+$)"  # Hugo: its content's hash, size, way and quality
    r"|\.(?:width|height|max|min|fill|scale)-\d+(?:x\d+)?(?:-c\d+)?(?:\.[a-z]+-\w+)*(?=\.\w+$)"  # Wagtail
)
"""What programs put into a file's name that says how they made it from the picture that somebody chose."""

_ELEVENTY = re.compile(r"^(?=\w*[a-z][A-Z])([\w-]{10})-\d{3,4}(?=\.\w+$)")
"""Ten characters for the picture, capitals within, then its width."""

_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_DEFAULT_DOCUMENT = re.compile(r"(^|/)(index|default)\.(html?|php|aspx?)$|\.html?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[-_:.$\[\]]+")
_HEX = re.compile(r"[0-9a-f]{8,}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SHORT_HEX = re.compile(r"\d[0-9a-f]{3}")
_COUNTED = re.compile(r"(?:ctl|j_idt|idt)\d+")
"""The parts of names that ASP.NET and JSF number by a control's place."""

_REACT_ID = re.compile(r":[rR][0-9a-z]*:|«[rR][0-9a-z]*»|_[rR]_[0-9a-z]*_")
"""React's useId in versions 18 and 19, in the browser and on the server."""

_RUNS = re.compile(r"\d+|\D+")
_HASH_MIN_RUNS = 4  # letters and digits by turns: 9a4d
_HASH_MIN_CHARS = 5  # shorter mixes of letters and digits are names: h2, col6, mt4
_NAME_MAX_DIGITS = 2  # heading2 and col12 are names, f123 is a counter
_CASE_RUNS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_FILE_HASH = re.compile(r"(?=.*[a-z])(?=.+[A-Z])(?=.*[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{4})[A-Za-z]{8}")
"""Eight letters that a bundler made of a file's content: a capital within, and consonants that nobody can say."""

_PLAIN_CHARACTERS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)

_EDGES = ' .…:;,!*→←›‹>|·•"'
"""Signs around a label: a star where a field must be filled in, an arrow after "More"."""

_DATED_LANGUAGES = ("en", "de", "fr", "es", "it", "nl")


def stable_text(text: str) -> str:
    """Return `text` so that spaces, case, typography and counters ("3 comments") do not tell two crawls apart."""
    plain = unicodedata.normalize("NFKC", text).translate(_PLAIN_CHARACTERS)
    counted = _DIGITS.sub("#", _SPACES.sub("", plain.strip(_EDGES) or plain).casefold())
    return (_month_beside_number().sub("#", counted) if "#" in counted else counted)[:NAME_MAX_CHARS]


@lru_cache(maxsize=1)
def _month_beside_number() -> re.Pattern[str]:
    """Return what finds the month of a date, whose numbers are "#" already."""
    names = {
        name.rstrip(".").casefold()
        for language in _DATED_LANGUAGES
        for width in ("wide", "abbreviated")
        for name in get_month_names(width, locale=language).values()
    }
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        rf"#(?:st|nd|rd|th|er|\.)?(?:of|de)?(?:{month})\.?,?(?:de)?#?|(?:{month})\.?#(?:st|nd|rd|th)?,?#?"
    )


def stable_classes(tokens: Iterable[str]) -> list[str]:
    """Return the class tokens an author chose, sorted: no generated ones, no states, hashes cut off."""
    given = list(tokens)
    if any(_STYLED_COMPONENT.fullmatch(token) for token in given):
        given = [token for token in given if not _STYLED_HASH.fullmatch(token)]
    kept = {stable_token(token) for token in given if not _is_state(token)}
    return sorted(kept - {""})


@lru_cache(maxsize=KNOWN_TOKENS)
def stable_token(token: str) -> str:
    """Return an id, name or class without its generated parts (`menu-item-4571` gives `menu-item`), or nothing."""
    if _SCOPED_STYLE.fullmatch(token):
        return ""
    token = _REACT_ID.sub("", _UUID.sub("", token))
    parts = [part for part in _SEPARATORS.split(token) if part]
    if parts and (parts[0] in _CSS_IN_JS or parts[0].rstrip("0123456789") in ("jss", "css", "emotion")):
        return ""
    return "-".join(part for part in parts if not _is_generated(part))


def stable_link(value: str) -> str:
    """Return where a link leads: no session, no order of parameters, no default document or ending of a file."""
    parts = _split(value)
    if isinstance(parts, str):
        return parts
    path = _DEFAULT_DOCUMENT.sub("", _SESSION_PATH.sub("", parts.path))
    path = re.sub(r"^(\.{0,2}/)+", "", path).rstrip("/") or ("/" if parts.path else "")
    fragment = parts.fragment if not path and not parts.netloc else ""
    return "|".join((parts.netloc.casefold(), path, _query(parts.query), fragment))


def stable_source(value: str) -> str:
    """Return the file of a picture, frame or sound: no folder, no hash, no size."""
    parts = _split(value)
    if isinstance(parts, str):
        return parts
    parameters = dict(parse_qsl(parts.query))
    for name in _SOURCE_PARAMETERS:
        inner = parameters.get(name, "").partition("?")[0]
        if _MEDIA_FILE.search(inner):
            return _file_name(inner)
    name = _file_name(parts.path)
    if _MEDIA_FILE.search(parts.path):
        return name
    query = _query(parts.query, _SIZE_PARAMETERS, _PLAYER_PARAMETERS)
    return f"{name}?{query}" if query else name


def stable_sprite(value: str) -> str:
    """Return which picture of which file of pictures is used."""
    file, _, part = value.partition("#")
    return f"{stable_source(file)}#{part}"


def _split(value: str) -> SplitResult | str:
    """Return the parts of an address; of data in place of one, and of what is none, the text that stands for it."""
    value = value.strip()
    if value[:5].casefold() == "data:":
        return "data:" + digest(value)
    try:
        return urlsplit(value)
    except ValueError:
        return value


def _query(query: str, *without: re.Pattern[str]) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(k, v) for k, v in pairs if not any(pattern.match(k) for pattern in (_SESSION_PARAMETERS, *without))]
    return urlencode(sorted(kept))


def _file_name(path: str) -> str:
    name = _ELEVENTY.sub(r"\1", _RENDITIONS.sub("", path.rsplit("/", 1)[-1]))
    kept = [
        part
        for part in re.split(r"[-_.]", name)
        if part and (part.isdigit() or not (_is_generated(part) or _FILE_HASH.fullmatch(part)))
    ]
    return _PICTURE_FORMAT.sub("", "-".join(kept) if len(kept) > 1 else name)


@lru_cache(maxsize=KNOWN_TOKENS)
def _is_state(token: str) -> bool:
    return token.casefold() in _STATES or bool(_STATE_PREFIX.match(token))


def _is_generated(part: str) -> bool:
    if part.isdigit():
        return True
    if any(c.isdigit() for c in part):
        if (
            _HEX.fullmatch(part)
            or _SHORT_HEX.fullmatch(part)
            or _COUNTED.fullmatch(part)
            or len(_RUNS.findall(part)) >= _HASH_MIN_RUNS
        ):
            return True
        letters = part.rstrip("0123456789")
        n_digits = len(part) - len(letters)
        if letters.isalpha() and letters.islower():
            return n_digits > _NAME_MAX_DIGITS  # a word and a small number is a name: col12, heading2
        return len(part) >= _HASH_MIN_CHARS
    runs = _CASE_RUNS.findall(part)
    return len(runs) > 2 and part.isalpha() and all(len(run) <= 2 for run in runs)  # fKzPqW
