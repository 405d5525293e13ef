// Shows how a scan goes on. Without this script the page has a link to look again.
const SAY_EVERY_MS = 15000; // a screen reader hears of it now and then, not each second

document.documentElement.classList.add("js");
const box = document.getElementById("watch");
const bar = box.querySelector("progress");
const words = box.querySelector(".words");
const status = box.querySelector("[role=status]");
let said = 0;
let source = null;

function show(event) {
  const news = JSON.parse(event.data);
  words.textContent = `${news.words}.`;
  bar.hidden = false;
  if (news.known) {
    bar.max = news.known;
    bar.value = news.done;
  }
  if (Date.now() - said > SAY_EVERY_MS) {
    said = Date.now();
    status.textContent = news.words;
  }
}

// A browser keeps six connections to one server: six tabs that nobody looks at would hold up every other page.
function listen() {
  if (document.visibilityState === "hidden") {
    source?.close();
    source = null;
    return;
  }
  if (source) return;
  const own = (source = new EventSource(box.dataset.events));
  own.addEventListener("message", show);
  own.addEventListener("end", () => {
    own.close();
    location.reload(); // the same page now shows how it ended
  });
  own.addEventListener("error", () => {
    if (own.readyState === EventSource.CLOSED) words.textContent = "The app does not answer any more. The scan’s results are kept.";
  });
}

document.addEventListener("visibilitychange", listen);
listen();
