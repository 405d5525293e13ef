"""What moving the device does can be done otherwise, and motion can be switched off (WCAG 2.5.4)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="What moving the device does can be done otherwise and switched off",
    kind="rendered",
    probe="device_motion",
    wcag=["2.5.4"],
    impact="serious",
    who="People whose device is fixed to a wheelchair cannot move it; people with a tremor move it against their will.",
    how="Give a button for what motion does, and a setting that switches the motion off.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/motion-actuation",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/7677a9/proposed/",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/c249d5/proposed/",
    ],
    messages={
        "failed": (
            "Moving the device changes this {tag}. No button changes it, none switches the motion off, and the page "
            "has no other control."
        ),
        "cantTell": (
            "Moving the device changes this {tag}. {doubt} Can people do it without motion, and switch the motion off?"
        ),
    },
)


@rule.targets
def moved(view: ProbeView) -> list[Seen]:
    """Look at pages that listen for the device's motion: what it changed, or the page when it changed nothing."""
    return view.seen("moved")


@rule.expect
def is_not_motion_alone(seen: Seen) -> Verdict:
    """Fail when neither another way nor a switch is there; the criterion asks for both, so ask about the other one."""
    data, tag = seen.data, seen.element.tag
    if not data["changes"]:
        return passed()
    operates, disables = str(data["operates"])[:60], str(data["disables"])[:60]
    if operates and disables:
        return passed()
    if operates:
        return cant_tell(tag=tag, doubt=f'"{operates}" changes it too.')
    if disables:
        return cant_tell(tag=tag, doubt=f'"{disables}" switches that off.')
    if data["others"] or data["leftOut"]:
        return cant_tell(tag=tag, doubt="Not all controls of the page were tried.")
    return failed(tag=tag)


_LISTENS = "addEventListener('devicemotion', (e) => { if (!window.off) n.textContent = e.rotationRate.gamma; });"

EXAMPLES = examples(
    passed=[
        "<p>A page that only counts.</p><script>let c = 0; addEventListener('deviceorientation', () => c++)</script>",
        '<p id="n">0</p><label><input type="checkbox" onclick="off = this.checked"> Motion off</label>'
        f'<button onclick="n.textContent = 7">Next</button><script>{_LISTENS}</script>',
    ],
    failed=[
        f'<p id="n">0</p><script>{_LISTENS}</script>',
        f'<p id="n">0</p><button>Undo</button><script>{_LISTENS}</script>',
        "<p>Shake to undo</p><ul id='l'><li>One</li></ul>"
        "<script>addEventListener('deviceorientation', (e) => { l.className = 'tilt' + Math.round(e.gamma) })</script>",
    ],
    cant_tell=[
        f'<p id="n">0</p><button onclick="n.textContent = 5">Five</button><script>{_LISTENS}</script>',
        f'<p id="n">0</p><label><input type="checkbox" onclick="off = this.checked"> Motion off</label>'
        f"<script>{_LISTENS}</script>",
        f'<p id="n">0</p><a href="/settings">Settings</a><script>{_LISTENS}</script>',
    ],
    inapplicable=["<p>Nothing listens.</p>", "<script>addEventListener('resize', () => {})</script><p>Text</p>"],
)
