// Helpers for probes; stands, after describe.js, in front of each function that a probe evaluates.

// A CSS selector for each step to an element, outer to inner, through same-origin frames and open shadow roots.
function selectorPath(element) {
  const steps = [];
  let node = element;
  while (node) {
    const parts = [];
    let current = node;
    for (; current && current.nodeType === 1; current = current.parentElement) {
      parts.unshift(selectorStep(current));
      if (!current.parentElement) break;
    }
    steps.unshift(parts.join(" > "));
    const root = current.getRootNode();
    if (root.nodeType === 11 && root.host) node = root.host;
    else node = frameOf(root);
  }
  return steps.map((step) => cut(step, 2000));
}

function selectorStep(element) {
  const name = element.localName;
  if (name === "html" || name === "head" || name === "body") return name;
  const parent = element.parentElement || element.getRootNode();
  const siblings = Array.prototype.filter.call(parent.children || [], (other) => other.localName === name);
  const isPlain = /^[a-z][a-z0-9-]*$/.test(name);
  if (!isPlain) return "*:nth-child(" + (1 + Array.prototype.indexOf.call(parent.children, element)) + ")";
  return siblings.length < 2 ? name : name + ":nth-of-type(" + (siblings.indexOf(element) + 1) + ")";
}

function frameOf(root) {
  try { return root.defaultView && root.defaultView !== window ? root.defaultView.frameElement : null; }
  catch { return null; }
}

// What a rule is given of an element: where it is, what it is, where its box is, and what the probe found out.
function seen(element, data) {
  const box = boxOf(element);
  return { ...describe(element), target: selectorPath(element), box, data: data || {} };
}

// The box of an element in the window of the main frame, in CSS pixels.
function boxOf(element) {
  const rect = element.getBoundingClientRect();
  let [x, y] = [rect.x, rect.y];
  for (let frame = frameOf(element.ownerDocument); frame; frame = frameOf(frame.ownerDocument)) {
    const outer = frame.getBoundingClientRect();
    x += outer.x + frame.clientLeft;
    y += outer.y + frame.clientTop;
  }
  return { x, y, width: rect.width, height: rect.height };
}

// All elements of the document, its open shadow roots and same-origin frames, in document order, up to a bound.
function allElements(most) {
  const found = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (found.length >= most) return;
      found.push(element);
      if (element.shadowRoot) visit(element.shadowRoot);
      else if (element.localName === "iframe" || element.localName === "frame") {
        let inner = null;
        try { inner = element.contentDocument; } catch { /* of another origin */ }
        if (inner && inner.documentElement) visit(inner);
      }
    }
  };
  visit(document);
  return found;
}

// Find an element again by the path that selectorPath gave.
function elementAt(path) {
  let scope = document;
  let element = null;
  for (const step of path) {
    element = scope && scope.querySelector(step);
    if (!element) return null;
    scope = element.shadowRoot || (element.localName === "iframe" ? element.contentDocument : null);
  }
  return element;
}

// Whether people see the element: it has a box, is not hidden, and is not fully transparent.
function isSeen(element) {
  const style = element.ownerDocument.defaultView.getComputedStyle(element);
  if (style.visibility !== "visible" || style.display === "none") return false;
  if (!element.checkVisibility || element.checkVisibility({ opacityProperty: true, contentVisibilityAuto: true })) {
    const rect = element.getBoundingClientRect();
    return rect.width > 0 && rect.height > 0;
  }
  return false;
}

// The element that has the focus, inside shadow roots and same-origin frames; null for none.
function focused() {
  let element = document.activeElement;
  for (;;) {
    if (!element) return null;
    let inner = element.shadowRoot && element.shadowRoot.activeElement;
    if (!inner && (element.localName === "iframe" || element.localName === "frame")) {
      try { inner = element.contentDocument && element.contentDocument.activeElement; } catch { inner = null; }
      if (inner && inner.localName === "body") inner = null;
    }
    if (!inner) break;
    element = inner;
  }
  return element.localName === "body" || element.localName === "html" ? null : element;
}
