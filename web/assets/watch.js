// Shows how a scan goes on. Without this script the page has a link to look again.
const SAY_EVERY_MS = 15000; // a screen reader hears of it now and then, not each second
const SILENT_MS = 6000; // a connection that breaks is there again after three seconds

document.documentElement.classList.add("js");
const box = document.getElementById("watch");
const bar = box.querySelector("progress");
const words = box.querySelector(".words");
const status = box.querySelector("[role=status]");
let silence = 0;
let said = 0;
let source = null;

function show(event) {
  clearTimeout(silence);
  silence = 0;
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
    clearTimeout(silence);
    silence = 0;
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
    // The browser asks again by itself, and a scan goes on without the app: nothing is lost.
    silence ||= setTimeout(() => {
      words.textContent = status.textContent = "The app does not answer. Is curbcut serve still running? What the scan has found is kept.";
    }, SILENT_MS);
  });
}

document.addEventListener("visibilitychange", listen);
listen();
