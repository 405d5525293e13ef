"""What is in a control that assistive technology takes as one piece is no stop of the Tab key (WCAG 4.1.2)."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute, is_exposed
from checks.rule import PageView, Rule, Verdict, examples, failed, passed

rule = Rule(
    __name__,
    title="Nothing inside a button or image is a stop of its own",
    wcag=["4.1.2"],
    impact="serious",
    who="A screen reader takes the control as one piece. The Tab key stops on something in it that has no role.",
    how="Remove the tabindex inside, or move the inner part out of the control.",
    sources=[
        "https://www.w3.org/WAI/standards-guidelines/act/rules/307n5z/",
        "https://www.w3.org/TR/wai-aria-1.2/#childrenArePresentational",
    ],
    messages={"failed": "The Tab key stops on this {tag}, which is part of a {holder}: it has no role there."},
)

_ROLES = (
    *("button", "checkbox", "img", "math", "menuitemcheckbox", "menuitemradio", "meter", "option", "progressbar"),
    *("radio", "scrollbar", "separator", "slider", "switch", "tab"),
)
"""Roles whose parts have no role of their own (WAI-ARIA 1.2, "children presentational")."""
_HOLDERS = ", ".join(("button", *(f"[role={role}]" for role in _ROLES)))
_KNOWN_TO_AXE = ("a", "button", "input", "select", "textarea", "iframe", "summary", "audio", "video", "area", "details")
"""Elements with a role of their own, which axe-core's rule nested-interactive finds; so it does other widgets."""


@rule.targets
def parts_with_tabindex(page: PageView) -> list[Tag]:
    """Look at elements with a tabindex, and no role, inside what assistive technology takes as one piece."""
    found = []
    for holder in page.exposed(_HOLDERS):
        if attribute(holder, "role") not in ("", *_ROLES):
            continue
        found += [tag for tag in holder.find_all(tabindex=True) if is_exposed(tag) and not _is_known_to_axe(tag)]
    return list({id(tag): tag for tag in found}.values())


@rule.expect
def is_no_stop(part: Tag) -> Verdict:
    """Fail what the Tab key stops on."""
    holder = next(p for p in part.parents if p.name == "button" or attribute(p, "role") in _ROLES)
    name = attribute(holder, "role") or holder.name
    return failed(tag=part.name, holder=name) if _index(part) >= 0 and not _is_off(holder) else passed()


def _is_known_to_axe(tag: Tag) -> bool:
    return tag.name in _KNOWN_TO_AXE or tag.has_attr("role")


def _index(tag: Tag) -> int:
    """Return the tabindex, or -1 for what is no number."""
    try:
        return int(attribute(tag, "tabindex").strip())
    except ValueError:
        return -1


def _is_off(holder: Tag) -> bool:
    return holder.has_attr("inert") or any(parent.has_attr("inert") for parent in holder.parents)


EXAMPLES = examples(
    passed=[
        '<button><span tabindex="-1">Save</span></button>',
        '<div inert><button><span tabindex="0">Save</span></button></div>',
        '<div role="tab" tabindex="0"><span tabindex="x">Hours</span></div>',
    ],
    failed=[
        '<button><span tabindex="0">Save</span></button>',
        '<div role="checkbox" aria-checked="false" tabindex="0">I agree <b tabindex="0">to all of it</b></div>',
    ],
    inapplicable=[
        "<button><span>Save</span></button>",
        '<div role="checkbox" aria-checked="false" tabindex="0">Yes to <a href="/rules" tabindex="0">rules</a></div>',
        '<button role="group"><span tabindex="0">Save</span></button>',
        '<p tabindex="0">Text</p>',
    ],
)
