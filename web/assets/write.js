// Marks the text while somebody types, and puts better words in. Without this script the form does the same by a button.
import { fillEditor, markedRanges, paint, replaceRange } from "./editor.js";

const PAUSE_MS = 350; // after a keystroke: judging each letter of a word helps nobody
const SAY_AFTER_MS = 1200; // a screen reader hears how many hints there are once the writer rests
const KEPT = "curbcut.write"; // in this tab only, so that a reload loses nothing

const form = document.getElementById("write");
const text = document.getElementById("text");
const editor = form.querySelector(".editor");
const under = form.querySelector(".under");
const panel = document.getElementById("panel");
const status = document.getElementById("status");
const fileInput = document.getElementById("file");
const mostChars = Number(form.dataset.mostChars);

let marks = [];
let judgedText = "";
let pauseTimer = 0;
let sayTimer = 0;
let running = null;
let focusAfter = null;
let isKept = true;

document.documentElement.classList.add("js");

function say(words, afterMs = 0) {
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => {
    if (status.textContent !== words) status.textContent = words;
  }, afterMs);
}

function body(extra = {}) {
  const data = new FormData();
  data.set("form_key", form.elements.form_key.value);
  data.set("guide", form.elements.guide.value);
  data.set("lang", form.elements.lang.value);
  for (const [name, value] of Object.entries(extra)) data.set(name, value);
  return data;
}

async function ask(path, data, signal) {
  const response = await fetch(path, { method: "POST", body: data, signal });
  const isJson = (response.headers.get("content-type") || "").includes("json");
  if (isJson) return response.json();
  if (response.status === 403 || response.status === 401) {
    return { error: "This page is out of date. Your text is kept: load the page again." };
  }
  return { error: response.status === 413 ? "That is too much to send: a file may have 20 MB. Your text is kept." : "The app could not answer. Your text is kept." };
}

function keep() {
  try {
    sessionStorage.setItem(KEPT, text.value);
    isKept = true;
  } catch {
    isKept = false; // too long, or turned off: the text still stands in its field
  }
}

function repaint() {
  paint(under, editor.classList.contains("long") ? "" : text.value, marks);
}

// Before the text is there: laying out one that is too long for marks takes a browser minutes where it is not told so.
function fit(length) {
  editor.classList.toggle("long", length > mostChars);
}

async function judge({ speak = true } = {}) {
  clearTimeout(pauseTimer);
  running?.abort();
  const sent = text.value;
  if (sent.length > mostChars) {
    marks = [];
    repaint();
    say(`This text has ${sent.length.toLocaleString("en")} characters; up to ${mostChars.toLocaleString("en")} are marked here. It is kept as it is.`);
    return;
  }
  running = new AbortController();
  let answer;
  try {
    answer = await ask("/write/hints", body({ text: sent }), running.signal);
  } catch (error) {
    if (error.name !== "AbortError") say("The app does not answer. Is curbcut serve still running? Your text is kept.");
    return;
  }
  if (text.value !== sent) return; // a newer text is on its way
  if (answer.error) {
    say(answer.error);
    return;
  }
  judgedText = sent;
  marks = answer.marks;
  repaint();
  showPanel(answer.panel);
  if (speak) say(answer.status, SAY_AFTER_MS);
}

function showPanel(html) {
  const inside = panel.contains(document.activeElement) ? document.activeElement : null;
  const key = inside?.closest("li")?.dataset.key;
  const scroll = panel.parentElement.scrollTop;
  panel.innerHTML = html; // made and escaped by our own server; the page's policy runs no script in it
  panel.parentElement.scrollTop = scroll;
  const wanted = focusAfter !== null ? panel.querySelectorAll(".hints > li")[focusAfter] : null;
  const same = key ? panel.querySelector(`li[data-key="${CSS.escape(key)}"]`) : null;
  if (focusAfter !== null || inside) {
    const item = wanted ?? same;
    const button = item?.querySelector("button[data-use]") ?? item?.querySelector("button");
    (button ?? document.getElementById("hints-title")).focus();
  }
  focusAfter = null;
}

function edited() {
  fit(text.value.length);
  if (marks.length) marks = markedRanges(judgedText, text.value, marks);
  judgedText = text.value;
  repaint();
  keep();
  clearTimeout(pauseTimer);
  pauseTimer = setTimeout(judge, PAUSE_MS);
}

function markOf(number) {
  return marks.find((mark) => mark.number === Number(number));
}

function show(mark) {
  text.focus({ preventScroll: true });
  text.setSelectionRange(mark.start, mark.end);
  under.querySelector(`[data-number="${mark.number}"]`)?.scrollIntoView({ block: "center" });
  for (const item of panel.querySelectorAll(".hints > li")) {
    item.classList.toggle("current", item.dataset.number === String(mark.number));
  }
  const better = mark.better.length ? ` Alt and Enter writes “${mark.better[0]}”.` : "";
  say(`Hint ${mark.number}: ${mark.message}${better}`);
}

function use(mark, word, { stay = false } = {}) {
  const before = text.value.slice(mark.start, mark.end);
  const index = [...panel.querySelectorAll(".hints > li")].findIndex((li) => li.dataset.number === String(mark.number));
  if (!stay) focusAfter = Math.max(0, index);
  replaceRange(text, mark.start, mark.end, word);
  say(`“${before}” is now “${word}”. Ctrl and Z takes it back.`);
  judge({ speak: false });
  if (stay) text.focus();
}

function step(direction) {
  if (!marks.length) {
    say("There is no mark.");
    return;
  }
  const at = text.selectionStart;
  const sorted = [...marks].sort((a, b) => a.start - b.start || a.end - b.end);
  const isSelected = (mark) => mark.start === text.selectionStart && mark.end === text.selectionEnd;
  const now = sorted.findIndex(isSelected);
  let next;
  if (now >= 0) next = sorted[(now + direction + sorted.length) % sorted.length];
  else if (direction > 0) next = sorted.find((mark) => mark.start >= at) ?? sorted[0];
  else next = sorted.findLast((mark) => mark.end <= at) ?? sorted.at(-1);
  show(next);
}

text.addEventListener("beforeinput", (event) => {
  const coming = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
  if (text.value.length + coming.length > mostChars) fit(text.value.length + coming.length);
});
text.addEventListener("input", edited);
window.addEventListener("beforeunload", (event) => {
  if (!isKept && text.value) event.preventDefault(); // the browser asks whether the text may go
});
form.elements.guide.addEventListener("change", () => judge());
form.elements.lang.addEventListener("change", () => judge());

text.addEventListener("keydown", (event) => {
  if (event.key === "F8") {
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  } else if (event.key === "Enter" && event.altKey) {
    event.preventDefault();
    const at = text.selectionStart;
    const mark = marks.find((one) => one.start <= at && at <= one.end && one.better.length);
    if (mark) use(mark, mark.better[0], { stay: true });
    else say("There is no better word for what stands at the cursor.");
  }
});

panel.addEventListener("keydown", (event) => {
  if (event.key === "F8") {
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  }
});

panel.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const mark = markOf(button?.dataset.use ?? button?.dataset.show);
  if (!button || !mark) return;
  if (button.dataset.use) use(mark, button.dataset.word);
  else show(mark);
});

async function readFile(file) {
  if (!file) return;
  say(`Reading ${file.name} …`);
  let answer;
  try {
    answer = await ask("/write/file", body({ file }));
  } catch {
    say(`${file.name} could not be sent. It may be too large, or curbcut serve has stopped.`);
    return;
  }
  fileInput.value = "";
  if (answer.error) {
    say(answer.error);
    return;
  }
  fillEditor(text, answer.text);
  say(`${answer.note} Ctrl and Z brings back what stood here.`);
  judge({ speak: false });
}

fileInput.addEventListener("change", () => readFile(fileInput.files[0]));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  judge();
});

for (const name of ["dragover", "dragenter"]) {
  editor.addEventListener(name, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    editor.classList.add("dropping");
  });
}
for (const name of ["dragleave", "drop"]) editor.addEventListener(name, () => editor.classList.remove("dropping"));
editor.addEventListener("drop", (event) => {
  const [file] = event.dataTransfer.files;
  if (!file) return; // text that is dropped lands in the field by itself
  event.preventDefault();
  readFile(file);
});
// A file that misses the editor would replace the whole page, and the text with it.
for (const name of ["dragover", "drop"]) {
  window.addEventListener(name, (event) => {
    if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
  });
}

let kept = "";
try {
  kept = sessionStorage.getItem(KEPT) ?? "";
} catch {
  kept = "";
}
fit(text.value.length || kept.length);
if (!text.value && kept) text.value = kept;
repaint();
if (text.value) judge({ speak: false });
