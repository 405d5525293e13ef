"""Pictures that are made of characters have a text alternative (WCAG 1.1.1): a person must look."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import own_label, role_of

rule = Rule(
    __name__,
    title="Pictures made of characters have a text alternative",
    wcag=["1.1.1"],
    impact="moderate",
    who="Screen readers read every sign of the picture, and nothing says what it shows.",
    how='Put it into an element with role="img" and an aria-label that says what it shows, or use a real picture.',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F72",
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H86",
    ],
    messages={"cantTell": "Of 100 signs here, {share} are neither letters nor digits. Is it a picture, and of what?"},
)

LINES_MIN = 3
SIGNS_MIN = 15
SHARE_MIN = 70
_MOST_CHARS = 20_000
_WORD = re.compile(r"\w")


@rule.targets
def preformatted(page: PageView) -> list[Tag]:
    """Look at preformatted texts of three lines or more."""
    return [tag for tag in page.exposed("pre") if len(tag.get_text()[:_MOST_CHARS].strip().splitlines()) >= LINES_MIN]


@rule.expect
def is_text(tag: Tag) -> Verdict:
    """Ask where most signs are neither letters nor digits, and no name stands for them."""
    if any(own_label(holder) and role_of(holder) in ("img", "image") for holder in (tag, *list(tag.parents)[:2])):
        return passed()
    signs = "".join(tag.get_text()[:_MOST_CHARS].split())
    others = len(_WORD.sub("", signs)) + signs.count("_")
    share = round(100 * others / max(len(signs), 1))
    return cant_tell(share=share) if len(signs) >= SIGNS_MIN and share >= SHARE_MIN else passed()


_CAT = "\n  /\\_/\\  \n ( o.o ) \n  &gt; ^ &lt;  \n /|   |\\ \n"
EXAMPLES = examples(
    passed=[
        "<pre>if (a &lt; b) {\n  return a;\n}\nreturn b;</pre>",
        f'<div role="img" aria-label="A cat"><pre>{_CAT}</pre></div>',
        "<pre>Roses are red,\nviolets are blue,\nsugar is sweet.</pre>",
    ],
    cant_tell=[f"<pre>{_CAT}</pre>", "<pre>+----+\n|    |\n|****|\n|****|\n+----+</pre>"],
    inapplicable=["<pre>* * *</pre>", f'<pre aria-hidden="true">{_CAT}</pre>', "<p>***<br>***<br>***</p>"],
)
