"""A sign for required fields is explained (WCAG 3.3.2)."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import text_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._field_labels import form_of, labels_of, text_fields
from checks.words import words

rule = Rule(
    __name__,
    title="The sign for required fields is explained",
    wcag=["3.3.2"],
    impact="minor",
    who="People who seldom fill in forms do not know what an asterisk asks of them.",
    how='Write "required" in the label, or say before the first field what the asterisk means.',
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/html/H90"],
    messages={"cantTell": 'Labels in this form have an asterisk, such as "{label}". Is there a word on what it means?'},
)

MAX_FORMS = 20  # each is compared with the text around it
_SIGNS = ("*", "✱", "＊", "∗")


@rule.targets
def forms_with_the_sign(page: PageView) -> list[Tag]:
    """Look at forms that mark a field with an asterisk in its label."""
    return [form for form in page.exposed("form") if _marked(form)][:MAX_FORMS]


@rule.expect
def sign_is_explained(form: Tag) -> Verdict:
    """Ask where neither the form nor the text around it has a word for "required"."""
    around = form.find_parent(["main", "section", "article", "body"])
    text = text_of(around if isinstance(around, Tag) else form).casefold()
    titles = " ".join(str(tag.get("title", "")) for tag in form.find_all(title=True)).casefold()
    if any(word in text or word in titles for word in words("field_labels")["required"]):
        return passed()
    return cant_tell(label=_marked(form)[:100])


def _marked(form: Tag) -> str:
    """Return the first label that ends or begins with the sign, or an empty string."""
    return once_a_page(form, _marked_labels).get(id(form), "")


def _marked_labels(root: Tag) -> dict[int, str]:
    marked: dict[int, str] = {}
    for field in text_fields(root):
        form = form_of(field)
        if form is None or id(form) in marked:
            continue
        labels = (text_of(label) for label in labels_of(field))
        if found := next((t for t in labels if t.startswith(_SIGNS) or t.rstrip(": ").endswith(_SIGNS)), ""):
            marked[id(form)] = found
    return marked


EXAMPLES = examples(
    passed=[
        "<form><p>* required</p><label>Town* <input></label></form>",
        "<main><p>Mit * markierte Felder sind Pflichtfelder.</p><form><label>Ort * <input></label></form></main>",
        '<form><label>Town <abbr title="required">*</abbr> <input></label></form>',
    ],
    cant_tell=["<form><label>Town* <input></label></form>", "<form><label>*Ort: <input></label></form>"],
    inapplicable=["<form><label>Town <input required></label></form>", "<p>Prices* in euros</p>"],
)
