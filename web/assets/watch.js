// Shows how a scan goes on. Without this script the page has a link to look again.
const SAY_EVERY_MS = 15000; // a screen reader hears of it now and then, not each second

document.documentElement.classList.add("js");
const box = document.getElementById("watch");
const bar = box.querySelector("progress");
const words = box.querySelector(".words");
const status = box.querySelector("[role=status]");
let said = 0;

const source = new EventSource(box.dataset.events);
source.addEventListener("message", (event) => {
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
});
source.addEventListener("end", () => {
  source.close();
  location.reload(); // the same page now shows how it ended
});
source.addEventListener("error", () => {
  if (source.readyState === EventSource.CLOSED) words.textContent = "The app does not answer any more. The scan’s results are kept.";
});
