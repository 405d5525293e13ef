"""Nothing flashes more than three times a second (WCAG 2.3.1).

The rate comes from the timing of CSS animations; pictures show that a large enough area changes. Flashes in videos,
GIFs and canvases are not measured.
"""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="Nothing flashes more than three times a second",
    kind="rendered",
    probe="movement",
    wcag=["2.3.1"],
    impact="critical",
    who="Flashes can give people with photosensitive epilepsy a seizure.",
    how="Take the flashing out, or make it slower than three times a second.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/three-flashes-or-below-threshold"],
    messages={
        "failed": "This {tag} flashes {rate} times a second, over an area of {pixels} pixels.",
        "cantTell": "This {tag} is set to blink {rate} times a second. Is it bright and large enough to be dangerous?",
    },
)


@rule.targets
def flashing(view: ProbeView) -> list[Seen]:
    """Look at what is animated to blink more than three times a second."""
    return view.seen("flashing")


@rule.expect
def is_below_the_threshold(seen: Seen) -> Verdict:
    """Pass what is small, fail what is proved by its pixels, ask where the pictures did not catch it."""
    width, height = seen.box[2], seen.box[3]
    pixels, enough = int(seen.data["flashPixels"]), int(seen.data["enough"])
    if width * height < enough:
        return passed()
    rate = float(seen.data["rate"])
    if pixels >= enough:
        return failed(tag=seen.element.tag, rate=rate, pixels=pixels)
    return cant_tell(tag=seen.element.tag, rate=rate)


_BLINK = (
    "<style>@keyframes b { from { background: #fff } to { background: #000 } }"
    "@keyframes o { to { opacity: 0.99 } }</style>"
)

EXAMPLES = examples(
    passed=[
        f'{_BLINK}<div style="animation: b 0.1s infinite steps(2, jump-none); width: 60px; height: 60px">Dot</div>',
        f'{_BLINK}<div style="animation: b 0.2s infinite; width: 900px; height: 20px">A thin line</div>',
    ],
    failed=[
        f'{_BLINK}<div style="animation: b 0.13s infinite steps(2, jump-none); width: 400px; height: 300px">Big</div>',
        f'{_BLINK}<div style="animation: b 0.09s infinite alternate; width: 500px; height: 200px">Sale</div>',
    ],
    cant_tell=[
        f'{_BLINK}<div style="animation: o 0.1s infinite; width: 400px; height: 300px">Hardly to be seen</div>',
        f'{_BLINK}<div style="margin-top: 2000px; animation: b 0.1s infinite; width: 400px; height: 300px">Below</div>',
    ],
    inapplicable=[
        "<p>Nothing blinks.</p>",
        f'{_BLINK}<div style="animation: b 1s infinite; width: 400px; height: 300px">Slow</div>',
    ],
)
