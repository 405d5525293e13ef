// Writes down the composed document: what a person gets, as text that a parser can read again.
//
// Left out: scripts, styles, comments, templates, the inside of pictures. Open shadow roots are put into their host
// as <curbcut-shadow>. Elements that nobody can see carry data-curbcut-hidden, for their whole subtree.
// options: {chars, nodes, links}. Returns {html, title, lang, canonical, links: [[href, text]], cut}.
(options) => {
  const DROP = new Set(["SCRIPT", "STYLE", "TEMPLATE", "LINK", "NOSCRIPT", "BASE", "OBJECT", "EMBED", "CANVAS"]);
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
    const href = element.href && element.href.baseVal !== undefined ? element.href.baseVal : element.href;
    if (!href || typeof href !== "string" || links.has(href)) return;
    if (links.size >= options.links) { cut.add("links"); return; }
    links.set(href, (element.textContent || "").trim().slice(0, 200));
  };
  const attributes = (element) => {
    let text = "";
    for (const { name, value } of element.attributes) {
      if (name === "style" || name === "srcset" || name === "sizes" || name === "integrity" || name === "nonce") continue;
      if (!/^[^\s"'<>\/=]+$/.test(name)) continue;
      let kept = value;
      if (kept.length > ATTRIBUTE_CHARS) { kept = kept.slice(0, ATTRIBUTE_CHARS); cut.add("attributes"); }
      text += " " + name + '="' + escape(kept) + '"';
    }
    return text;
  };
  const shown = (element) => element.checkVisibility === undefined || element.checkVisibility();
  const visible = (element) => element.checkVisibility === undefined || element.checkVisibility({ visibilityProperty: true });

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
      put("<" + name + attributes(node) + (hides ? " data-curbcut-hidden" : "") + ">");
      if (VOID.has(tag)) return !hidden && !hides && !transparent;
    }
    let seen = false;
    if (tag === "SVG") {
      const title = node.querySelector("title");
      if (title) put("<title>" + escape(title.textContent.slice(0, ATTRIBUTE_CHARS)) + "</title>");
      for (const link of node.querySelectorAll("a")) noteLink(link);
      seen = true;
    } else if (tag === "IFRAME" || tag === "FRAME") {
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
  const canonical = page.querySelector('link[rel~="canonical"][href]');
  return {
    html: root ? "<!DOCTYPE html>" + out.join("") : "",
    title: String(page.title || "").slice(0, ATTRIBUTE_CHARS),
    lang: String((root && (root.getAttribute("lang") || root.getAttribute("xml:lang"))) || "").slice(0, 100),
    canonical: canonical ? canonical.href : "",
    contentType: page.contentType,
    links: [...links],
    cut: [...cut],
  };
}
