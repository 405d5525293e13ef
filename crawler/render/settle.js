// Waits until the page has loaded and stopped changing, each wait within its bound.
// options: {loadMs, settleMs, quietMs}. Resolves to the list of bounds that ended a wait early.
async (options) => {
  const cut = [];
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  if (document.readyState !== "complete") {
    const loaded = new Promise((done) => window.addEventListener("load", () => done(true), { once: true }));
    if (!(await Promise.race([loaded, pause(options.loadMs)]))) cut.push("load");
  }
  if (!document.documentElement) return cut;
  // "No layout change" is watched through what can be seen cheaply: nodes, texts, attributes, and the page's size.
  let changedAt = performance.now();
  const touch = () => { changedAt = performance.now(); };
  const nodes = new MutationObserver(touch);
  nodes.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
  const size = new ResizeObserver(touch);
  size.observe(document.documentElement);
  const giveUpAt = performance.now() + options.settleMs;
  for (;;) {
    const now = performance.now();
    const quietFor = now - changedAt;
    if (quietFor >= options.quietMs && document.fonts.status === "loaded") break;
    if (now >= giveUpAt) { cut.push("settle"); break; }
    await pause(Math.max(10, Math.min(options.quietMs - quietFor, giveUpAt - now)));
  }
  nodes.disconnect();
  size.disconnect();
  return cut;
}
