// Waits until the page has loaded and stopped changing, each wait within its bound.
// options: {loadMs, settleMs, timersMs, quietMs, blindQuietMs}. Resolves to the list of bounds that ended a wait early.
async (options) => {
  const cut = [];
  const pending = window.__curbcutPending; // not there with drivers that install nothing before page scripts
  const setTimer = pending ? pending.setTimeout : window.setTimeout.bind(window);
  const pause = (ms) => new Promise((done) => setTimer(done, ms));
  if (document.readyState !== "complete") {
    const loaded = new Promise((done) => window.addEventListener("load", () => done(true), { once: true }));
    if (!(await Promise.race([loaded, pause(options.loadMs)]))) cut.push("load");
  }
  if (!document.documentElement) return cut;
  // "No layout change" is watched through what can be seen cheaply: nodes, texts, attributes, and the page's size.
  const startedAt = performance.now();
  let changedAt = startedAt;
  const touch = () => { changedAt = performance.now(); };
  const nodes = new MutationObserver(touch);
  nodes.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
  const size = new ResizeObserver(touch);
  size.observe(document.documentElement);
  const quietMs = pending ? options.quietMs : options.blindQuietMs;
  const waits = (now) => {
    if (!pending) return false;
    if (pending.state.requests > 0) return true;
    return pending.state.timers.size > 0 && now - startedAt < options.timersMs; // timers may go on for ever
  };
  for (;;) {
    const now = performance.now();
    if (now - changedAt >= quietMs && document.fonts.status === "loaded" && !waits(now)) break;
    if (now - startedAt >= options.settleMs) { cut.push("settle"); break; }
    await pause(Math.max(20, Math.min(quietMs - (now - changedAt), options.settleMs - (now - startedAt))));
  }
  nodes.disconnect();
  size.disconnect();
  return cut;
}
