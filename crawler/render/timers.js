// Keeps the page's timers that wait for longer than a moment, so that a closer look can run them without that wait: a
// picture that changes every five seconds is seen to change four times in less. Installed before page scripts.
(() => {
  const { setTimeout: later, clearTimeout: stop, setInterval: again, clearInterval: end } = window;
  const [LEAST_MS, MOST_MS] = [300, 60_000];
  const waiting = new Map(); // id -> what runs, after how many milliseconds, and whether only once
  const isKept = (delay) => Number(delay) >= LEAST_MS && Number(delay) <= MOST_MS;
  window.setTimeout = function setTimeout(task, delay, ...rest) {
    if (!isKept(delay)) return later.call(window, task, delay, ...rest);
    const isText = typeof task !== "function";
    const id = later.call(window, isText ? task : function run(...given) { waiting.delete(id); return task.apply(this, given); }, delay, ...rest);
    if (isText) later.call(window, () => waiting.delete(id), delay); // the same wait: it runs right after
    waiting.set(id, { task, rest, ms: Number(delay), isOnce: true });
    return id;
  };
  window.setInterval = function setInterval(task, delay, ...rest) {
    const id = again.call(window, task, delay, ...rest);
    if (isKept(delay)) waiting.set(id, { task, rest, ms: Number(delay), isOnce: false });
    return id;
  };
  window.clearTimeout = function clearTimeout(id) { waiting.delete(id); return stop.call(window, id); };
  window.clearInterval = function clearInterval(id) { waiting.delete(id); return end.call(window, id); };
  // The different waits, and a way to run all timers of some waits now. A timer that runs once is used up by that.
  const waits = () => [...new Set([...waiting.values()].map((timer) => timer.ms))];
  const run = (chosen) => {
    for (const [id, timer] of [...waiting]) {
      if (!chosen.includes(timer.ms)) continue;
      if (timer.isOnce) { waiting.delete(id); stop.call(window, id); }
      later.call(window, timer.task, 0, ...timer.rest);
    }
  };
  Object.defineProperty(window, "__curbcutTimers", { value: { waits, run } });
})();
