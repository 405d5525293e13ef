"""Sound that starts by itself and lasts over 3 seconds can be stopped (WCAG 1.4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Sound that starts by itself can be stopped",
    kind="rendered",
    probe="media",
    wcag=["1.4.2"],
    impact="serious",
    who="People who use a screen reader cannot hear it over the sound, and cannot find out how to stop it.",
    how="Start sound only when people ask for it, or put a named pause or mute button at the start of the page.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/audio-control",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/80f0bf/proposed/",
    ],
    messages={
        "failed": "This {tag} plays sound by itself for {lasts}. None of the page's controls that were tried stops it.",
        "failed.control": (
            "This {tag} plays sound by itself for {lasts}. The control that stops it {why}, so people who use a "
            "screen reader do not know it."
        ),
        "cantTell": "This {tag} plays sound by itself for {lasts}. {doubt} Can people stop it?",
    },
)

FOR_EVER_S = 100_000


@rule.targets
def heard(view: ProbeView) -> list[Seen]:
    """Look at media that play by themselves, are not muted, and have sound."""
    return view.seen("playing")


@rule.expect
def can_be_stopped(media: Seen) -> Verdict:
    """Pass what is short, or has the browser's controls or a named one; ask where the proof is not whole."""
    data, tag = media.data, media.element.tag
    if float(data["lasts"]) <= 3 or data["hasControls"] or data.get("stoppedItself"):
        return passed()
    lasts = "ever" if float(data["lasts"]) > FOR_EVER_S else f"{float(data['lasts']):.0f} seconds"
    if data.get("control"):
        return _judge_control(data["control"], tag, lasts)
    doubt = _doubt(data)
    return cant_tell(tag=tag, lasts=lasts, doubt=doubt) if doubt else failed(tag=tag, lasts=lasts)


def _judge_control(control: Mapping[str, Any], tag: str, lasts: str) -> Verdict:
    if control["isHidden"]:
        return failed("failed.control", tag=tag, lasts=lasts, why="is hidden from assistive technology")
    if control["name"]:
        return passed()
    if control["hasPicture"]:
        return cant_tell(tag=tag, lasts=lasts, doubt="The control that stops it has a picture and no name.")
    return failed("failed.control", tag=tag, lasts=lasts, why="has no name")


def _doubt(data: Mapping[str, Any]) -> str:
    if data.get("lostPage"):
        return "The page went away when its controls were tried."
    if data.get("leftOut"):
        return "The buttons that were tried do not; some controls were not tried."
    if not data["isCertain"] or not data["isPlaying"]:
        return "No button does, but the sound may be silence."
    return ""


def _sound(seconds: int, attributes: str, after: str = "", loudness: int = 90) -> str:
    """A page that plays a tone of our own making: 8-bit samples, 8,000 a second, in a WAV file that a script writes."""
    return (
        f'<audio id="a" {attributes}></audio>{after}<script>'
        f"const n = 8000 * {seconds}, b = new Uint8Array(44 + n), v = new DataView(b.buffer);"
        "const s = (o, t) => [...t].forEach((c, i) => b[o + i] = c.charCodeAt(0));"
        "s(0, 'RIFF'); v.setUint32(4, 36 + n, true); s(8, 'WAVEfmt '); v.setUint32(16, 16, true); "
        "v.setUint16(20, 1, true);"
        "v.setUint16(22, 1, true); v.setUint32(24, 8000, true); v.setUint32(28, 8000, true); v.setUint16(32, 1, true);"
        "v.setUint16(34, 8, true); s(36, 'data'); v.setUint32(40, n, true);"
        f"for (let i = 0; i < n; i++) b[44 + i] = 128 + {loudness} * Math.sin(i / 3);"
        "a.src = URL.createObjectURL(new Blob([b], { type: 'audio/wav' }));</script>"
    )


_PAUSE = '<button onclick="a.pause()">Pause the music</button>'

EXAMPLES = examples(
    passed=[
        _sound(2, "autoplay"),
        _sound(20, "autoplay controls"),
        _sound(20, "autoplay", _PAUSE),
        _sound(20, "autoplay", '<button onclick="a.muted = true" aria-label="Ton aus"><svg></svg></button>'),
        _sound(20, "autoplay", "<script>setTimeout(() => a.pause(), 1500)</script>"),
    ],
    failed=[
        _sound(20, "autoplay"),
        _sound(2, "autoplay loop", '<button onclick="document.title = 1">Pause</button>'),
        _sound(20, "autoplay", f'<div aria-hidden="true">{_PAUSE}</div>'),
        _sound(20, "autoplay", '<button onclick="a.pause()"></button>'),
    ],
    cant_tell=[
        _sound(20, "autoplay", loudness=0),
        _sound(20, "autoplay", '<label>Volume <input type="range"></label>'),
        _sound(20, "autoplay", '<button onclick="a.pause()"><svg width="9" height="9"></svg></button>'),
    ],
    inapplicable=[_sound(20, "autoplay muted"), _sound(20, "controls"), "<p>No sound.</p>"],
)
