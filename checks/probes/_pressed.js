// Presses controls that open, tick or choose something, and tells whether what they say of themselves changes with it,
// and which messages come with it.
async function pressControls({ elements, most, plain, sending, wait, late, tells, longest }) {
  const STATES = ["aria-expanded", "aria-pressed", "aria-checked", "aria-selected"];
  const TOLD = "button[aria-expanded], [role=button][aria-expanded], a[aria-expanded], button[aria-pressed], [role=button][aria-pressed],"
    + " [role=checkbox]:not(input), [role=switch]:not(input), [role=tab]";
  const SENDS = "form button, form input[type=submit], button[form]";
  const UNTOLD = "button:not([aria-haspopup], [popovertarget], [commandfor]), [role=button]:not([aria-haspopup])";
  const WIDGET = "[role=menu], [role=menubar], [role=listbox], [role=radiogroup], [role=toolbar], [role=tree], [role=grid], summary";
  const DIALOG = "dialog, [role=dialog], [role=alertdialog], [aria-modal=true]";
  const MESSAGE = "[role=alert], [role=status], [aria-live]:not([aria-live=off]), output, [role=tooltip]";
  const LIVE = "[role=alert], [role=status], [role=log], [role=timer], [role=marquee], [role=progressbar], [aria-live]:not([aria-live=off]), output";
  const OTHER = "button, a[href], label, option, select, script, style, [role=tooltip], [role=listbox], [role=menu], [role=tabpanel], [role=grid], " + DIALOG;
  const TOLD_BY_NAME = /toast|snackbar|message|status|alert|notif|feedback|success|error|result|count/i;
  const DANGER = /delete|remove|l[oö]sch|entfern|supprim|borrar|elimin|log ?out|sign ?out|abmeld|print|druck|imprim|copy|kopier|copi/i;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const tidy = (text) => (text || "").replace(/\s+/g, " ").trim();
  const wordsOn = (control) => tidy(control.getAttribute("aria-label") || control.innerText || (control.localName === "input" && control.value) || control.title);
  const settle = () => { for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish(); };
  const isSending = (control) => Boolean(control.form) && control.type === "submit";
  // A form that a script may answer itself; nothing is sent, as its submit event is prevented and the network held.
  const isHandled = (form) => sending > 0 && form.checkValidity();
  const isFree = (control) => isSeen(control) && !control.disabled && control.getAttribute("aria-disabled") !== "true" && control.ownerDocument === document
    && !control.closest("[inert], [aria-hidden=true]") && !DANGER.test(wordsOn(control))
    && !(control.form && (/^(reset|image)$/.test(control.type) || control.type === "submit" && !isHandled(control.form)))
    && !(control.localName === "a" && /^(https?|mailto|tel):/.test(control.getAttribute("href") || ""));
  const statesOf = (control) => STATES.map((name) => control.getAttribute(name) || "").join("|");
  // How a control looks, without what the mouse and the focus do to it.
  const lookOf = (control) => [control, ...control.querySelectorAll("*")].slice(0, 12).map((part) => ["", "::before", "::after"].map((pseudo) => {
    const style = getComputedStyle(part, pseudo || null);
    return pseudo && /^(none|normal)$/.test(style.content) ? "" : [style.content, style.backgroundColor, style.backgroundImage, style.color, style.borderColor, style.transform,
      style.left, style.display, style.visibility, style.opacity, style.fontWeight, part.getAttribute("src") || ""].join();
  }).join()).join(";");
  const seenNow = () => new Set(allElements(elements).filter((element) => element.ownerDocument === document && isSeen(element)));
  // The largest parts that one set has and another has not, with words or controls in them.
  const onlyIn = (one, other) => {
    const found = [];
    for (const element of one) {
      if (other.has(element) || found.some((outer) => outer.contains(element)) || /^(html|body|script|style)$/.test(element.localName)) continue;
      found.push(element);
    }
    return found;
  };
  const isContent = (element, control) => !control.contains(element) && !element.closest(MESSAGE) && element.isConnected
    && (tidy(element.textContent).length > 1 || element.querySelector("a[href], button, input, img"));
  // Whether a part belongs to the control: named by it, or right behind it, or in what it heads.
  const belongs = (element, control) => {
    for (const id of (control.getAttribute("aria-controls") || "").split(/\s+/)) {
      const part = id && document.getElementById(id);
      if (part && (part === element || part.contains(element) || element.contains(part))) return true;
    }
    for (let node = control, level = 0; node && node !== document.body && level < 3; node = node.parentElement, level++) {
      const next = node.nextElementSibling;
      if (next && (next === element || next.contains(element))) return true;
    }
    return false;
  };
  // Texts that changed since they were last asked for.
  const changed = new Set();
  const note = (records) => {
    for (const { target, addedNodes } of records)
      for (const node of [target, ...addedNodes]) changed.add(node.nodeType === 1 ? node : node.parentElement);
  };
  const observer = new MutationObserver(note);
  const isTelling = (text, e, isNew) => tells.some((word) => (" " + text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ") + " ").includes(" " + word))
    || (TOLD_BY_NAME.test(e.className + " " + e.id) && /\p{L}{2}/u.test(text))
    || (!isNew && text.length <= longest / 2 && /\d/.test(text) && /\p{L}{2}/u.test(text) && !/\d:\d\d/.test(text));
  // Short texts that came with a press and seem to tell what it has done; all are told where a live region speaks, too.
  const messagesOf = (control, opened) => {
    note(observer.takeRecords());
    const isSpoken = (e) => e.matches(LIVE) || Boolean(e.closest(LIVE)) || [...e.querySelectorAll(LIVE)].some((part) => tidy(part.textContent));
    const all = [...changed].filter((e) => e && e.isConnected);
    const speaks = all.some((e) => isSpoken(e) && tidy(e.textContent).length > 2);
    const at = focused();
    const found = new Map();
    for (const e of [...opened, ...all]) {
      if (found.size >= 2) break;
      const text = tidy(e.innerText);
      if (text.length < 3 || text.length > longest || !isSeen(e) || e.contains(control) || control.contains(e) || e.closest(OTHER)) continue;
      if (e.querySelectorAll("a[href], button").length > 2 || e.querySelector("input, select, textarea, nav, h1, h2, h3, " + DIALOG)) continue;
      if ([...found.keys()].some((one) => one.contains(e) || e.contains(one)) || !isTelling(text, e, opened.includes(e) && !changed.has(e))) continue;
      found.set(e, { says: cut(text, 100), button: cut(wordsOn(control), 60), isAnnounced: speaks || isSpoken(e) || (at !== null && e.contains(at)) });
    }
    return [...found];
  };

  const all = allElements(elements);
  const chosen = [];
  const kinds = new Set();
  const choose = (selector, bound, isTold) => {
    let count = 0;
    for (const control of all) {
      if (count >= bound) return;
      if (!control.matches(selector) || isSending(control) !== (selector === SENDS) || (isTold ? false : control.closest(WIDGET) || STATES.some((name) => control.hasAttribute(name))) || !isFree(control)) continue;
      if (control.getAttribute("aria-selected") === "true") continue; // pressing the tab that is open does nothing
      const kind = control.localName + control.getAttribute("role") + "." + control.className;
      if (kinds.has(kind)) continue;
      kinds.add(kind);
      chosen.push([control, isTold]);
      count++;
    }
  };
  choose(TOLD, most, true);
  choose(UNTOLD, plain, false);
  choose(SENDS, sending, false);
  if (!chosen.length) return { controls: [], dialogs: [], messages: [], total: 0 };
  globalThis.navigation?.addEventListener("navigate", (event) => {
    if (event.cancelable && !event.destination.sameDocument) event.preventDefault();
  });
  addEventListener("submit", (event) => event.preventDefault(), true);

  const controls = [];
  const dialogs = [];
  const messages = [];
  observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true });
  for (const [control, isTold] of chosen) {
    if (!control.isConnected || !isFree(control)) continue; // what was pressed before has changed it
    if (document.querySelector("dialog:modal")) break; // nothing else can be pressed
    const described = seen(control, {});
    const [states, look, words, before] = [statesOf(control), lookOf(control), wordsOn(control), seenNow()];
    const had = focused();
    const measure = () => {
      settle();
      const now = seenNow();
      const [came, went] = [onlyIn(now, before), onlyIn(before, now)];
      return { now, opened: came.filter((e) => isContent(e, control)), went: went.filter((e) => isContent(e, control)),
        isSame: control.isConnected && statesOf(control) === states && wordsOn(control) === words, look: control.isConnected ? lookOf(control) : "" };
    };
    control.focus({ preventScroll: true });
    observer.takeRecords();
    changed.clear();
    control.click();
    await pause(wait);
    let after = measure();
    note(observer.takeRecords());
    const hasChanged = () => after.opened.length > 0 || after.went.length > 0 || after.look !== look;
    if ((hasChanged() || changed.size > 0) && after.isSame) { await pause(late); after = measure(); } // some say it a moment later
    const dialog = isSending(control) ? null : after.opened.map((e) => (e.matches(DIALOG) ? e : e.querySelector(DIALOG))).find((e) => e && isSeen(e));
    if (dialog) {
      const at = focused();
      dialogs.push(seen(dialog, { opener: cut(words, 80), isModal: dialog.getAttribute("aria-modal") === "true",
        hasFocus: Boolean(at) && (dialog === at || dialog.contains(at)), hasMoved: at !== control && at !== had,
        controls: [...dialog.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, [tabindex]")].filter((e) => isSeen(e) && !e.disabled && e.tabIndex >= 0).length,
        index: dialogs.length }));
      globalThis.curbcutDialogs = [...(globalThis.curbcutDialogs || []), dialog];
      break; // the page behind it is out of use
    }
    const said = control.isConnected && !control.hasAttribute("aria-expanded") ? messagesOf(control, after.opened) : [];
    const told = said.map(([e, data]) => [e, seen(e, data)]); // as it is now: it may go again
    if (!hasChanged() || !after.isSame || isSending(control)) { messages.push(...told.map(([, entry]) => entry)); continue; }
    const own = after.opened.find((e) => belongs(e, control)) || after.went.find((e) => belongs(e, control));
    const part = own || after.opened[0] || after.went[0];
    const hasOpened = after.opened.includes(part);
    control.click();
    await pause(wait);
    settle();
    // Whether a second press brings back what was: then the first one had done its whole work.
    const isBack = control.isConnected && (part ? isSeen(part) !== hasOpened : lookOf(control) === look) && statesOf(control) === states && wordsOn(control) === words;
    messages.push(...told.filter(([e]) => !isBack || (e !== part && !part?.contains(e))).map(([, entry]) => entry)); // what goes again was opened
    controls.push({ ...described, data: { isTold, name: cut(words, 80), state: STATES.filter((name) => control.hasAttribute(name)).map((name) => name + "=" + control.getAttribute(name)).join(" "),
      isOwn: Boolean(own), hasOpened, hasContent: Boolean(part), isBack,
      isSwitched: after.opened.length > 0 && after.went.length > 0, hasNewLook: after.look !== look,
      text: part ? cut(tidy(part.innerText || part.textContent), 80) : "" } });
  }
  observer.disconnect();
  return { controls, dialogs, messages: messages.slice(0, most), total: chosen.length };
}
