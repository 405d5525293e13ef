// Keys for whoever answers many questions: 1 to 4 as on the buttons, U takes the last answer back. They can be turned
// off (WCAG 2.1.4), and never work while somebody writes.
const KEPT = "curbcut.review.keys";

document.documentElement.classList.add("js");
const toggle = document.getElementById("keys");
try {
  if (toggle && localStorage.getItem(KEPT) === "off") toggle.checked = false;
} catch {
  // Storage is turned off: the keys are on at each page.
}
toggle?.addEventListener("change", () => {
  try {
    localStorage.setItem(KEPT, toggle.checked ? "on" : "off");
  } catch {
    // As above.
  }
});

document.addEventListener("keydown", (event) => {
  if (toggle && !toggle.checked) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const wanted = event.key.toLowerCase() === "u" ? document.getElementById("undo") : null;
  const target = wanted ?? (/^[1-4]$/.test(event.key) ? document.querySelector(`[data-key="${event.key}"]`) : null);
  if (!target) return;
  event.preventDefault();
  target.click();
});
