// Brings the top of a page into view once, so that pictures load, and tells where the wanted elements stand on it.
// Returns { height, boxes, lacksStyle }: a box is [x, y, width, height] in CSS pixels of the page, or why there is none.
async ({ wanted, width, height, waitMs, near }) => {
  const page = () => Math.max(document.documentElement.scrollHeight, document.body ? document.body.scrollHeight : 0);
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const within = (promise) => Promise.race([promise, new Promise((done) => setTimeout(done, waitMs))]);
  for (let y = 0; y < Math.min(page(), height); y += innerHeight) {
    scrollTo({ top: y, behavior: "instant" });
    await frame();
  }
  scrollTo({ left: 0, top: 0, behavior: "instant" });
  const loading = [...document.images].filter((image) => !image.complete && image.getBoundingClientRect().top < height);
  await within(Promise.allSettled(loading.map((image) => image.decode())));
  await frame();

  // What a reader of the source calls the element's text may hold alternative texts and values; spaces differ.
  const fold = (text) => text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "").replace(/\s+/g, " ").trim().toLowerCase();
  const said = (element) => fold([
    element.textContent, element.value, element.getAttribute("aria-label"),
    ...[...element.querySelectorAll("img[alt]")].map((image) => image.alt),
  ].filter((text) => typeof text === "string").join(" "));
  const matches = (element, text) => {
    const words = said(element);
    return text.split(" ").every((word) => words.includes(word));
  };
  const pointed = (path) => {
    let scope = document, element = null;
    for (const selector of path) {
      try { element = scope && scope.querySelector(selector); } catch { return null; }
      scope = element && element.shadowRoot;
    }
    return element;
  };
  const alike = {};
  const only = (kind, text) => {
    if (!text) return null;
    alike[kind] ??= [...document.querySelectorAll(kind)].slice(0, near).map((element) => [said(element), element]);
    const found = alike[kind].filter(([words]) => words === text);
    return found.length === 1 ? found[0][1] : null;
  };
  // Scripts may have moved the element since the source was read: then its words lead to it, if to one alone.
  const elements = wanted.map(({ path, text, kind }) => {
    const element = pointed(path);
    return element && element.matches(kind) && matches(element, fold(text)) ? element : only(kind, fold(text));
  });

  // An observer knows what ancestors with hidden overflow leave of each; its root ends where the picture ends.
  const seen = new Map();
  const targets = new Set(elements.filter(Boolean));
  await within(new Promise((done) => {
    if (!targets.size) done();
    const margin = `0px 0px ${Math.max(0, height - innerHeight)}px 0px`;
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) seen.set(entry.target, entry);
      if (seen.size < targets.size) return;
      observer.disconnect();
      done();
    }, { root: document, rootMargin: margin });
    for (const target of targets) observer.observe(target);
  }));

  const box = (element) => {
    if (!element) return "gone";
    const entry = seen.get(element);
    if (!entry || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return "hidden";
    const whole = entry.boundingClientRect, shown = entry.intersectionRect;
    if (whole.width < 3 || whole.height < 3) return "hidden";
    if (whole.top >= height) return "below";
    let [left, top, right, bottom] = [shown.left, shown.top, shown.right, shown.bottom];
    if (/^h[1-6]$/.test(element.localName)) { // a heading's box is as wide as its column, its words are not
      const range = document.createRange();
      range.selectNodeContents(element);
      const words = range.getBoundingClientRect();
      if (words.width >= 3 && words.height >= 3) {
        [left, top] = [Math.max(left, words.left), Math.max(top, words.top)];
        [right, bottom] = [Math.min(right, words.right), Math.min(bottom, words.bottom)];
      }
    }
    right = Math.min(right, width);
    return right - left < 3 || bottom - top < 3 ? "hidden" : [left, top, right - left, bottom - top];
  };
  const sheets = [...document.querySelectorAll("link[rel~=stylesheet i]:not([disabled], [rel~=alternate i])")];
  return { height: page(), boxes: elements.map(box), lacksStyle: sheets.some((link) => !link.sheet) };
}
