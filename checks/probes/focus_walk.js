// What the walk through the focus order asks of the page. Made once on a page; it lives in our own world of scripts,
// so it is gone when the page has been left. `most` bounds the elements that are looked through.
function focusWalk(most) {
  const elements = [];
  const ids = new WeakMap();
  const received = []; // elements in the order in which they got the focus, by key or by script
  const idOf = (element) => {
    if (!ids.has(element)) { ids.set(element, elements.length); elements.push(element); }
    return ids.get(element);
  };
  const styleOf = (element) => element.ownerDocument.defaultView.getComputedStyle(element);
  const up = (element) => element.assignedSlot || parentOf(element);
  const ancestors = (element) => {
    const found = [];
    for (let node = up(element); node && found.length < 60; node = up(node)) found.push(node);
    return found;
  };
  const textKinds = /^(text|search|url|tel|email|password|number|)$/;
  const hasCaret = (element) => {
    const isField = element.localName === "textarea" || (element.localName === "input" && textKinds.test(element.type)) || element.isContentEditable;
    const style = styleOf(element);
    return Boolean(isField && !element.readOnly && style.caretColor !== "rgba(0, 0, 0, 0)" && style.opacity !== "0");
  };
  const interactive = "a[href], area[href], button, input, select, textarea, summary, audio, video, [tabindex], [contenteditable], iframe";

  // Elements that the Tab key should reach, as far as that can be told from outside. Of radio buttons only one is a stop.
  const reachable = () => allElements(most).filter((element) => element.tabIndex >= 0 && !element.disabled && element.localName !== "iframe" &&
    element.type !== "radio" && !element.closest("[inert]") && element.matches(interactive) &&
    element.checkVisibility({ visibilityProperty: true }) && !element.closest("fieldset[disabled]"));

  // The innermost element at a place in the window, through open shadow roots and same-origin frames.
  const at = (x, y) => {
    let [root, hit] = [document, null];
    for (let depth = 0; depth < 20; depth++) {
      const next = root.elementFromPoint(x, y);
      if (!next || next === hit) return hit;
      hit = next;
      if (hit.shadowRoot) { root = hit.shadowRoot; continue; }
      if (hit.localName !== "iframe") return hit;
      let inner = null;
      try { inner = hit.contentDocument; } catch { /* of another origin */ }
      if (!inner) return hit;
      const outer = hit.getBoundingClientRect();
      [x, y, root] = [x - outer.x - hit.clientLeft, y - outer.y - hit.clientTop, inner];
    }
    return hit;
  };

  const sticky = (element, stop) => [element, ...ancestors(element)].find((node) =>
    /fixed|sticky/.test(styleOf(node).position) && node !== stop && !ancestors(stop).includes(node));

  // Places on the element that lie in the window, and what is in front of it there.
  const inFront = (element) => {
    const origin = boxOf(element);
    const own = element.getBoundingClientRect();
    const rects = [...element.getClientRects()].slice(0, 4);
    const covers = new Map();
    let [points, covered] = [0, 0];
    for (const rect of rects.length ? rects : [own]) {
      for (const [fx, fy] of [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8], [.5, .1], [.5, .9]]) {
        const x = origin.x + rect.x - own.x + rect.width * fx;
        const y = origin.y + rect.y - own.y + rect.height * fy;
        if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
        points++;
        const hit = at(x, y);
        if (!hit || hit === element || ancestors(hit).includes(element) || ancestors(element).includes(hit)) continue;
        const front = sticky(hit, element);
        if (front) { covered++; covers.set(front, (covers.get(front) || 0) + 1); }
      }
    }
    const cover = [...covers].sort((a, b) => b[1] - a[1])[0]?.[0];
    return { points, covered, cover };
  };

  const hiddenHow = (element, box) => {
    const outside = box.x + box.width < 0 || box.y + box.height < 0 || box.x >= innerWidth || box.y >= innerHeight;
    if (outside) return "outside";
    if (box.width <= 1 || box.height <= 1) return "small";
    const chain = [element, ...ancestors(element)];
    if (chain.some((node) => Number(styleOf(node).opacity) < 0.02)) return "transparent";
    const style = styleOf(element);
    if (/^rect\((0|1)px/.test(style.clip) || /inset\((50%|100%)/.test(style.clipPath)) return "small";
    for (const node of chain.slice(1)) {
      const own = styleOf(node);
      if (own.overflowX === "visible" && own.overflowY === "visible") continue;
      if (node === document.documentElement || node === document.body) continue;
      const around = boxOf(node);
      const [width, height] = [Math.min(box.x + box.width, around.x + around.width) - Math.max(box.x, around.x),
        Math.min(box.y + box.height, around.y + around.height) - Math.max(box.y, around.y)];
      if (width <= 1 || height <= 1) return "cut off";
    }
    return "";
  };

  const backgroundOf = (element) => {
    for (const node of [element, ...ancestors(element)]) {
      const style = styleOf(node);
      if (style.backgroundImage !== "none") return cut(style.backgroundImage, 80);
      if (style.backgroundColor !== "rgba(0, 0, 0, 0)") return style.backgroundColor;
    }
    return "";
  };

  // What is drawn around an element: an outline, or a shadow outside it. With the focus it may be another than at rest.
  const ringOf = (style) => {
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 ? style.outline : "";
    return outline + "|" + (style.boxShadow.includes("inset") ? "" : style.boxShadow);
  };
  const rest = new WeakMap();

  // How the element looks now that it has the focus: elements with the same look need one picture between them.
  const lookOf = (element, hidden) => {
    const style = styleOf(element);
    const box = boxOf(element);
    const isCut = ancestors(element).slice(0, 4).some((node) => {
      const own = styleOf(node);
      if (own.overflowX === "visible" && own.overflowY === "visible") return false;
      const around = boxOf(node);
      return box.x - around.x < 4 || box.y - around.y < 4 || around.x + around.width - box.x - box.width < 4 || around.y + around.height - box.y - box.height < 4;
    });
    const parent = up(element);
    const hasRing = rest.has(element) && ringOf(style) !== rest.get(element); // drawn around it, so its own colours do not matter
    if (hasRing && !hidden && !isCut) return cut(JSON.stringify([ringOf(style), style.outlineOffset, parent ? backgroundOf(parent) : ""]), 500);
    const exact = [element.className, parent ? parent.localName + "." + parent.className : "", hidden, isCut];
    return cut(JSON.stringify([element.localName, element.type || "", style.outline, style.outlineOffset, style.boxShadow,
      backgroundOf(element), style.borderTop, style.borderBottom, style.textDecorationLine, style.color, exact]), 1500);
  };

  const dialogs = () => [...document.querySelectorAll("dialog[open], [role=dialog], [role=alertdialog]")].filter(isSeen).length;
  const modalOf = (element) => [element, ...ancestors(element)].find((node) =>
    node.localName === "dialog" || /^(alert)?dialog$/.test(node.getAttribute("role") || "") || node.getAttribute("aria-modal") === "true");

  // What CSS between two stops may show them in another order than that of the page; empty for nothing.
  const reordered = (before, now) => {
    if (!before || !before.isConnected || before.ownerDocument !== now.ownerDocument) return "";
    const chain = [before, ...ancestors(before)];
    let [child, around] = [now, up(now)];
    while (around && !chain.includes(around)) [child, around] = [around, up(around)];
    const at = chain.indexOf(around);
    if (!around || around.nodeType !== 1 || at < 1) return "";
    const [style, own, other] = [styleOf(around), styleOf(child), styleOf(chain[at - 1])];
    if (/flex/.test(style.display)) {
      if (style.flexDirection.endsWith("reverse")) return "flex-direction: " + style.flexDirection;
      if (style.flexWrap === "wrap-reverse") return "flex-wrap: wrap-reverse";
    }
    if (/flex|grid/.test(style.display) && own.order !== other.order) return "order: " + own.order;
    if (/grid/.test(style.display) && [own, other].some((item) => item.gridRowStart !== "auto" || item.gridColumnStart !== "auto")) return "grid-area: " + own.gridArea;
    if (!/flex|grid/.test(style.display) && own.float === other.float && own.float !== "none") return "float: " + own.float;
    return "";
  };
  let noted = null;

  // The stop where the focus is now.
  const note = () => {
    const element = focused();
    if (!element) return { id: -1, onPage: document.hasFocus(), last: received.length ? received[received.length - 1] : -1, count: received.length };
    const id = idOf(element);
    const box = boxOf(element);
    const front = inFront(element);
    const hidden = hiddenHow(element, box);
    const style = styleOf(element);
    const order = noted === element ? "" : reordered(noted, element);
    noted = element;
    return {
      id, onPage: true, order, rtl: order !== "" && styleOf(up(element)).direction === "rtl", box, hidden, points: front.points, covered: front.covered, cover: front.cover ? idOf(front.cover) : -1,
      coverShare: front.cover ? front.cover.getBoundingClientRect().width * front.cover.getBoundingClientRect().height / (innerWidth * innerHeight) : 0,
      look: lookOf(element, hidden), caret: hasCaret(element), scroll: [scrollX, scrollY], dialogs: dialogs(), count: received.length,
      tag: element.localName, type: element.type || "", tabindex: Number(element.getAttribute("tabindex")) || 0,
      isOwn: element.matches(interactive), ringOfBrowser: style.outlineStyle === "auto",
      fixed: [element, ...ancestors(element)].some((node) => /fixed|sticky/.test(styleOf(node).position)),
      ariaHidden: [element, ...ancestors(element)].some((node) => node.getAttribute("aria-hidden") === "true"),
      besideDialog: [...document.querySelectorAll("dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]")].some((d) => isSeen(d) && !d.contains(element)),
      hasInside: element.localName === "iframe" || element.localName === "object" || element.localName === "embed" || element.localName === "video" ||
        element.localName === "audio" || /^(date|time|datetime-local|month|week)$/.test(element.type || "") || (element.localName.includes("-") && !element.shadowRoot),
      inModal: Boolean(modalOf(element)),
    };
  };

  const onFocus = (event) => { if (received.length < 5000 && event.composedPath()[0].nodeType === 1) received.push(idOf(event.composedPath()[0])); };
  window.addEventListener("focus", onFocus, true); // not focusin: it does not come where the page blurs at once
  // The page may try to go elsewhere, or to send a form, when something gets the focus: it is noted and kept from it.
  const leaving = new Set();
  let attempts = 0;
  const onNavigate = (event) => {
    if (event.hashChange || !event.cancelable || event.destination.sameDocument) return;
    event.preventDefault();
    attempts++;
    received.slice(-3).forEach((id) => leaving.add(id)); // it may come late: each of them is tried again, slowly
  };
  if (globalThis.navigation) navigation.addEventListener("navigate", onNavigate);
  document.documentElement.style.scrollBehavior = "auto"; // a scroll that takes time would be in the pictures
  const stops = reachable();
  const found = stops.map(idOf);
  for (const element of stops) if (element !== focused()) rest.set(element, ringOf(styleOf(element)));

  return {
    count: found.length,
    reachable: found,
    note,
    element: (id) => elements[id],
    describe: (wanted) => wanted.map((id) => ({ id, ...seen(elements[id], {}) })),
    focus: (id) => { elements[id].focus({ focusVisible: true }); return focused() === elements[id]; },
    // Focus the next element that Tab should reach after one that cannot be looked into.
    skipPast: (id) => {
      const next = found.find((other) => elements[id].compareDocumentPosition(elements[other]) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (next === undefined) return false;
      elements[next].focus({ focusVisible: true });
      return focused() === elements[next];
    },
    isFocused: (id) => focused() === elements[id],
    blur: () => { const element = focused(); if (element) element.blur(); return !focused(); },
    scroll: (x, y) => window.scrollTo({ left: x, top: y, behavior: "instant" }),
    boxes: (wanted) => wanted.map((id) => boxOf(elements[id])),
    inFront: (id) => { const front = inFront(elements[id]); return { points: front.points, covered: front.covered, box: boxOf(elements[id]), scroll: scrollX + "," + scrollY, hidden: hiddenHow(elements[id], boxOf(elements[id])) }; },
    text: () => cut(document.body ? document.body.innerText : "", 200000) + " " +
      [...document.querySelectorAll("[aria-label], [title]")].slice(0, 2000).map((e) => (e.getAttribute("aria-label") || "") + " " + (e.getAttribute("title") || "")).join(" "),
    hasButton: (wanted) => wanted.some((id) => elements[id].matches("button, [role=button], input[type=button], a[href]")),
    leaving: () => [...leaving],
    // Whether the page tries to go elsewhere each time when an element gets the focus.
    leaves: async (id) => {
      for (let time = 0; time < 2; time++) {
        elements[id].blur();
        await new Promise((done) => setTimeout(done, 150));
        const count = attempts;
        elements[id].focus();
        await new Promise((done) => setTimeout(done, 250));
        if (attempts === count) return false;
      }
      return true;
    },
    throwsAway: async (id) => {
      const element = elements[id];
      if (!element.isConnected) return false;
      element.focus();
      await new Promise((done) => setTimeout(done, 100));
      return !focused() && element.isConnected && isSeen(element);
    },
  };
}
