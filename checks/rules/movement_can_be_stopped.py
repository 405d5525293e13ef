"""What moves, blinks, scrolls or updates by itself for over 5 seconds can be stopped (WCAG 2.2.2)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="What moves by itself can be stopped",
    kind="rendered",
    probe="movement",
    wcag=["2.2.2"],
    impact="serious",
    who="People who are easily distracted, or read slowly, cannot read what stands beside it or moves itself.",
    how="Give a pause button, or let it stop after five seconds.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/pause-stop-hide",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F16",
    ],
    messages={
        "failed": (
            "This {tag} with text moves or blinks by itself for over 5 seconds, and the page has no button to stop it."
        ),
        "failed.changes": (
            "This {tag} says one thing after another by itself for over 5 seconds. The page has no button to stop it."
        ),
        "failed.timer": (
            "This {tag} says one thing after another by itself, every {seconds} seconds. "
            "The page has no button to stop it."
        ),
        "cantTell.timer": (
            "This {tag} changes by itself every {seconds} seconds. {doubt} Can people pause, stop or hide it?"
        ),
        "cantTell": "This {tag} {does} by itself for over 5 seconds. {doubt} Can people pause, stop or hide it?",
    },
)

MOVES_TEXT = ("opacity", "visibility", "transform", "translate", "left", "right", "top", "marginLeft", "marginTop")
LEAST_TEXT_CHARS = 10
LEAST_PIXELS = 40
LEAST_BLINKS = 4
"""A text that has come and gone so often blinks; what opens and closes once does not."""
LEAST_TEXTS = 2
"""A part of the page that says one thing after another changes, even where two pictures happen to show the same."""
LEAST_SAYINGS = 3
"""Texts of words, without their figures: a clock or a counter may have to run, and one change is a result that came."""
LEAST_UNTIL_MS = 3500
"""What changed no more after that was being loaded, or has come to its end."""
_DOES = {"gif": "moves", "video": "plays", "script": "changes", "animation": "is animated", "marquee": "scrolls"}


@rule.targets
def moving(view: ProbeView) -> list[Seen]:
    """Look at what is set to move for longer than five seconds, and at what scripts kept changing."""
    return view.seen("moving")


@rule.expect
def can_be_stopped(seen: Seen) -> Verdict:
    """Pass what stands still in the pictures or has a pause button beside it; fail moving text without any button."""
    data, tag = seen.data, seen.element.tag
    pixels = data.get("pixels")
    blinks = int(data.get("blinks") or 0) >= LEAST_BLINKS and int(data.get("text") or 0) >= LEAST_TEXT_CHARS
    says_more = int(data.get("texts") or 0) >= LEAST_TEXTS or blinks
    stands = isinstance(pixels, int) and pixels < LEAST_PIXELS and not says_more
    if data.get("hasControls") or data.get("isNear") or stands:
        return passed()
    kind = str(data["kind"])
    moves_text = kind in ("marquee", "blink") or (
        kind == "animation" and any(name in MOVES_TEXT for name in str(data["changed"]).split(", "))
    )
    is_proven = pixels is not None and moves_text and int(data.get("text") or 0) >= LEAST_TEXT_CHARS
    is_proven = is_proven or (blinks and int(data.get("until") or 0) >= LEAST_UNTIL_MS)
    is_without_doubt = not data["buttons"] and not data.get("stopsWhenReduced") and not data["aloneOnPage"]
    if is_proven and is_without_doubt:
        return failed(tag=tag)
    goes_on = int(data.get("until") or 0) >= LEAST_UNTIL_MS and not data.get("grows") and not data.get("isTimer")
    speaks_on = is_without_doubt and goes_on and int(data.get("sayings") or 0) >= LEAST_SAYINGS
    if kind == "timer":
        seconds = float(data["seconds"])
        if speaks_on:
            return failed("failed.timer", tag=tag, seconds=f"{seconds:g}")
        return cant_tell("cantTell.timer", tag=tag, seconds=f"{seconds:g}", doubt=_doubt(seen))
    if kind == "script" and speaks_on:
        return failed("failed.changes", tag=tag)
    return cant_tell(tag=tag, does=_DOES.get(kind, "moves"), doubt=_doubt(seen))


def _doubt(seen: Seen) -> str:
    if seen.data.get("control"):
        return f'The page has a button "{str(seen.data["control"])[:60]}".'
    if seen.data.get("stopsWhenReduced"):
        return "It stops for people who have asked their device for less motion."
    return "No button beside it says that it stops it."


_SLIDE = "<style>@keyframes s { from { transform: translateX(0) } to { transform: translateX(300px) } }</style>"
_NEWS = '<p style="animation: s 2.3s infinite linear">News of the town: the bridge is closed until June.</p>'
_SLIDES = (
    "<style>.s { display: none } .s.on { display: block; font-size: 2em }</style><p>Text beside it.</p>"
    '<section aria-roledescription="carousel" aria-label="News"><div><div class="s on">The pool opens</div>'
    '<div class="s">The bridge is closed</div><div class="s">Sun tomorrow</div></div></section><script>let i = 0;'
    " const all = [...document.querySelectorAll('.s')]; const next = () => { all[i % 3].classList.remove('on');"
    " all[++i % 3].classList.add('on'); };</script>"
)
_EVERY_4_S = "<script>setInterval(next, 4000)</script>"
_EVERY_5_S = "<script>(function later() { setTimeout(() => { next(); later(); }, 5000); })()</script>"

EXAMPLES = examples(
    passed=[
        _SLIDES.replace("</section>", "<button>Pause</button></section>") + _EVERY_4_S,
        f"{_SLIDE}<p>Text that stands.</p><div>{_NEWS}<button>Pause the news</button></div>",
        f'{_SLIDE}<p>Text.</p><p style="animation: s 7.1s infinite steps(1)">Set to move, and stands at one place.</p>',
    ],
    failed=[
        "<p>News:</p><p id=b>The bridge is closed</p><script>setInterval(() => { b.style.visibility = "
        "b.style.visibility ? '' : 'hidden'; }, 600)</script>",
        f"{_SLIDE}<p>Text that stands beside it.</p>{_NEWS}",
        "<p>Text beside it.</p><marquee>News of the town: the bridge is closed until June.</marquee>",
        "<p>News:</p><p id=c>Rain today</p><script>let i = 0; setInterval(() => { c.textContent ="
        " ['Rain today', 'The bridge is closed', 'Sun tomorrow'][i++ % 3]; }, 900)</script>",
        _SLIDES + _EVERY_4_S,
        _SLIDES + _EVERY_5_S,
    ],
    cant_tell=[
        _SLIDES.replace("</section>", "<button>Next</button></section>") + _EVERY_4_S,
        _SLIDES + "<script>setInterval(() => { if (!matchMedia('(prefers-reduced-motion: reduce)').matches) next(); },"
        " 4000)</script>",
        '<p>Text</p><p id="c" role="timer"></p><script>let i = 0; setInterval(() => { c.textContent = ["Next bus soon",'
        ' "Next bus now", "Bus has left"][i++ % 3]; }, 3000)</script>',
        f"{_SLIDE}<p>Text that stands.</p>{_NEWS}<button>Menu</button>",
        f"{_SLIDE}<style>@media (prefers-reduced-motion: reduce) {{ p {{ animation: none !important }} }}</style>"
        f"<p>Text that stands.</p>{_NEWS}",
        '<p>Clock</p><p id="c" style="font-size: 3em">0</p><script>setInterval(() => c.textContent++, 300)</script>',
        "<p>News:</p><p id=c>Rain</p><script>setInterval(() => { c.append(' and sun'); }, 900)</script>",
        "<p>News:</p><p id=c>Rain today</p>"
        "<script>setInterval(() => { c.textContent = c.textContent[0] === 'R' ? 'Sun' : 'Rain today'; }, 900)</script>",
    ],
    inapplicable=[
        "<p>Nothing moves.</p>",
        _SLIDES + "<script>setTimeout(next, 3000)</script>",
        "<p>Text</p><script>setInterval(() => { fetch('/still-there'); }, 5000)</script>",
        f'{_SLIDE}<p style="animation: s 2s 2 linear">Moves for four seconds.</p>',
        f'{_SLIDE}<p>Text</p><div class="spinner" style="animation: s 2s infinite; width: 40px; height: 40px"></div>',
    ],
)
