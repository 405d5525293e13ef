/* Filter, search and sort for the report's lists. Without it everything can still be read, a part at a time.

   A list that fits one file is worked on where it stands. A longer one loads all its rows from a data file the first
   time somebody filters or sorts. Text is only ever put in as text, never as markup. */
"use strict";

(() => {
  const CHUNK = 100; // rows shown at a time: what a phone lays out without a pause
  const TYPING_PAUSE_MS = 150;
  const WEB_ADDRESS = /^https?:\/\//i;
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const language = document.documentElement.lang;
  const format = new Intl.NumberFormat(language === "en" ? "en-GB" : language, {
    numberingSystem: "latn",
    useGrouping: "always",
  });
  const loaded = new Map();
  const said = window.curbcutWords || {}; // in another language a file before this one has its words for ours

  function say(message, values) {
    return (said[message] || message).replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  }

  // Data files call this. Object keys of a Map cannot collide with a prototype's.
  window.curbcutTable = (name, rows) => loaded.set(name, rows);

  const [TEXT, HREF, OUT, NOTE, TONE, LANG, RANK, CODE, PICTURE] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* A note is a text, or where languages differ texts with the language of each. */
  function notes(note) {
    const box = make("bdi", "", typeof note === "string" ? note : undefined);
    if (typeof note !== "string") {
      note.forEach(([text, other], index) => {
        const part = make("span", "", text);
        if (other) part.lang = other;
        box.append(index ? " " : "", part);
      });
    }
    return box;
  }

  function noteText(note) {
    return Array.isArray(note) ? note.map(([text]) => text).join(" ") : note || "";
  }

  /* One cell of the data file as the same elements that the HTML files hold. */
  function fillCell(target, cell, root) {
    const text = typeof cell[TEXT] === "number" ? format.format(cell[TEXT]) : cell[TEXT];
    const tone = cell[TONE] || "";
    const shown = make("bdi", tone === "code" ? "code" : tone && `tag ${tone}`, text);
    if (cell[LANG]) shown.lang = cell[LANG];
    if (cell[HREF] || WEB_ADDRESS.test(cell[OUT] || "")) {
      const link = make("a", cell[HREF] ? "" : "out");
      link.href = cell[HREF] ? root + cell[HREF] : cell[OUT];
      if (!cell[HREF]) link.rel = "noopener noreferrer external";
      link.append(shown);
      target.append(link);
    } else {
      target.append(shown);
    }
    if (cell[NOTE]) {
      const note = make("span", "note");
      note.append(notes(cell[NOTE]));
      target.append(note);
    }
    if (cell[CODE]) {
      const code = make("code", "hint");
      code.append(make("bdi", "", cell[CODE]));
      target.append(code);
    }
    if (cell[PICTURE]) {
      const [path, width, height, alt] = cell[PICTURE];
      const picture = make("img", "seen");
      Object.assign(picture, { loading: "lazy", src: root + path, width, height, alt });
      target.append(picture);
    }
  }

  class Listing {
    constructor(box) {
      this.box = box;
      this.table = box.querySelector("table.rows");
      if (!this.table) return;
      this.body = this.table.tBodies[0];
      this.heads = [...this.table.tHead.rows[0].cells];
      this.status = box.querySelector(".status");
      this.pager = box.querySelector(".pager");
      this.more = box.querySelector(".more");
      this.filter = box.querySelector(".filter");
      this.original = [...this.body.rows];
      this.originalStatus = this.status.textContent;
      this.rows = null;
      this.isPartial = false;
      this.sort = null;
      this.shown = 0;
      if (this.filter) this.prepareFilter();
      if (this.filter || this.original.length > 1) this.prepareSort();
      this.more.addEventListener("click", () => this.showMore());
    }

    prepareFilter() {
      this.input = this.filter.querySelector("input");
      this.selects = [...this.filter.querySelectorAll("select")];
      this.reset = this.filter.querySelector(".reset");
      let timer = 0;
      this.input.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.update(), TYPING_PAUSE_MS);
      });
      for (const select of this.selects) select.addEventListener("change", () => this.update());
      this.reset.addEventListener("click", () => this.clear());
      this.filter.hidden = false;
    }

    prepareSort() {
      this.table.classList.add("sortable");
      this.heads.forEach((head, column) => {
        const button = make("button", "", head.textContent);
        button.type = "button";
        button.addEventListener("click", () => this.sortBy(column));
        head.replaceChildren(button);
      });
    }

    sortBy(column) {
      const isNumber = this.heads[column].classList.contains("number");
      const again = this.sort && this.sort.column === column;
      // Numbers start with the most, words with A.
      const descending = again ? !this.sort.descending : isNumber;
      this.sort = { column, descending };
      this.heads.forEach((head, index) => {
        if (index === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      this.update();
    }

    clear() {
      this.input.value = "";
      for (const select of this.selects) select.value = "";
      this.sort = null;
      for (const head of this.heads) head.removeAttribute("aria-sort");
      this.update();
      this.input.focus();
    }

    /* Return this list's rows as {cells, keys, text, element}; a long list's come from its data file. */
    async load() {
      if (this.rows) return this.rows;
      const { name, src, noun, total } = this.box.dataset;
      if (src) {
        this.status.textContent = say("Loading all %(n)s %(noun)s …", { n: format.format(Number(total)), noun });
        this.table.setAttribute("aria-busy", "true");
        await this.fetchData(src);
        this.table.removeAttribute("aria-busy");
      }
      const data = src && loaded.get(name);
      this.isPartial = Boolean(src) && !data;
      this.rows = data ? data.map((cells) => this.fromData(cells)) : this.original.map((row) => this.fromElement(row));
      loaded.delete(name);
      return this.rows;
    }

    /* A script element also works from a disk, where fetch() does not. */
    fetchData(src) {
      return new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = src;
        script.onload = script.onerror = () => resolve();
        document.head.append(script);
      });
    }

    fromData(cells) {
      return {
        cells,
        keys: cells.map((cell) => cell[RANK] ?? cell[TEXT]),
        choices: cells.map((cell) => String(cell[TEXT])),
        text: cells.map((cell) => `${cell[TEXT]} ${noteText(cell[NOTE])} ${cell[CODE] || ""}`).join(" ").toLowerCase(),
        element: null,
      };
    }

    fromElement(row) {
      const cells = [...row.cells];
      const texts = cells.map((cell) => (cell.querySelector("bdi") || cell).textContent);
      return {
        keys: cells.map((cell, index) => {
          if (cell.dataset.rank) return Number(cell.dataset.rank);
          return cell.classList.contains("number") ? Number(texts[index].replace(/\D/g, "")) : texts[index];
        }),
        choices: texts,
        text: row.textContent.toLowerCase(),
        element: row,
      };
    }

    element(row) {
      if (row.element) return row.element;
      row.element = make("tr");
      row.element.setAttribute("role", "row");
      row.cells.forEach((cell, index) => {
        const head = this.heads[index];
        const target = make(index ? "td" : "th", head.classList.contains("number") ? "number" : "");
        target.setAttribute("role", index ? "cell" : "rowheader");
        if (!index) target.scope = "row";
        target.dataset.label = head.textContent;
        fillCell(target, cell, this.box.dataset.root);
        row.element.append(target);
      });
      return row.element;
    }

    async update() {
      const words = this.input ? this.input.value.toLowerCase().split(/\s+/).filter(Boolean) : [];
      const choices = this.input ? this.selects.filter((select) => select.value) : [];
      const isFiltered = words.length > 0 || choices.length > 0;
      if (this.reset) this.reset.hidden = !isFiltered && !this.sort;
      if (!isFiltered && !this.sort) {
        this.restore();
        return;
      }
      const turn = (this.turn = (this.turn || 0) + 1);
      const all = await this.load();
      if (turn !== this.turn) return; // somebody typed on while the rows were loading
      this.found = all.filter(
        (row) =>
          words.every((word) => row.text.includes(word)) &&
          choices.every((select) => row.choices[Number(select.dataset.column)] === select.value),
      );
      if (this.sort) this.order();
      this.body.replaceChildren();
      this.shown = 0;
      if (this.pager) this.pager.hidden = true;
      this.showMore();
    }

    order() {
      const { column, descending } = this.sort;
      const sign = descending ? -1 : 1;
      this.found.sort((a, b) => {
        const [x, y] = [a.keys[column], b.keys[column]];
        const both = typeof x === "number" && typeof y === "number";
        return sign * (both ? x - y : collator.compare(String(x), String(y)));
      });
    }

    showMore() {
      const next = this.found.slice(this.shown, this.shown + CHUNK);
      const focusFirst = this.shown > 0 && next.length > 0;
      this.body.append(...next.map((row) => this.element(row)));
      this.shown += next.length;
      this.more.hidden = this.shown >= this.found.length;
      this.say();
      if (focusFirst) this.element(next[0]).querySelector("a")?.focus();
    }

    say() {
      const { noun, total } = this.box.dataset;
      const n = this.found.length;
      const all = this.isPartial ? this.original.length : Number(total);
      const values = { n: format.format(n), all: format.format(all), noun };
      let text = n === 0 ? say("None of %(all)s %(noun)s match", values) : say("%(n)s of %(all)s %(noun)s", values);
      if (n > this.shown) text += say(", the first %(n)s shown", { n: format.format(this.shown) });
      if (this.isPartial) {
        text += say(". The data file could not be loaded, so this covers this part of the list only", {});
      }
      if (this.sort) {
        const name = { name: this.heads[this.sort.column].textContent };
        const { descending } = this.sort;
        text += descending ? say(". Sorted by %(name)s, descending", name) : say(". Sorted by %(name)s, ascending", name);
      }
      this.status.textContent = text;
    }

    restore() {
      this.turn = (this.turn || 0) + 1;
      this.body.replaceChildren(...this.original);
      this.more.hidden = true;
      if (this.pager) this.pager.hidden = false;
      this.status.textContent = this.originalStatus;
    }
  }

  document.documentElement.classList.add("js");
  for (const box of document.querySelectorAll(".listing")) new Listing(box);

  // Paper cannot be unfolded.
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
})();
