// Counts what a page still waits for: requests of its scripts, and short timers. Installed before page scripts.
// settle.js reads it: a page that is about to change is not settled, however quiet it looks. Also keeps the page from
// sending over open connections, and from opening windows, while a closer look holds its network.
(() => {
  const SHORT_MS = 1000;
  const state = { requests: 0, timers: new Set() };
  const { setTimeout: start, clearTimeout: stop, fetch: ask } = window;
  const send = XMLHttpRequest.prototype.send;
  window.setTimeout = function setTimeout(task, delay, ...rest) {
    if (typeof task !== "function" || delay > SHORT_MS) return start.call(window, task, delay, ...rest);
    const id = start.call(window, function run(...given) { state.timers.delete(id); return task.apply(this, given); }, delay, ...rest);
    state.timers.add(id);
    return id;
  };
  window.clearTimeout = function clearTimeout(id) { state.timers.delete(id); return stop.call(window, id); };
  window.fetch = function fetch(...given) {
    state.requests += 1;
    const answer = ask.apply(window, given);
    const done = () => { state.requests -= 1; };
    answer.then(done, done);
    return answer;
  };
  XMLHttpRequest.prototype.send = function sendCounted(...given) {
    state.requests += 1;
    this.addEventListener("loadend", () => { state.requests -= 1; }, { once: true });
    try { return send.apply(this, given); } catch (error) { state.requests -= 1; throw error; }
  };
  let isHeld = false;
  for (const kind of [window.WebSocket, window.RTCDataChannel]) {
    if (!kind) continue;
    const { send: give } = kind.prototype;
    kind.prototype.send = function send(...given) { return isHeld ? undefined : give.apply(this, given); };
  }
  // A new window would find no network: none opens, and who listens is told.
  const open = window.open;
  window.open = function (...given) {
    if (!isHeld) return open.apply(window, given);
    document.dispatchEvent(new Event("curbcut-window"));
    return null;
  };
  const hold = (held) => { isHeld = held; };
  Object.defineProperty(window, "__curbcutPending", { value: { state, hold, setTimeout: start.bind(window) } });
})();
