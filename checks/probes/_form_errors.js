// Finds forms that a wrong value can be entered in, enters it, presses their button and tells what the page then says.
function formErrors(limits) {
  const FIELDS = "input:not([type=hidden], [type=submit], [type=button], [type=image], [type=reset], [type=file]), select, textarea";
  const PUSHES = /^(phx-|wire:|data-reflex|data-controller-socket)/; // sent over a connection that is already open
  const state = { invalid: new Map(), sent: false, asked: false };
  const tidy = (text) => (text || "").replace(/\s+/g, " ").trim();
  const bare = (text) => tidy(text).replace(/[*:?.()]/g, " ").replace(/\s+/g, " ").trim().toLowerCase();
  const byIds = (element, name) => (element.getAttribute(name) || "").split(/\s+/).filter(Boolean).slice(0, 5)
    .map((id) => element.getRootNode().getElementById(id)).filter(Boolean);
  const labelOf = (field) => cut(tidy(byIds(field, "aria-labelledby").map((e) => e.textContent).join(" ") || field.getAttribute("aria-label")
    || (field.labels && field.labels[0] ? field.labels[0].textContent : "") || field.placeholder || field.title), 100);
  const isSearch = (form) => form.closest("[role=search], search") || form.querySelector("input[type=search]")
    || /search|such|recherche|buscar|cerca|zoek/i.test(form.id + " " + form.className + " " + form.getAttribute("action"));
  const fieldsOf = (form) => [...form.elements].slice(0, limits.fields).filter((e) => e.matches(FIELDS) && !e.disabled && !e.readOnly && isSeen(e));
  const buttonOf = (form) => [...form.elements].find((e) => /^(submit|image)$/.test(e.type) && !e.disabled && isSeen(e))
    || [...form.querySelectorAll("input[type=image]")].find(isSeen);
  const isRequired = (field) => !/^(checkbox|radio|range|color)$/.test(field.type)
    && (field.required || field.getAttribute("aria-required") === "true" || /\*/.test(labelOf(field)));
  const wrongValue = (field) => {
    if (field.type === "email" || (field.type === "text" && /e-?mail/i.test(field.name + " " + field.id + " " + field.autocomplete))) return "x";
    if (field.type === "url") return "x";
    if (field.type === "number" && field.max !== "") return String(Number(field.max) + 1);
    if (field.type === "number" && field.min !== "") return String(Number(field.min) - 1);
    if (field.localName === "input" && field.pattern) return "§";
    return "";
  };
  const enter = (field, value) => {
    if (field.localName === "select") {
      const empty = [...field.options].findIndex((option) => option.value === "");
      if (empty < 0) return false;
      field.selectedIndex = empty;
    } else field.value = value;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    return field.localName === "select" || field.value === value;
  };
  // All that people could read anywhere on the page, with how often: text that comes twice is new the second time.
  const texts = () => {
    const found = new Map();
    for (const e of allElements(limits.all)) {
      if (/^(script|style|noscript|option|template)$/.test(e.localName)) continue;
      const own = tidy([...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(" "));
      const drawn = ["::before", "::after"].map((part) => getComputedStyle(e, part).content).filter((c) => /^".*[^\s"].*"$/.test(c)).join(" ");
      if ((own || drawn) && isSeen(e)) found.set(e, cut(tidy(own + " " + drawn), 300));
    }
    return found;
  };
  // Everything else that may say something: names, tips, pictures, and elements that cannot be looked into.
  const others = (form) => [...form.querySelectorAll("*")].slice(0, limits.inForm).map((e) => ["title", "placeholder", "aria-label", "aria-describedby",
    "aria-errormessage", "alt", "src"].map((name) => e.getAttribute(name) || "").join("|") + getComputedStyle(e).backgroundImage).join("\n")
    + form.querySelectorAll("svg, img").length + [...form.elements].map((e) => e.value).join("\n");
  const looks = (field) => [field, field.parentElement, field.labels && field.labels[0]].filter(Boolean).map((e) => {
    const style = getComputedStyle(e);
    return [style.borderColor, style.borderStyle, style.borderWidth, style.backgroundColor, style.color].join("|");
  }).join("\n");
  const marksOf = (field) => ({ invalid: field.getAttribute("aria-invalid") || "", looks: looks(field) });
  const ownPlace = (field, all) => { // the largest element around a field that holds no other field
    if (all.length === 1) return field.form;
    let place = field;
    while (place.parentElement && place.parentElement !== field.form
      && !all.some((o) => o !== field && !(o.name && o.name === field.name) && place.parentElement.contains(o))) place = place.parentElement;
    return place;
  };

  // A summary of errors links each message to its field.
  const leadsTo = (e, field) => {
    const link = e.closest("a[href]");
    return Boolean(link && field.id && link.getAttribute("href").split("#")[1] === field.id);
  };
  const follows = (field, e, all) => e.parentElement === field.parentElement
    && all.filter((o) => o.compareDocumentPosition(e) & 4).at(-1) === field;
  // Whether new looks are those of an error: the state says so, a class does, or a colour has turned red.
  const seemsWrong = (field, before, now) => now.invalid === "true" && before.invalid !== "true"
    || /err|invalid|fehl|warn|danger/i.test(field.className + " " + field.parentElement.className)
    || (now.looks.match(/rgba?\([^)]*\)/g) || []).some((colour) => {
      const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
      return red > green + 60 && red > blue + 60 && !before.looks.includes(colour);
    });
  const everything = () => document.title + document.body.textContent;

  window.addEventListener("invalid", (event) => state.invalid.set(event.target, event), true);
  window.addEventListener("submit", (event) => { if (!event.defaultPrevented) { state.sent = true; event.preventDefault(); } });
  if (globalThis.navigation) navigation.addEventListener("navigate", (event) => {
    if (event.hashChange) return;
    state.sent = true;
    if (event.cancelable) event.preventDefault();
  });
  new PerformanceObserver((list) => {
    if (list.getEntries().some((entry) => /^(fetch|xmlhttprequest)$/.test(entry.initiatorType))) state.asked = true;
  }).observe({ type: "resource" });

  return {
    find: () => {
      const found = [...document.forms].filter((form) => isSeen(form) && !isSearch(form) && buttonOf(form)
        && ![form, ...form.elements].some((e) => [...e.attributes].some((a) => PUSHES.test(a.name)))
        && fieldsOf(form).some((field) => isRequired(field) || wrongValue(field)));
      return { forms: found.slice(0, limits.forms).map((form) => seen(form)), total: found.length };
    },
    press: async (target) => {
      const form = elementAt(target);
      const button = form && buttonOf(form);
      if (!button) return false;
      const all = fieldsOf(form);
      const fields = all.filter((field) => isRequired(field) || wrongValue(field));
      const wrong = fields.filter((field) => enter(field, wrongValue(field)));
      if (!wrong.length) return false;
      await new Promise((done) => setTimeout(done, limits.wait)); // what typing alone shows is part of the answer's place
      if (!button.isConnected || button.disabled) return false;
      form.target = "_self";
      button.removeAttribute("formtarget");
      Object.assign(state, { form, all, wrong, before: texts(), others: others(form), everything: everything(), sent: false, asked: false, wasLedTo: false,
        hasDialogs: document.querySelectorAll("dialog[open]").length, checksItself: !form.noValidate && !button.formNoValidate });
      state.invalid.clear();
      button.focus({ preventScroll: true });
      state.marks = new Map(wrong.map((field) => [field, marksOf(field)]));
      button.click();
      return true;
    },
    answer: async () => {
      const { form, all, wrong, before } = state;
      if (!form.isConnected || !buttonOf(form) || wrong.some((field) => field.disabled || field.readOnly)) return { sent: true };
      const focusedField = focused();
      state.wasLedTo ||= wrong.includes(focusedField);
      if (wrong.includes(focusedField)) { // the look of the focus is no mark
        focusedField.blur();
        await new Promise((done) => setTimeout(done, limits.fade));
      }
      const counts = new Map();
      for (const text of before.values()) counts.set(text, (counts.get(text) || 0) + 1);
      const changed = [];
      for (const [e, text] of texts()) {
        const left = (counts.get(text) || 0) - 1;
        counts.set(text, left);
        if (left < 0 && text.length > 2 || before.has(e) && before.get(e) !== text) changed.push([e, text]);
      }
      const fresh = changed.filter(([, text]) => /\p{L}{2}/u.test(text)); // a sign alone is no text
      const isSaid = ([e]) => form.parentElement.contains(e) || e.closest("[role=alert], [role=status], [aria-live], [role=dialog], [role=alertdialog], dialog")
        || /err|alert|message|toast|notif/i.test(e.className);
      const native = wrong.filter((field) => state.checksItself && state.invalid.get(field) && !state.invalid.get(field).defaultPrevented);
      const fields = wrong.map((field) => {
        const label = labelOf(field);
        const tied = [...byIds(field, "aria-describedby"), ...byIds(field, "aria-errormessage"), ...(field.labels || [])];
        const place = ownPlace(field, all);
        const named = bare(label).length > 2 ? bare(label) : "";
        const own = fresh.filter(([e, text]) => tied.some((t) => t.contains(e)) || place.contains(e) || follows(field, e, all) || leadsTo(e, field) || (named && bare(text).includes(named)));
        const mark = state.marks.get(field);
        const now = marksOf(field);
        const isNative = native.includes(field);
        return [field, { label: cut(label, 60) || field.name || field.localName, isNative, isTied: own.some(([e]) => tied.some((t) => t.contains(e))),
          says: isNative ? cut(field.validationMessage, 150) : cut(own.map(([, text]) => text).join(" "), 150), isFormat: field.value !== "",
          seemsWrong: seemsWrong(field, mark, now), isMarked: now.invalid === "true" && mark.invalid !== "true" || now.looks !== mark.looks }];
      });
      const marked = fields.filter(([, data]) => data.isMarked);
      const unnamed = marked.find(([, data]) => !data.says);
      return {
        sent: state.sent, asked: state.asked, isNative: native.length > 0,
        isNamed: fields.some(([, data]) => data.says), unnamed: unnamed ? unnamed[1].label : "", marked: marked.length,
        says: cut(fresh.filter(isSaid).map(([, text]) => text).slice(0, 4).join(" "), 150),
        isSilent: changed.length === 0 && everything() === state.everything && marked.some(([, data]) => data.seemsWrong) && others(form) === state.others && !(state.wasLedTo && state.invalid.size > 0)
          && document.querySelectorAll("dialog[open]").length === state.hasDialogs
          && ![...form.querySelectorAll("*")].slice(0, limits.inForm).some((e) => e.localName.includes("-") && !e.shadowRoot),
        fields: fields.filter(([, data]) => data.says && data.isFormat).map(([field, data]) => seen(field, data)),
      };
    },
  };
}
