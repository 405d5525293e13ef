// Where the text of a page is, line by line, and how much of each line people can see. Put in front of probes' functions.
const HIDING_BOX_PX = 2; // a box this small hides its text on purpose (the "visually hidden" pattern)
const LINES_MAX = 60; // lines of one text node that are measured
const PAIRS_MAX = 200_000; // pairs of lines that are compared
const SHOWN_MAX = 80; // characters of a lost text in a message
const CUT_HEIGHT = 0.4; // share of a line's height that must be missing: fonts leave some room above and below letters
const CUT_WIDTH_EM = 0.5; // about one letter
const NO_TEXT = new Set(["script", "style", "noscript", "template", "textarea", "select", "option", "iframe", "object"]);
const SLIDES = /carousel|slide|swiper|slick|marquee|ticker|splide|glide|flickity/i;

// What an ancestor does to the text in it; kept, as many texts share their ancestors.
function holderOf(element, known) {
  const kept = known.get(element);
  if (kept) return kept;
  const style = getComputedStyle(element);
  const rect = element.getBoundingClientRect();
  const [left, top] = [rect.left + element.clientLeft, rect.top + element.clientTop];
  const isInline = style.display === "inline" || style.display === "contents";
  const way = (value) => (isInline || value === "visible" ? "" : value === "auto" || value === "scroll" ? "scroll" : "cut");
  const moves = style.transform !== "none" || style.filter !== "none" || style.perspective !== "none";
  const holder = {
    position: style.position,
    holdsAbsolute: moves || style.position !== "static",
    holdsFixed: moves,
    x: way(style.overflowX),
    y: way(style.overflowY),
    box: [left, top, left + element.clientWidth, top + element.clientHeight],
    ellipsis: { x: style.textOverflow === "ellipsis", y: style.webkitLineClamp !== "none" },
  };
  const isTiny = (holder.x === "cut" && element.clientWidth <= HIDING_BOX_PX)
    || (holder.y === "cut" && element.clientHeight <= HIDING_BOX_PX);
  const isClipped = style.clipPath !== "none" || (style.clip !== "auto" && /absolute|fixed/.test(style.position));
  holder.hides = isTiny || isClipped;
  known.set(element, holder);
  return holder;
}

// Whether the page itself cuts off what sticks out at its right, so that nobody can scroll there.
function pageCuts() {
  const root = getComputedStyle(document.documentElement).overflowX;
  const body = document.body ? getComputedStyle(document.body).overflowX : "visible";
  const value = root === "visible" ? body : root;
  return value === "hidden" || value === "clip";
}

// A line after all its ancestors: `whole` is what there is to see, `part` what is seen of it; both [left, top, right, bottom].
function seenLine(rect, element, known, isCutByPage) {
  const whole = [rect.left, rect.top, rect.right, rect.bottom];
  const line = { whole, part: [...whole], cutter: null, axis: "", isHidden: false };
  let escapes = "";
  for (let node = element; node && node !== document.documentElement && node !== document.body; node = parentOf(node)) {
    const holder = holderOf(node, known);
    if (escapes && !(escapes === "fixed" ? holder.holdsFixed : holder.holdsAbsolute)) continue;
    escapes = "";
    if (holder.hides) line.isHidden = true;
    for (const [axis, low, high] of [["x", 0, 2], ["y", 1, 3]]) {
      if (holder[axis] === "scroll") scrollInto(line, holder.box, low, high);
      if (holder[axis] === "cut") cutTo(line, holder.box[low], holder.box[high], low, high, node, axis);
    }
    if (holder.position === "absolute" || holder.position === "fixed") escapes = holder.position;
  }
  if (isCutByPage) cutTo(line, -scrollX, innerWidth, 0, 2, document.body, "x");
  if (escapes === "fixed") { // nobody can scroll to what of it lies beside the window
    if (line.whole[0] >= innerWidth) line.isHidden = true;
    else cutTo(line, 0, innerWidth, 0, 2, document.body, "x");
  }
  if (line.part[2] + scrollX <= 0 || line.part[3] + scrollY <= 0) line.isHidden = true;
  return line;
}

function scrollInto(line, box, low, high) {
  const size = Math.min(line.whole[high] - line.whole[low], box[high] - box[low]);
  if (line.whole[low] < box[low] || line.whole[high] > box[high]) {
    line.whole[low] = line.part[low] = box[low];
    line.whole[high] = line.part[high] = box[low] + size;
    line.isElsewhere = true; // until somebody scrolls there
  }
}

function cutTo(line, from, to, low, high, node, axis) {
  const before = line.part[high] - line.part[low];
  line.part[low] = Math.min(Math.max(line.part[low], from), line.part[high]);
  line.part[high] = Math.max(Math.min(line.part[high], to), line.part[low]);
  if (line.part[high] - line.part[low] < before - 1) [line.cutter, line.axis] = [node, axis];
}

function stateOf(line, em) {
  const size = (box, low, high) => box[high] - box[low];
  const [width, height] = [size(line.part, 0, 2), size(line.part, 1, 3)];
  if (width <= 1 || height <= 1) return "gone";
  if (height < (1 - CUT_HEIGHT) * size(line.whole, 1, 3)) return "cut";
  return size(line.whole, 0, 2) - width > Math.max(4, CUT_WIDTH_EM * em) ? "cut" : "seen";
}

// Every text that is shown in the main document: [{ node, element, lines, cut, gone, hidden, cutter, axis, ellipsis }].
function measureText(most) {
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSTransition) animation.finish(); // what still slides to its place is not there yet
  }
  const known = new Map();
  const isCutByPage = pageCuts();
  const range = document.createRange();
  const texts = [];
  for (const element of allElements(most)) {
    if (element.ownerDocument !== document || NO_TEXT.has(element.localName) || element.namespaceURI.endsWith("svg")) continue;
    const nodes = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    if (!nodes.length || !isSeen(element) || element.closest("[aria-hidden=true]")) continue;
    const em = parseFloat(getComputedStyle(element).fontSize) || 16;
    for (const node of nodes) {
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1).slice(0, LINES_MAX);
      if (rects.length) texts.push(textSeen(node, element, em, rects.map((rect) => seenLine(rect, element, known, isCutByPage)), known));
    }
  }
  return texts;
}

function textSeen(node, element, em, lines, known) {
  const states = lines.map((line) => stateOf(line, em));
  const worst = lines[states.indexOf("cut")] || lines[states.indexOf("gone")] || lines[0];
  let ellipsis = false;
  for (let up = element; up && worst.cutter; up = up === worst.cutter ? null : parentOf(up)) ellipsis ||= holderOf(up, known).ellipsis[worst.axis];
  return {
    node, element, em, lines, ellipsis, cutter: worst.cutter, axis: worst.axis,
    hidden: lines.every((line) => line.isHidden),
    cut: states.filter((state) => state === "cut").length,
    gone: states.filter((state) => state === "gone").length,
  };
}

// What is lost of the text that was seen before: [{ element, box, data }] for `seen`.
function lostText(before, after, most) {
  const lost = [];
  for (const text of after) {
    const was = before.get(text.node);
    if (!was || was.hidden || text.hidden || !(text.cut + text.gone) || !text.cutter) continue;
    if (!/[\p{L}\p{N}]/u.test(text.node.data)) continue; // lines and ornaments made of characters
    // The last lines of a block that its own box cuts off are a part of one text.
    const allGone = text.gone === text.lines.length && !(text.axis === "y" && blockOf(text.element) === text.cutter);
    const kind = was.cut + was.gone ? (allGone ? "" : "always") : allGone ? "gone" : "cut";
    if (kind && !lost.some((other) => other.text.element === text.element)) lost.push({ text, kind });
    if (lost.length >= most) break;
  }
  return lost.map(({ text, kind }) => {
    const words = wordsOf(text);
    const whole = text.lines.length - text.cut - text.gone; // lines that are seen as a whole
    const facts = { whole, ellipsis: text.ellipsis, byPage: text.cutter === document.body, words: words.split(" ").length };
    const data = { kind, axis: text.axis, ...helpNear(text), ...facts, text: cut(words, SHOWN_MAX) };
    return { element: text.element, cutter: text.cutter, data };
  });
}

const wordsOf = (text) => text.node.data.trim().replace(/\s+/g, " ");

function blockOf(element) {
  let block = element;
  while (block && getComputedStyle(block).display === "inline") block = parentOf(block);
  return block;
}

// What may show the lost text in another way.
function helpNear({ element, cutter }) {
  const control = "a[href], button, summary, [role=button], [role=link], [role=tab]";
  const next = cutter.nextElementSibling;
  let moves = false;
  for (let node = element; node && node !== cutter; node = parentOf(node)) {
    moves ||= getComputedStyle(node).transform !== "none" || SLIDES.test(node.getAttribute("class") || "");
  }
  const around = cutter.parentElement || cutter;
  return {
    inControl: Boolean(element.closest(control)),
    hasTitle: Boolean(element.closest("[title]:not([title=''])")),
    controlNear: Boolean(next && (next.matches(control) || (next.querySelector(control) && next.children.length < 3)))
      || Boolean(cutter !== document.body && around !== document.body && around.querySelector("[aria-expanded], summary")),
    moves: moves || SLIDES.test(cutter.getAttribute("class") || "") || Boolean(cutter.closest("[aria-roledescription]")),
  };
}

// Pairs of texts whose lines lie over each other now and did not before: [{ element, other, data }].
function overlaps(before, after, most) {
  const found = [];
  const pairs = new Set();
  let left = PAIRS_MAX;
  const lines = [];
  for (const text of after) {
    if (text.hidden || !before.has(text.node)) continue;
    for (const line of text.lines) {
      if (!line.isElsewhere && stateOf(line, text.em) !== "gone") lines.push({ text, box: line.part });
    }
  }
  lines.sort((one, two) => one.box[1] - two.box[1]);
  for (let i = 0; i < lines.length && found.length < most; i++) {
    for (let j = i + 1; j < lines.length && lines[j].box[1] < lines[i].box[3] && left-- > 0; j++) {
      const [one, two] = [lines[i], lines[j]];
      if (one.text === two.text || !isOver(one, two) || pairs.has(two.text.node)) continue;
      if (wereOver(before.get(one.text.node), before.get(two.text.node))) continue;
      pairs.add(two.text.node);
      const data = { kind: "over", isLayered: isLayered(one.text, two.text), text: cut(wordsOf(two.text), SHOWN_MAX),
        other: cut(wordsOf(one.text), SHOWN_MAX) };
      found.push({ element: two.text.element, cutter: two.text.element, data });
    }
  }
  return found;
}

// Over each other: more than half of the lower line's height, and more than a letter wide.
function isOver(one, two) {
  const height = Math.min(one.box[3], two.box[3]) - Math.max(one.box[1], two.box[1]);
  const width = Math.min(one.box[2], two.box[2]) - Math.max(one.box[0], two.box[0]);
  const least = Math.min(one.box[3] - one.box[1], two.box[3] - two.box[1]);
  return height > 0.6 * least && width > Math.max(one.text.em, two.text.em);
}

function wereOver(one, two) {
  if (!one || !two || one.hidden || two.hidden) return true;
  return one.lines.some((a) => two.lines.some((b) => isOver({ text: one, box: a.part }, { text: two, box: b.part })));
}

// Whether one of them is taken out of the flow, so that it may lie over the other for a while on purpose.
function isLayered(one, two) {
  for (const text of [one, two]) {
    for (let node = text.element; node && node !== document.body; node = parentOf(node)) {
      const other = text === one ? two : one;
      if (node.contains(other.element)) break;
      const style = getComputedStyle(node);
      if (/absolute|fixed|sticky/.test(style.position) || style.transform !== "none" || style.translate !== "none") return true;
    }
  }
  return false;
}

// The element that a picture of a lost text should show: what cuts it off, unless that is the page.
const shownOf = ({ element, cutter }) => selectorPath(cutter === document.body ? element : cutter);
const keyed = (texts) => new Map(texts.map((text) => [text.node, text]));

const LARGE_PX = 24; // 18 point; bold from 14 point (WCAG 2.2, "large scale (text)")
const LARGE_BOLD_PX = 18.66;
const LARGE_NEEDS = 3;
const NORMAL_NEEDS = 4.5;

// A text's colour and the contrast it needs; null where its letters are not painted in one plain colour.
function looksOf(element, style) {
  const [colour, alpha] = colourOf(style.webkitTextFillColor || style.color);
  if (!colour || alpha < 0.05 || style.backgroundClip.includes("text")) return null;
  let opacity = 1;
  for (let node = element; node; node = parentOf(node)) {
    const its = getComputedStyle(node);
    if (its.filter !== "none" || its.mixBlendMode !== "normal") return null;
    opacity *= parseFloat(its.opacity);
  }
  const size = parseFloat(style.fontSize);
  const isLarge = size >= LARGE_PX || (size >= LARGE_BOLD_PX && parseInt(style.fontWeight, 10) >= 700);
  return { colour, alpha: alpha * opacity, isFaded: opacity < 1, need: isLarge ? LARGE_NEEDS : NORMAL_NEEDS };
}

// [[red, green, blue], alpha] of a computed colour; [null, 0] where it is written in another way than rgb().
function colourOf(value) {
  const parts = /^rgba?\(([^)]+)\)$/.exec(value);
  if (!parts) return [null, 0];
  const numbers = parts[1].split(/[\s,/]+/).map(parseFloat);
  return [numbers.slice(0, 3), numbers.length > 3 ? numbers[3] : 1];
}
