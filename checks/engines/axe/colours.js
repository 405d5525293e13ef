// Makes axe read each colour once. It parses the background of each element behind each text anew: on pages of a
// thousand elements that is a fifth of all its time, for a handful of colours. What it computes stays the same.
const COLOURS_MAX = 2000; // a page of a thousand shades may not fill the memory

function rememberColours(axe) {
  const proto = axe.commons && axe.commons.color && axe.commons.color.Color && axe.commons.color.Color.prototype;
  if (!proto || typeof proto.parseString !== "function") return; // an axe that is built otherwise
  const parse = proto.parseString;
  const known = new Map();
  proto.parseString = function parseString(text) {
    const colour = known.get(text);
    if (colour !== undefined) {
      this.r = colour.r;
      this.g = colour.g;
      this.b = colour.b;
      this.alpha = colour.alpha;
      return this;
    }
    parse.call(this, text); // throws for what is no colour, as ever
    if (known.size < COLOURS_MAX) known.set(text, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
    return this;
  };
}
