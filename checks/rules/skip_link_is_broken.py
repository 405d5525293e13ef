"""The link that skips to the content works (WCAG 2.4.1)."""

from __future__ import annotations

from checks.probe import ProbeView, Seen
from checks.rule import Rule, Verdict, cant_tell, examples, failed, passed

rule = Rule(
    __name__,
    title="The skip link brings the focus to the content",
    kind="rendered",
    probe="focus_walk",
    wcag=["2.4.1"],
    impact="moderate",
    who="People who use a keyboard must go through the menu on every page.",
    how="Let the link's address name the id of the content, and let the content stand after it on the page.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/bypass-blocks",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G1",
    ],
    messages={
        "failed": "This link leads to {href}, which is not on the page. The page has neither headings nor a main part.",
        "cantTell": "This link leads to {href}. After Enter and one more Tab, the focus is still before that place. "
        "Do headings and landmarks make up for it?",
    },
)


@rule.targets
def skip_links(view: ProbeView) -> list[Seen]:
    """Look at the first link within the page among the first stops.

    One that names no place is a question of `skip-link-names-a-place`, on every page; only where nothing makes up for
    it, and nothing happened, there is more to say here.
    """
    return [
        link for link in view.seen("skip") if _has_worked(link) or link.data.get("hasGoal") or _is_all_there_is(link)
    ]


def _has_worked(link: Seen) -> bool:
    return bool(link.data.get("isElsewhere") or link.data.get("isPast"))


def _is_all_there_is(link: Seen) -> bool:
    return not any(link.data.get(name) for name in ("hasScrolled", "hasMain", "hasHeadings"))


@rule.expect
def arrives(link: Seen) -> Verdict:
    """Fail a dead link where nothing else helps; ask where the next Tab goes back before its goal."""
    href = str(link.data.get("href", ""))
    if _has_worked(link):
        return passed()
    return cant_tell(href=href) if link.data.get("hasGoal") else failed(href=href)


_MENU = '<nav><a href="/1">One</a> <a href="/2">Two</a></nav>'

EXAMPLES = examples(
    passed=[
        f'<a href="#m">To the content</a>{_MENU}<main id="m"><p>Text</p><a href="/3">Three</a></main>',
        f'<a href="#m">To the content</a>{_MENU}<main id="m"><p>Text without a link.</p></main>',
        f'<a href="#m">To the content</a>{_MENU}<a name="m"></a><p>Text</p><a href="/3">Three</a>',
        f'<a href="#x" onclick="event.preventDefault(); m.focus()">To the content</a>'
        f'{_MENU}<div id="m" tabindex="-1">Text</div>',
    ],
    failed=[
        f'<a href="#main">To the content</a>{_MENU}<p>Text</p>',
        f'<a href="/home">Home</a><a href="#inhalt">Zum Inhalt</a>{_MENU}<div id="content">Text</div>',
    ],
    cant_tell=[
        f'<a href="#m" onclick="return false">To the content</a>{_MENU}<div id="m">Text <a href="/3">3</a></div>',
        f'<a href="#m" onclick="event.preventDefault()">To the content</a>{_MENU}'
        '<main id="m">Text <a href="/3">3</a></main>',
    ],
    inapplicable=[
        f'<a href="#main">To the content</a>{_MENU}<main><h1>Bins</h1><p>Text</p></main>',
        "<p>Text</p>",
        f"{_MENU}<p>Text</p>",
    ],
)
