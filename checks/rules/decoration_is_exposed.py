"""What is marked as decoration is not given a name or the focus (WCAG 1.1.1): a person must look where it is."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import PRESENTATIONAL, is_presentational, own_label, role_of

rule = Rule(
    __name__,
    title="What is marked as decoration is not exposed",
    wcag=["1.1.1"],
    impact="moderate",
    who="Some screen readers pass over this element and others announce it, so people do not hear the same page.",
    how="Decide whether it says something. If so, take away what marks it as decoration; if not, take away its "
    "label, description and place in the keyboard order.",
    sources=[
        "https://www.w3.org/WAI/standards-guidelines/act/rules/46ca7f/",
        "https://www.w3.org/TR/wai-aria-1.2/#conflict_resolution_presentation_none",
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H67",
    ],
    messages={
        "cantTell.label": 'This {tag} is marked as decoration but has the label "{label}". Does it say something?',
        "cantTell.title": 'This image is marked as decoration but has the title "{label}". Does it say something?',
        "cantTell.property": "This {tag} is marked as decoration, which {property} undoes. Which of the two is meant?",
        "cantTell.focus": "This {tag} is marked as decoration but people can move the focus to it. Which is meant?",
    },
)

# Global states and properties, without aria-hidden, which agrees with decoration, and the labels, which are told apart.
# Source: WAI-ARIA 1.2, 6.4, https://www.w3.org/TR/wai-aria-1.2/#global_states
_GLOBAL = (
    "aria-atomic",
    "aria-busy",
    "aria-controls",
    "aria-current",
    "aria-describedby",
    "aria-details",
    "aria-dropeffect",
    "aria-flowto",
    "aria-grabbed",
    "aria-keyshortcuts",
    "aria-live",
    "aria-owns",
    "aria-relevant",
    "aria-roledescription",
)
_NATIVE_FOCUS = frozenset({"button", "input", "select", "textarea", "summary"})


@rule.targets
def decoration(page: PageView) -> list[Tag]:
    """Look at what is seen and marked with role none or presentation, or as an image with an empty alternative."""
    return [tag for tag in page.exposed("[role], img[alt]") if is_presentational(tag)]


@rule.expect
def stays_decoration(tag: Tag) -> Verdict:
    """Ask about names, properties and focus, which make browsers expose it all the same."""
    if label := own_label(tag):
        return cant_tell("cantTell.label", tag=tag.name, label=label[:200])
    title = attribute(tag, "title").strip()
    if title and tag.name == "img":
        return cant_tell("cantTell.title", label=title[:200])
    if found := next((name for name in _GLOBAL if attribute(tag, name).strip()), ""):
        return cant_tell("cantTell.property", tag=tag.name, property=found)
    return cant_tell("cantTell.focus", tag=tag.name) if _takes_focus(tag) else passed()


def _takes_focus(tag: Tag) -> bool:
    if tag.has_attr("tabindex"):
        # A list item that is only the frame of a tab may pass the focus on; -1 is out of the keyboard order.
        return not attribute(tag, "tabindex").strip().startswith("-")
    is_native = tag.name in _NATIVE_FOCUS or (tag.name == "a" and tag.has_attr("href"))
    return is_native and role_of(tag) in PRESENTATIONAL and not tag.has_attr("disabled")


EXAMPLES = examples(
    passed=[
        '<img src="a.png" alt="">',
        '<img src="a.png" role="presentation" alt="Old bridge">',
        '<ul role="tablist"><li role="presentation"><a role="tab" href="#a" aria-selected="true">Bus</a></li></ul>',
        '<div role="presentation" tabindex="-1">Bus times</div>',
    ],
    cant_tell=[
        '<nav role="presentation" aria-label="Main"><a href="/">Elm</a></nav>',
        '<img src="a.png" alt="" aria-labelledby="l"><span hidden id="l">Town of Elm</span>',
        '<img src="a.png" alt="" title="The old bridge">',
        '<div role="none" aria-live="polite">Saved</div>',
        '<img src="a.png" alt="" tabindex="0">',
        '<a href="/" role="none">Elm</a>',
    ],
    inapplicable=[
        '<img src="a.png" aria-label="Town of Elm">',
        '<img src="a.png" alt="" aria-hidden="true" title="Old bridge">',
        '<img src="a.png" alt="" role="img" aria-label="Old bridge">',
    ],
)
