// Says what a finding needs to know of an element. Put in front of scripts that run in a page; axe's and the probes'.
const SNIPPET_MAX = 500;
const TEXT_MAX = 200;
const TEXT_NODES = 50; // with text in them; what indents the markup is not counted, so that a minifier changes nothing
const NODES = 1000;
const INSIDE_MAX = 12;
const VALUE_MAX = 200;
const PATH_MAX = 60;
const SMALL_SUBTREE = 20; // elements whose HTML is shown with their content; of larger ones only the opening tag
const NAMING = [
  "id", "class", "role", "name", "type", "href", "src", "alt", "title", "for", "lang", "placeholder", "value", "action",
  "autocomplete", "scope", "headers", "http-equiv", "content", "aria-label", "aria-labelledby", "aria-controls", "data", "data-testid",
  "data-src", "data-lazy-src",
];

const cut = (value, most) => {
  const text = typeof value === "string" ? value : String(value);
  return text.length > most ? text.slice(0, most) : text;
};

function parentOf(node) {
  const parent = node.parentNode;
  if (!parent) return null;
  return parent.nodeType === 11 ? parent.host || null : parent.nodeType === 1 ? parent : null;
}

function stepOf(element) {
  const get = (name) => cut(element.getAttribute(name) || "", VALUE_MAX);
  return [cut(element.localName || "", 60), get("id"), get("role"), get("class")];
}

function textOf(element) {
  let text = "";
  const walker = element.ownerDocument.createTreeWalker(element, 4);
  for (let seen = 0, all = 0; seen < TEXT_NODES && all < NODES && text.length < TEXT_MAX && walker.nextNode(); all++) {
    const parent = walker.currentNode.parentNode.localName;
    if (parent === "script" || parent === "style") continue;
    const piece = cut(walker.currentNode.data, 4 * TEXT_MAX).replace(/\s+/g, " ");
    text += !text || text.endsWith(" ") ? piece.trimStart() : piece;
    if (piece !== " ") seen++;
  }
  return cut(text.trim(), TEXT_MAX);
}

// What an element without text consists of, a line each: the same as `_inside` in elements.py.
function insideOf(element) {
  const lines = [];
  const put = (kind, value) => { if (value) lines.push(kind + " " + cut(value, VALUE_MAX).replace(/\s+/g, " ")); };
  const inner = element.getElementsByTagName("*");
  for (let at = 0; at < inner.length && at < INSIDE_MAX; at++) {
    const [part, name] = [inner[at], inner[at].localName];
    if (name === "use") for (const key of ["href", "xlink:href"]) put("use", part.getAttribute(key));
    put("src", part.getAttribute("src"));
    put("text", part.getAttribute("alt"));
    if (name === "path") put("path", part.getAttribute("d"));
    if (["i", "span", "svg"].includes(name)) put("class", part.getAttribute("class"));
  }
  return lines.join("\n");
}

function htmlOf(element) {
  const isSmall = element.getElementsByTagName("*").length <= SMALL_SUBTREE && !["html", "body", "head"].includes(element.localName);
  return cut((isSmall ? element : element.cloneNode(false)).outerHTML || "", SNIPPET_MAX);
}

// What a finding needs to know of an element: its HTML, what names it, and the elements around it, outermost first.
function describe(element) {
  const attributes = {};
  for (const name of NAMING) {
    const value = element.getAttribute(name);
    if (value !== null) attributes[name] = cut(value, VALUE_MAX);
  }
  const path = [];
  for (let node = parentOf(element); node && path.length < PATH_MAX; node = parentOf(node)) path.unshift(stepOf(node));
  const text = textOf(element);
  if (!text) attributes["curbcut-inside"] = insideOf(element);
  return { html: htmlOf(element), tag: cut(element.localName, 60), attributes, text, path };
}
