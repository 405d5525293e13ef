// The marked text under a text field: what is painted there has the same letters at the same places.

/** Move marks to where their words are after an edit; those whose words were edited go. */
export function markedRanges(before, after, marks) {
  let first = 0;
  const shortest = Math.min(before.length, after.length);
  while (first < shortest && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < shortest - first && before[before.length - 1 - last] === after[after.length - 1 - last]) last += 1;
  const editEnd = before.length - last;
  const shift = after.length - before.length;
  return marks
    .filter((mark) => mark.end <= first || mark.start >= editEnd)
    .map((mark) => (mark.end <= first ? mark : { ...mark, start: mark.start + shift, end: mark.end + shift }));
}

/** Paint the text with its marks; where several overlap, a piece carries the classes of all. */
export function paint(under, text, marks) {
  const edges = new Set([0, text.length]);
  for (const mark of marks) {
    edges.add(Math.min(mark.start, text.length));
    edges.add(Math.min(mark.end, text.length));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const pieces = document.createDocumentFragment();
  for (let index = 0; index + 1 < sorted.length; index += 1) {
    const [start, end] = [sorted[index], sorted[index + 1]];
    const here = marks.filter((mark) => mark.start <= start && end <= mark.end);
    const words = document.createTextNode(text.slice(start, end));
    if (!here.length) {
      pieces.append(words);
      continue;
    }
    const piece = document.createElement("mark");
    piece.className = [...new Set(here.map((mark) => mark.group))].join(" ");
    piece.dataset.number = here.at(-1).number;
    piece.append(words);
    pieces.append(piece);
  }
  pieces.append(document.createTextNode("\n​")); // a last empty line has its height, too
  under.replaceChildren(pieces);
}

/** Replace characters of a text field so that the browser's own undo knows of it. */
export function replaceRange(field, start, end, words) {
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, words)) {
    field.setRangeText(words, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Put a whole text into a field, undo included. */
export function fillEditor(field, words) {
  replaceRange(field, 0, field.value.length, words);
  field.setSelectionRange(0, 0);
}
