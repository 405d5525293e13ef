"""What is worked by swiping or with two fingers can also be worked by single presses (WCAG 2.5.1)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, passed

rule = Rule(
    __name__,
    title="Gestures have another way",
    kind="rendered",
    probe="drawn_paths",
    wcag=["2.5.1"],
    impact="serious",
    who="People who press with a stick, a knuckle or one finger cannot swipe, pinch or spread two fingers.",
    how="Add buttons that do the same, such as next and previous, or larger and smaller.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/pointer-gestures",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F105",
    ],
    messages={
        "cantTell": (
            "This {tag} listens for a gesture ({kind}), and no button was found in it or beside it. "
            "Can people do the same with single presses?"
        ),
    },
)


@rule.targets
def gestures(view: ProbeView) -> list[Seen]:
    """Look at elements whose scripts follow a finger's path, or two fingers."""
    return view.seen("gestures")


@rule.expect
def has_buttons(seen: Seen) -> Verdict:
    """Ask where nothing in the element or beside it can be pressed."""
    if seen.data.get("hasButtons"):
        return passed()
    return cant_tell(tag=seen.element.tag, kind=str(seen.data.get("kind")))


_PINCH = "<script>g.addEventListener('touchmove', (event) => event.touches.length === 2 && g.append(1))</script>"
_DRAG = (
    "<script>let x; g.addEventListener('touchstart', (event) => x = event.touches[0].clientX); "
    "g.addEventListener('touchmove', (event) => { if (event.touches[0].clientX > x) g.append(1); })</script>"
)
_SWIPE = (
    "<script>let x; g.addEventListener('touchstart', (event) => x = event.touches[0].clientX); "
    "g.addEventListener('touchmove', (event) => event.touches[0].clientX); "
    "g.addEventListener('touchend', () => g.append(x))</script>"
)

EXAMPLES = examples(
    passed=[
        f"<div><div id=g>Map</div><button>Larger</button><button>Smaller</button></div>{_PINCH}",
        f"<div id=g>Pictures <button>Next</button></div>{_SWIPE}",
    ],
    cant_tell=[
        f"<div id=g>Map</div>{_PINCH}",
        f"<div id=g>Pictures</div>{_SWIPE}",
        f"<div id=g>Pictures</div>{_DRAG}",
    ],
    inapplicable=[
        "<p id=g>Text</p><script>g.addEventListener('gesturestart', (event) => event.preventDefault())</script>",
        "<p id=g>Text</p><script>g.addEventListener('touchstart', () => g.title = 'touched')</script>",
        "<p>Text</p>",
    ],
)
