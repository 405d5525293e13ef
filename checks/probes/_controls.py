"""JavaScript that finds controls on a page, names them and tries them; shared by the probes that press things."""

from __future__ import annotations

from checks.words import words

MOST_ELEMENTS = 20_000
"""Elements of a page that are looked through; the rest is left."""

MOST_CONTROLS = 40
"""Controls of a page that are tried. Each costs `WAIT_MS`."""

WAIT_MS = 60
"""Time a page has to answer a press before the next control is tried."""


def stopping_words() -> list[str]:
    """Return what controls that stop movement or sound are called, in all languages."""
    known = words("control_words")
    return sorted(known["stop"] | known["mute"])


CONTROLS_JS = r"""
  const BUTTONS = "button, [role=button], [role=switch], [role=checkbox], input[type=button], input[type=image], " +
    "input[type=checkbox], input[type=radio], summary, a[href='#'], a[href^='javascript:'], a:not([href])[onclick], [onclick][tabindex]";
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const inWords = (text) => " " + cut(text || "", 400).normalize("NFKC").toLowerCase()
    .replace(/[\s.,:;!?()\[\]"'«»„“”/|_–—-]+/g, " ").trim() + " ";
  const saysOneOf = (text, phrases) => { const known = inWords(text); return phrases.some((phrase) => known.includes(" " + phrase)); };
  const byIds = (element, name) => (element.getAttribute(name) || "").split(/\s+/).filter(Boolean).slice(0, 5)
    .map((id) => element.getRootNode().getElementById?.(id)?.textContent || "").join(" ").trim();
  const nameOf = (element) => {
    const pictures = [...element.querySelectorAll("img[alt], svg title, [aria-label]")].slice(0, 5)
      .map((part) => part.getAttribute("alt") || part.getAttribute("aria-label") || part.textContent);
    const label = element.labels && element.labels[0] ? element.labels[0].textContent : "";
    const value = element.localName === "input" && /button|submit|image/.test(element.type) ? element.value || element.alt : "";
    const given = byIds(element, "aria-labelledby") || element.getAttribute("aria-label") || label || value
      || (element.innerText || "") + " " + pictures.join(" ");
    return cut((given.trim() || element.title || "").replace(/\s+/g, " ").trim(), 100);
  };
  const hasPicture = (element) => [element, ...element.querySelectorAll("*")].slice(0, 20).some((part) =>
    /^(img|svg|canvas|use|path)$/.test(part.localName) || ["", "::before", "::after"].some((pseudo) => {
      const style = getComputedStyle(part, pseudo || null);
      return style.backgroundImage !== "none" || (pseudo && style.content !== "none" && style.content !== "normal" && style.content !== '""');
    }));
  const isKeptFromAt = (element) => {
    for (let node = element; node; node = parentOf(node)) if (node.getAttribute("aria-hidden") === "true") return true;
    return false;
  };
  const isSubmit = (element) => element.form && (element.type === "submit" || element.type === "image" || element.type === "reset");
  const buttonsOf = (most) => allElements(most).filter((element) => element.matches(BUTTONS) && !element.disabled
    && !isSubmit(element) && isSeen(element));
"""  # noqa: E501  JavaScript
"""`pause`, `saysOneOf`, `nameOf`, `hasPicture`, `isKeptFromAt` and `buttonsOf`, to stand inside a probe's function."""
