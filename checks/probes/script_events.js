// Watches what a page does when something is tried on it, and tells which elements keys reach.
function scriptEvents() {
  const focusable = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], iframe, [tabindex], [contenteditable]";
  const composite = "[role=listbox], [role=menu], [role=menubar], [role=tree], [role=grid], [role=treegrid], [role=tablist], [role=radiogroup], [role=toolbar], [aria-activedescendant]";
  const canFocus = (element) => element.matches(focusable) && !element.disabled && (element.tabIndex >= 0 || element.type === "radio");
  const state = { count: 0, slight: 0, left: false, focused: false, forwarded: false };
  let tried = null; // the element that keys and clicks are tried on
  let hasReacted = focused() !== null; // what had the focus has lost it to us
  // Only what people can notice: content, and attributes that show or hide it.
  const isNotable = (record) => {
    if (record.target.closest && record.target.closest("script, style, head")) return false;
    if (record.type === "childList") return [...record.addedNodes, ...record.removedNodes].some((node) => node.nodeType === 3 ? node.data.trim() : !/^(script|style|link|iframe)$/.test(node.localName) && !isCounter(node));
    if (record.type === "characterData") return true;
    if (record.target === document.documentElement || record.target === document.body) return false; // "is used with keys" and the like
    return record.oldValue !== record.target.getAttribute(record.attributeName);
  };
  const isCounter = (node) => node.localName === "img" && node.isConnected && node.getBoundingClientRect().width < 2; // tells a server that something was clicked
  // Only the look of what is tried changes, as where a press is drawn like a wave on the button.
  const isSlight = (record) => tried !== null && tried.contains(record.target) && (record.type === "childList"
    ? ![...record.addedNodes, ...record.removedNodes].some((node) => node.textContent.trim()) : /^(class|style)$/.test(record.attributeName));
  const observer = new MutationObserver((records) => {
    const notable = records.filter(isNotable);
    state.count += notable.length;
    state.slight += notable.filter(isSlight).length;
  });
  observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true,
    attributeFilter: ["class", "hidden", "style", "open", "aria-expanded", "aria-hidden", "aria-checked", "aria-pressed", "aria-selected"] });
  const onNavigate = (event) => {
    state.left = true;
    if (event.cancelable && !event.destination.sameDocument) event.preventDefault();
  };
  const onWindow = () => { state.left = true; };
  const onFocus = (event) => { if (event.target.nodeType === 1) state.focused = true; };
  if (globalThis.navigation) navigation.addEventListener("navigate", onNavigate);
  window.addEventListener("focus", onFocus, true);
  document.addEventListener("curbcut-window", onWindow); // see pending.js
  // A script that clicks another control in the tried one's place: keys may reach that one.
  const onClick = (event) => { if (!event.isTrusted && tried && event.target.nodeType === 1 && !tried.contains(event.target) && canFocus(event.target)) state.forwarded = true; };
  window.addEventListener("click", onClick, true);

  const nameOf = (element) => (element.getAttribute("aria-label") || element.getAttribute("title") || textOf(element) || element.getAttribute("alt") || "").trim().toLowerCase();
  const idle = /^[^{=]*(\{|=>)\s*(\{?\s*(\w+\.)?(stopPropagation|preventDefault)\(\);?\s*)*\}?\s*$/;
  const tracking = /dataLayer|gtag\(|\b_paq\b|\bga\(|analytics|etracker|piwik|matomo|_satellite/i;

  // What does nothing by itself, whatever its listeners do.
  const isBare = (element) => element.matches("button, [role=button], [tabindex]") && canFocus(element)
    && !element.matches("a[href], input, select, textarea, summary, [popovertarget], [commandfor], [contenteditable], [role=application]")
    && !(element.form && element.type !== "button") && !element.closest("label, summary, a[href]");
  // What takes the focus and has no keys of its own from the browser: its scripts must listen for them.
  const native = "a[href], area[href], button, input, select, textarea, summary, audio, video, iframe, object, embed, [popovertarget], [commandfor], [contenteditable], [role=application]";
  const pressed = /^(|button|link|checkbox|switch|img|heading|listitem|cell|row)$/;
  const isKeyless = (element) => element.matches("[tabindex]") && canFocus(element) && !element.matches(native) && pressed.test(element.getAttribute("role") || "")
    && !element.closest("label, summary, a[href], button, [aria-hidden=true], [inert], [aria-disabled=true], " + composite);
  const judge = (element, { events, source, isForMouse, isHeardAround }, names) => {
    const style = getComputedStyle(element);
    const upwards = (test) => { for (let node = element; node; node = parentOf(node)) if (node.nodeType === 1 && test(node)) return true; return false; };
    const inside = [...element.querySelectorAll(focusable)].some(canFocus);
    const box = boxOf(element);
    const name = nameOf(element);
    const isIdle = source.trim() !== "" && source.trim().split("\n").every((line) => !line.trim() || idle.test(line.trim())) && idle.test(source.trim());
    let keys = "";
    const isMouseOnly = Boolean(isForMouse) && isBare(element) && !inside && !isIdle;
    const isKeyed = !isMouseOnly && isKeyless(element) && !inside && (!isIdle || isHeardAround) && !tracking.test(source);
    if (isMouseOnly) keys = "";
    else if (isKeyed) keys = name && [...document.querySelectorAll(native)].slice(0, 5000).some((other) => canFocus(other) && nameOf(other) === name) ? "elsewhere" : "";
    else if (upwards(canFocus)) keys = "itself";
    else if (inside) keys = "inside";
    else if (element.closest("label") || element.localName === "option") keys = "label";
    else if (element.closest(composite)) keys = "widget";
    else if (element.closest("[aria-hidden=true]") || element.getAttribute("role") === "presentation" || element.closest("[inert]")) keys = "not offered";
    else if (/fixed|absolute/.test(style.position) && box.width * box.height > 0.5 * innerWidth * innerHeight) keys = "backdrop";
    else if (isIdle) keys = "does nothing";
    else if (tracking.test(source)) keys = "counts only";
    else if (name && names.has(name)) keys = "elsewhere";
    const near = element.parentElement && element.parentElement !== document.body && [...element.parentElement.querySelectorAll(focusable)].some(canFocus);
    const isHidden = Boolean(element.closest("[aria-hidden=true], [inert]")) || element.isContentEditable;
    const isPart = Boolean(element.parentElement && element.parentElement.closest("summary, button, a[href], label")); // of a control that says what it is
    const kind = cut([element.localName, element.getAttribute("role"), element.className, source].join("|"), 1500);
    return { keys, isForMouse: isMouseOnly, isKeyed, kind, self: canFocus(element) && !inside && !isHidden && !isPart && !isIdle && !tracking.test(source), near: Boolean(near), pointer: style.cursor === "pointer", name: cut(name, 80), events: [...new Set(events)].join(", "),
      role: element.getAttribute("role") || "", size: Math.min(box.width, box.height) };
  };

  return {
    // Stop watching, and say whether the page has answered to nothing that was tried, so that it is as it was.
    stop: () => {
      observer.disconnect();
      if (globalThis.navigation) navigation.removeEventListener("navigate", onNavigate);
      window.removeEventListener("focus", onFocus, true);
      document.removeEventListener("curbcut-window", onWindow);
      window.removeEventListener("click", onClick, true);
      return !hasReacted && !state.count && !state.left && !state.focused && scrollX === 0 && scrollY === 0;
    },
    changed: () => {
      const now = { ...state };
      hasReacted ||= state.count > 0 || state.left || state.focused;
      Object.assign(state, { count: 0, slight: 0, left: false, focused: false, forwarded: false });
      return now;
    },
    watch: (path) => { tried = elementAt(path); },
    reached: (entries) => {
      const names = new Set([...document.querySelectorAll(focusable)].slice(0, 5000).filter(canFocus).map(nameOf).filter(Boolean));
      const found = [];
      for (const entry of entries) {
        const element = elementAt(entry.path);
        if (!element || !isSeen(element) || /^(html|body|main|form)$/.test(element.localName)) continue;
        found.push(seen(element, judge(element, entry, names)));
      }
      return found;
    },
    // Elements over which the mouse becomes a hand, outermost first, that no key reaches, and controls made of other
    // elements that take the focus: whether a click on them does anything is for the page to show.
    pointed: ({ elements, most }) => {
      const found = [];
      for (const element of allElements(elements)) {
        if (found.length >= most) break;
        if (element.ownerDocument !== document) continue;
        const hasHand = getComputedStyle(element).cursor === "pointer";
        if (isKeyless(element) && (hasHand || /^(button|link|checkbox|switch)$/.test(element.getAttribute("role") || ""))) {
          if (isSeen(element) && nameOf(element)) found.push(selectorPath(element));
          continue;
        }
        if (!hasHand) continue;
        const parent = parentOf(element);
        if (parent && parent.nodeType === 1 && getComputedStyle(parent).cursor === "pointer") continue;
        if (element.matches(focusable) || element.closest("label, " + focusable) || element.querySelector(focusable)) continue;
        if (isSeen(element) && nameOf(element)) found.push(selectorPath(element));
      }
      return found;
    },
    // A place in the window where a click is meant for nothing.
    neutral: () => {
      for (let y = innerHeight - 8; y > 0; y -= 64) for (let x = 4; x < innerWidth; x += 128) {
        const hit = document.elementFromPoint(x, y);
        if (hit && getComputedStyle(hit).cursor !== "pointer" && !hit.closest("label, [onclick], " + focusable)) return { x, y };
      }
      return null;
    },
    place: (path) => {
      const element = elementAt(path);
      if (!element) return null;
      element.scrollIntoView({ block: "center", behavior: "instant" });
      const box = boxOf(element);
      const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const hit = element.getRootNode().elementFromPoint(place.x, place.y);
      return hit && (hit === element || element.contains(hit)) ? place : null;
    },
    page: (found) => {
      const words = /shortcut|hotkey|keyboard|tastenk|tastatur|raccourci|clavier|atajo|teclado|scorciatoi|tastiera|sneltoets|toetsenbord|skr[oó]t|klawiatur|genvej|kortkommando|atalho|pikanäppäin/i;
      const text = cut(document.body.innerText || "", 100000) + [...document.querySelectorAll("[aria-label], [title]")].slice(0, 1000).map((e) => e.getAttribute("aria-label") + e.title).join(" ");
      // What opens settings may hold the way to turn the keys off, or a list of them.
      const settings = /setting|preference|options?\b|einstellung|param[eè]tre|pr[eé]f[eé]rence|ajuste|preferencia|configura|impostazion|instelling|\bhelp\b|\bhilfe\b|\baide\b|\bayuda\b/i;
      const opens = [...document.querySelectorAll(focusable)].slice(0, 2000).some((control) => isSeen(control) && settings.test(nameOf(control)));
      return [seen(document.body, { ...found, mentions: opens || words.test(text) })];
    },
  };
}
