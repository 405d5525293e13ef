"""JavaScript that says of what moves or changes: is it large, what does it say, which button may stop it."""

from __future__ import annotations

from checks.probes._controls import CONTROLS_JS

MOVING_JS = (
    CONTROLS_JS
    + r"""
  const BUSY = /load|spin|progress|skeleton|busy|wait/i; // what shows that something is going on is essential
  const big = (e) => { const box = e.getBoundingClientRect(); return box.width * box.height >= small; };
  const isBusy = (e) => BUSY.test(e.className?.baseVal ?? e.className) || e.closest("[role=progressbar], [aria-busy=true], progress");
  const wordsIn = (text) => (text.match(/\p{L}{2,}/gu) || []).join(" ");
  const sayingsOf = (texts) => new Set([...texts].map(wordsIn).filter((said) => said.includes(" "))).size;
  const isGrowing = (texts) => [...texts].every((text, at, all) => !at || text.startsWith(all[at - 1]));
  let buttons, named; // looked for only where something moves
  const withControl = (e, data) => {
    buttons ||= buttonsOf(all);
    named ||= buttons.filter((button) => saysOneOf(nameOf(button), words));
    let near = e;
    for (let steps = 0; steps < 4 && near.parentElement && near.parentElement !== document.body; steps++) near = near.parentElement;
    const close = named.find((button) => near.contains(button));
    return seen(e, { ...data, control: close || named[0] ? nameOf(close || named[0]) : "", isNear: Boolean(close),
      buttons: buttons.length, aloneOnPage: (document.body.innerText || "").trim().length <= (e.innerText || "").trim().length });
  };
"""  # noqa: E501  JavaScript
)
"""`big`, `isBusy`, `sayingsOf`, `isGrowing` and `withControl`, to stand inside a function with the options `all`,
`small` and `words`; and what `CONTROLS_JS` brings."""
