"""Controls have a name of words, not only a sign of an icon font (WCAG 4.1.2)."""

from __future__ import annotations

import unicodedata

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._heard import heard, own_label, role_of

rule = Rule(
    __name__,
    title="Links and buttons are named by words, not by a sign of an icon font",
    wcag=["1.1.1", "4.1.2"],
    impact="critical",
    who="Screen readers say nothing, or a code, for a sign that only one icon font knows. Nobody knows what it does.",
    how='Hide the sign with aria-hidden="true", and write what the control does, visibly or for screen readers only.',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/name-role-value",
        "https://www.w3.org/WAI/WCAG22/Techniques/aria/ARIA14",
        "https://www.unicode.org/faq/private_use.html",
    ],
    messages={
        "failed": "The only name of this {kind} is a sign of an icon font ({sign}).",
        "cantTell": 'The name of this {kind} is a sign of an icon font ({sign}); its title is "{title}". '
        "Do people who use a screen reader get to know it?",
    },
)

_CONTROLS = "a[href], button, summary, [role=button], [role=link], [role=tab], [role=menuitem], [role=switch]"
_KINDS = {"a": "link", "link": "link", "tab": "tab", "menuitem": "menu item", "switch": "switch"}
_PRIVATE = "Co"
"""Unicode's category of signs that have no meaning of their own; each font may give them one."""


@rule.targets
def controls_with_such_signs(page: PageView) -> list[Tag]:
    """Look at links and buttons whose content has signs without a meaning in Unicode."""
    found = page.exposed(_CONTROLS)
    return [tag for tag in found if any(unicodedata.category(sign) == _PRIVATE for sign in tag.get_text())]


@rule.expect
def has_words(tag: Tag) -> Verdict:
    """Fail a name that has no letter, digit or other sign with a meaning; ask where a title says it."""
    name = own_label(tag) or heard(tag)
    signs = [sign for sign in name if not sign.isspace()]
    if not signs or any(unicodedata.category(sign)[0] not in "CZ" for sign in signs):
        return passed()
    kind = _KINDS.get(role_of(tag) or tag.name, "button")
    sign = f"U+{ord(next(sign for sign in signs)):04X}"
    title = attribute(tag, "title").strip()
    return cant_tell(kind=kind, sign=sign, title=title[:100]) if title else failed(kind=kind, sign=sign)


EXAMPLES = examples(
    passed=[
        "<button><i>\uf002</i> Search</button>",
        '<a href="/" aria-label="Home"><i>\uf015</i></a>',
        '<button><i aria-hidden="true">\uf002</i><span>Search</span></button>',
        '<a href="/"><i>\uf015</i><img src="a.svg" alt="Home"></a>',
        '<button><i aria-hidden="true">\uf002</i></button>',
    ],
    failed=["<button><i>\uf002</i></button>", '<a href="/a.pdf"><span>\ue001</span> </a>'],
    cant_tell=['<a href="/" title="Home"><i>\uf015</i></a>', '<div role="button" title="Search">\uf002</div>'],
    inapplicable=[
        "<button>×</button>",
        "<button></button>",
        "<p>\uf095 123 456</p>",
        '<button aria-hidden="true">\uf002</button>',
    ],
)
