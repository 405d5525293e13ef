// Writes down the composed document: what a person gets, as text that a parser can read again.
//
// Left out: scripts, styles, comments, templates, the inside of pictures. Open shadow roots are put into their host
// as <curbcut-shadow>. Elements that nobody can see carry data-curbcut-hidden, for their whole subtree. What only the
// browser knows of pictures, media and a few others is put beside it; checks/rules/_facts.py reads it and says what there is.
// options: {chars, nodes, links}. Returns {html, title, lang, canonical, contentType, links: [[href, text]], scripts, cut}.
(options) => {
  const DROP = new Set(["SCRIPT", "STYLE", "TEMPLATE", "LINK", "NOSCRIPT", "BASE", "OBJECT", "EMBED"]);
  const VOID = new Set(["AREA", "BR", "COL", "HR", "IMG", "INPUT", "META", "PARAM", "SOURCE", "TRACK", "WBR"]);
  const DEPTH = 200; // libxml2, which reads this again, gives up at 256
  const ATTRIBUTE_CHARS = 2000;
  const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const escape = (text) => (/[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (c) => escapes[c]) : text);
  const out = [];
  const cut = new Set();
  const links = new Map();
  let chars = 0;
  let count = 0;

  // A field named "attributes" or "childNodes" hides that property of its form, and a picture named "title" the
  // document's; the prototypes still have them.
  const lookup = (node, name) => {
    for (let at = Object.getPrototypeOf(node); at; at = Object.getPrototypeOf(at)) {
      const found = Object.getOwnPropertyDescriptor(at, name);
      if (!found) continue;
      const value = found.get ? found.get.call(node) : found.value;
      return typeof value === "function" ? value.bind(node) : value;
    }
    return undefined;
  };
  const honest = (node) => new Proxy({}, { get: (_, name) => lookup(node, name) });
  const page = honest(document);

  const put = (text) => { out.push(text); chars += text.length; };
  const noteLink = (element) => {
    let href = element.href;
    if (href && href.baseVal !== undefined) { // a link in an SVG picture: as it is written
      try { href = new URL(href.baseVal, page.baseURI).href; } catch { href = href.baseVal; }
    }
    if (!href || typeof href !== "string" || links.has(href)) return;
    if (links.size >= options.links) { cut.add("links"); return; }
    links.set(href, (element.textContent || "").trim().slice(0, 200));
  };
  const attributes = (element) => {
    let text = "";
    for (const { name, value } of element.attributes) {
      if (name === "style" || name === "srcset" || name === "sizes" || name === "integrity" || name === "nonce") continue;
      if (!/^[^\s"'<>\/=]+$/.test(name) || name.startsWith("data-curbcut-")) continue; // these are ours to say
      let kept = value;
      if (kept.length > ATTRIBUTE_CHARS) { kept = kept.slice(0, ATTRIBUTE_CHARS); cut.add("attributes"); }
      text += " " + name + '="' + escape(kept) + '"';
    }
    return text;
  };
  const shown = (element) => element.checkVisibility === undefined || element.checkVisibility();
  const visible = (element) => element.checkVisibility === undefined || element.checkVisibility({ visibilityProperty: true });

  // What only the browser knows. One failing question (a tainted canvas, a media element of another origin) leaves that
  // one fact out. Sizes are read once nothing moves any more, so they cost one layout for the whole page.
  const BOXED = new Set(["IMG", "SVG", "CANVAS", "VIDEO", "AUDIO", "IFRAME", "FRAME"]);
  const SIDED = new Set(["UL", "OL", "NAV", "ASIDE"]);
  const LETTERED = new Set(["BODY", "P", "DIV"]);
  const MAX_CANVASES = 20;
  const MAX_LETTERED = 500;
  const LINE_CHARS = 120; // longer than any heading worth the name
  const width = page.documentElement ? lookup(page.documentElement, "clientWidth") : 0;
  let canvases = 0;
  let lettered = 0;
  const box = (node) => {
    const r = node.getBoundingClientRect();
    const gone = r.right + scrollX <= 0 || r.bottom + scrollY <= 0;
    return { size: Math.round(r.width) + "x" + Math.round(r.height), ...(gone && { offscreen: "" }) };
  };
  const side = (node) => {
    const r = node.getBoundingClientRect();
    const middle = (r.left + r.right) / 2 / (width || 1);
    if (!r.width || r.width > 0.6 * width) return {};
    return middle < 0.4 ? { side: "left" } : middle > 0.6 ? { side: "right" } : {};
  };
  const picture = (node) => {
    if (!node.complete || !node.currentSrc) return {};
    return node.naturalWidth ? { natural: node.naturalWidth + "x" + node.naturalHeight } : { broken: "" };
  };
  const painted = (node) => {
    if (!node.width || !node.height || ++canvases > MAX_CANVASES) return {};
    const small = document.createElement("canvas");
    small.width = small.height = 32;
    const context = small.getContext("2d", { willReadFrequently: true });
    context.drawImage(node, 0, 0, 32, 32);
    try {
      return context.getImageData(0, 0, 32, 32).data.some((value, at) => at % 4 === 3 && value) ? { drawn: "" } : {};
    } catch {
      return { drawn: "" }; // tainted: a picture of another origin was drawn
    }
  };
  const media = (node) => {
    const tracks = [...node.textTracks].slice(0, 50).map((track) => track.kind + ":" + track.language);
    const known = { ...(tracks.length && { tracks: tracks.join(" ") }), ...(node.muted && { muted: "" }) };
    if (node.readyState < 1) return known;
    if (node.duration === Infinity) known.live = "";
    if (Number.isFinite(node.duration)) known.duration = String(Math.round(node.duration * 10) / 10);
    known.pixels = node.videoWidth ? node.videoWidth + "x" + node.videoHeight : "";
    try {
      known.sound = node.captureStream().getAudioTracks().length ? "yes" : "no";
    } catch { /* another origin, or a browser that cannot tell */ }
    return known;
  };
  const letters = (node, tag) => {
    if (tag !== "BODY") {
      if (tag === "DIV" && node.firstElementChild) return {};
      const length = node.textContent.trim().length;
      if (!length || length > LINE_CHARS || ++lettered > MAX_LETTERED) return {};
    }
    let from = node;
    const only = node.firstElementChild;
    if (tag === "P" && only && only.textContent.trim() === node.textContent.trim()) from = only;
    const style = getComputedStyle(from);
    return { font: Math.round(parseFloat(style.fontSize)) + " " + style.fontWeight };
  };
  const svg = (node) => {
    const text = [...node.querySelectorAll("text")].map((part) => part.textContent.trim()).join(" ").trim();
    return text ? { text: text.slice(0, 300) } : {};
  };
  // The words on a control or label that is named otherwise, as people see them: without what CSS hides, moves away or
  // cuts off, and without the ligatures of icon fonts. Only the browser knows which parts stand in one line.
  const NAMED = new Set(["A", "BUTTON", "SUMMARY", "LABEL"]);
  const BY_CONTENT = /^(button|checkbox|link|menuitem|menuitemcheckbox|menuitemradio|option|radio|switch|tab|treeitem)$/;
  const ICON_FONT = /icon|awesome|glyph|symbol|dashicons/i;
  const MAX_SHOWN = 500;
  const SHOWN_CHARS = 300;
  let shownTexts = 0;
  const named = (node) => node && (node.hasAttribute("aria-label") || node.hasAttribute("aria-labelledby"));
  const unseen = (node, style) => {
    const r = node.getBoundingClientRect();
    if (style.display === "contents") return false;
    if (r.right + scrollX <= 0 || r.bottom + scrollY <= 0 || style.opacity === "0") return true;
    if (style.clipPath.startsWith("inset(50%") || style.clipPath.startsWith("inset(100%")) return true;
    if (style.position === "absolute" && /^rect\((0|1)px,? (0|1)px/.test(style.clip)) return true;
    return style.overflow !== "visible" && (r.width <= 1 || r.height <= 1);
  };
  const worded = (node, tag) => {
    if (!named(tag === "LABEL" ? node.control : node)) return {};
    const role = (node.getAttribute("role") || "").trim().split(/\s+/)[0];
    if (!NAMED.has(tag) && !BY_CONTENT.test(role)) return {};
    if (++shownTexts > MAX_SHOWN) return {};
    let text = "";
    const visit = (element, depth) => {
      const style = getComputedStyle(element);
      if (unseen(element, style) || ICON_FONT.test(style.fontFamily.split(",")[0]) || parseFloat(style.textIndent) < -99) return;
      const apart = element !== node && !/^(inline|contents)/.test(style.display) ? " " : "";
      text += apart;
      for (const child of element.childNodes) {
        if (text.length > SHOWN_CHARS) return;
        const name = child.nodeType === 1 ? child.tagName.toUpperCase() : "";
        if (child.nodeType === 3 && style.visibility === "visible") text += child.data;
        else if (name === "BR") text += " ";
        else if (name && !DROP.has(name) && !BOXED.has(name) && name !== "SELECT" && shown(child) && depth < 20) visit(child, depth + 1);
      }
      text += apart;
    };
    visit(node, 0);
    return { shown: text.replace(/\s+/g, " ").trim().slice(0, SHOWN_CHARS) };
  };
  // The label of a box to tick, or of a file to choose, which stands in for it: the field itself takes no focus.
  const LABELLED = /^(checkbox|radio|file)$/;
  const pressed = (node) => {
    const its = node.control;
    if (!its || !LABELLED.test(its.type) || its.disabled || visible(its) || unseen(node, getComputedStyle(node))) return {};
    const r = node.getBoundingClientRect();
    return r.width >= 8 && r.height >= 8 && visible(node) ? { pressed: its.type } : {};
  };
  const MOVABLE = /^(H[1-6]|LABEL|LEGEND)$/;
  const moved = (node) => {
    const r = node.getBoundingClientRect();
    return r.right + scrollX <= 0 || r.bottom + scrollY <= 0 ? { offscreen: "" } : {};
  };
  const EMPTY = new Set(["DIV", "SPAN", "SECTION", "FIGURE", "TD"]);
  const MAX_EMPTY = 300;
  let empty = 0;
  const background = (node) => {
    if (node.firstElementChild || node.textContent.trim() || ++empty > MAX_EMPTY) return {};
    const [, address] = /url\("?([^"]*)"?\)/.exec(getComputedStyle(node).backgroundImage) || [];
    if (!address || address.startsWith("data:")) return {};
    return { background: address.split(/[?#]/)[0].split("/").pop().slice(-200), ...box(node) };
  };
  // The contrast of a field's words to its own plain colour, where its background picture (a lens, an arrow) stands
  // beside the words. Only one picture, with a size and a place in pixels, is known to stand there.
  const FIELD = /^(INPUT|SELECT|TEXTAREA)$/;
  const BESIDE_EM = 0.25; // a picture has an empty edge
  const rgb = (value) => {
    const parts = (/^rgba?\(([^)]+)\)$/.exec(value) || ["", ""])[1].split(/[\s,/]+/).map(parseFloat);
    return parts.length === 3 || parts[3] === 1 ? parts.slice(0, 3) : null;
  };
  const light = (colour) => colour.map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const leftOf = (place, room) => {
    const [, percent] = /^([\d.]+)%$/.exec(place) || [];
    if (percent) return (room * parseFloat(percent)) / 100;
    const [, pixels] = /^(?:left )?(-?[\d.]+)px$/.exec(place) || [];
    if (pixels) return parseFloat(pixels);
    const [, sign, gap] = /^calc\(100% ([-+]) ([\d.]+)px\)$/.exec(place) || [];
    return gap ? room + parseFloat(sign + gap) : NaN;
  };
  const field = (node) => {
    const style = getComputedStyle(node);
    const isOne = style.backgroundImage.startsWith("url(") && !/\), ?(url|[a-z-]*gradient)\(/.test(style.backgroundImage);
    if (!isOne || style.backgroundRepeat !== "no-repeat" || style.backgroundOrigin !== "padding-box") return {};
    const wide = parseFloat((/^([\d.]+)px/.exec(style.backgroundSize) || [])[1]);
    const left = leftOf(style.backgroundPositionX, node.clientWidth - wide);
    const slack = BESIDE_EM * parseFloat(style.fontSize);
    const isBefore = left + wide <= parseFloat(style.paddingLeft) + slack;
    const isAfter = left >= node.clientWidth - parseFloat(style.paddingRight) - slack;
    if (!isBefore && !isAfter) return {}; // also where a place or size is not known
    for (let part = node; part; part = part.parentElement) {
      const its = getComputedStyle(part);
      if (its.opacity !== "1" || its.filter !== "none" || its.mixBlendMode !== "normal") return {};
    }
    const hint = getComputedStyle(node, "::placeholder");
    const words = node.placeholder && !node.value ? hint : style;
    const [ink, ground] = [rgb(words.color), rgb(style.backgroundColor)];
    return ink && ground && words.opacity === "1" ? { contrast: ratio(ink, ground).toFixed(2) } : {};
  };
  const asked = (question, node, tag) => {
    try { return question(node, tag); } catch { return {}; }
  };
  const facts = (node, tag) => {
    const known = {};
    if (BOXED.has(tag) || (tag === "INPUT" && node.type === "image")) Object.assign(known, asked(box, node));
    if (tag === "IMG") Object.assign(known, asked(picture, node));
    if (tag === "CANVAS") Object.assign(known, asked(painted, node));
    if (tag === "SVG") Object.assign(known, asked(svg, node));
    if (tag === "VIDEO" || tag === "AUDIO") Object.assign(known, asked(media, node));
    if (SIDED.has(tag)) Object.assign(known, asked(side, node));
    if (LETTERED.has(tag)) Object.assign(known, asked(letters, node, tag));
    if (tag === "LABEL") Object.assign(known, asked(pressed, node));
    if (MOVABLE.test(tag)) Object.assign(known, asked(moved, node));
    Object.assign(known, asked(worded, node, tag));
    if (EMPTY.has(tag)) Object.assign(known, asked(background, node));
    if (FIELD.test(tag)) Object.assign(known, asked(field, node));
    let text = "";
    for (const [name, value] of Object.entries(known)) text += " data-curbcut-" + name + '="' + escape(value) + '"';
    return text;
  };

  // Links inside frames of the same origin count as the page's; their text is judged where they are opened.
  const frameLinks = (frame) => {
    let inner = null;
    try { inner = frame.contentDocument; } catch { /* another origin */ }
    if (!inner) return;
    for (const link of lookup(inner, "querySelectorAll")("a[href], area[href]")) noteLink(link);
  };

  const walk = (given, depth, hidden) => {
    const node = given instanceof HTMLFormElement ? honest(given) : given;
    if (chars > options.chars) { cut.add("text"); return false; }
    if (node.nodeType === 3) { put(escape(node.data)); return !hidden && node.data.trim() !== ""; }
    if (node.nodeType !== 1) return false;
    const tag = node.tagName.toUpperCase();
    if (tag === "A" || tag === "AREA") noteLink(node);
    if (DROP.has(tag)) return false;
    if (++count > options.nodes) { cut.add("nodes"); return false; }
    const flat = depth > DEPTH;
    if (flat) cut.add("depth");
    const name = node.tagName.toLowerCase();
    let hides = false;
    if (!hidden && !shown(node) && tag !== "AREA" && !node.closest("head")) hides = true;
    const transparent = !hidden && !hides && !visible(node) && tag !== "AREA" && !node.closest("head");
    let openedAt = -1;
    if (!flat) {
      openedAt = out.length;
      const known = hidden || hides ? "" : facts(node, tag);
      put("<" + name + attributes(node) + known + (hides ? " data-curbcut-hidden" : "") + ">");
      if (VOID.has(tag)) return !hidden && !hides && !transparent;
    }
    let seen = false;
    if (tag === "SVG") {
      const title = node.querySelector("title");
      if (title) put("<title>" + escape(title.textContent.slice(0, ATTRIBUTE_CHARS)) + "</title>");
      for (const link of node.querySelectorAll("a")) noteLink(link);
      seen = true;
    } else if (tag === "CANVAS") {
      seen = true; // what stands inside is for assistive technology, and is no text of the page
    } else if (tag === "IFRAME" || tag === "FRAME") {
      if (tag === "FRAME") noteLink({ href: node.src }); // a frameset has no content but its frames' pages
      frameLinks(node);
      seen = true;
    } else if (tag === "TEXTAREA") {
      put(escape(node.defaultValue || ""));
      seen = true;
    } else {
      if (node.shadowRoot) {
        put("<curbcut-shadow>");
        for (const child of node.shadowRoot.childNodes) seen = walk(child, depth + 1, hidden || hides) || seen;
        put("</curbcut-shadow>");
      }
      for (const child of node.childNodes) {
        const childHidden = hidden || hides || (transparent && child.nodeType === 3);
        seen = walk(child, depth + 1, childHidden) || seen;
      }
    }
    if (!flat) {
      // visibility: hidden may be undone further in; only where it is not is the whole subtree out of sight.
      if (transparent && !seen) out[openedAt] = out[openedAt].replace(/>$/, " data-curbcut-hidden>");
      put("</" + name + ">");
    }
    return seen && !hides && !hidden;
  };

  const root = page.documentElement;
  if (root) walk(root, 0, false);
  const others = 'link[rel~="alternate"][hreflang][href], link[rel~="next"][href], link[rel~="prev"][href]';
  for (const link of page.querySelectorAll(others)) noteLink(link);
  const onward = page.querySelector('meta[http-equiv="refresh" i][content]'); // one that waits longer than we do
  const [, goal] = /^\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(onward ? onward.content : "") || [];
  if (goal) {
    try { noteLink({ href: new URL(goal, page.baseURI).href }); } catch { /* no address */ }
  }
  if (cut.has("text") || cut.has("nodes")) {
    for (const link of page.querySelectorAll("a[href], area[href]")) noteLink(link); // of what was not read, too
  }
  const FEW_LINKS = 3; // only a page that leads nowhere can be a check against robots
  const scripts = links.size > FEW_LINKS ? null : [...page.querySelectorAll("script")].slice(0, 50)
    .map((script) => [script.id, script.src, String(script.textContent).slice(0, 2000)].join(" "));
  const canonical = page.querySelector('link[rel~="canonical"][href]');
  return {
    html: root ? "<!DOCTYPE html>" + out.join("") : "",
    title: String(page.title || "").slice(0, ATTRIBUTE_CHARS),
    lang: String((root && (root.getAttribute("lang") || root.getAttribute("xml:lang"))) || "").slice(0, 100),
    canonical: canonical ? canonical.href : "",
    contentType: page.contentType,
    links: [...links],
    scripts,
    cut: [...cut],
  };
}
