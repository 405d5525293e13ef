// Gives axe the browser's own built-ins while it runs, whatever the page has put in their place.
//
// Real pages do this without malice (zone.js wraps Promise, old prototype.js gives arrays a toJSON); hostile ones do
// it to hide. The built-ins are noted before any script of the page has run. `heal` puts them back for the time of
// one run and `restore` gives the page its own again. No array iteration or destructuring here, and no descriptor with
// a prototype: a page may have changed those too.
function makeGuard(scope) {
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys, setPrototypeOf } = scope.Reflect;
  const startsWith = scope.Function.prototype.call.bind(scope.String.prototype.startsWith);
  const LANGUAGE = [
    "Object", "Function", "Array", "String", "Number", "Boolean", "RegExp", "Error", "TypeError", "Promise", "Symbol",
    "Map", "Set", "WeakMap", "WeakSet", "Date",
  ];
  const BROWSER = [
    "EventTarget", "Node", "Element", "HTMLElement", "SVGElement", "Document", "DocumentFragment", "ShadowRoot", "Attr",
    "CharacterData", "Text", "NodeList", "HTMLCollection", "NamedNodeMap", "DOMTokenList", "CSSStyleDeclaration",
    "Range", "Event", "MessageEvent", "DOMRectReadOnly", "DOMRect", "DOMImplementation", "HTMLIFrameElement",
    "HTMLInputElement", "HTMLSelectElement", "HTMLTextAreaElement", "HTMLButtonElement", "HTMLAnchorElement",
    "HTMLImageElement", "HTMLMediaElement", "HTMLSlotElement", "HTMLTableElement", "HTMLTableRowElement",
    "HTMLTableCellElement", "HTMLLabelElement",
  ];
  const PLAIN = ["JSON", "Math", "Reflect", "CSS"];
  const FUNCTIONS = [
    "getComputedStyle", "setTimeout", "clearTimeout", "parseInt", "parseFloat", "isNaN", "matchMedia", "postMessage",
    "decodeURIComponent", "encodeURIComponent", "addEventListener", "removeEventListener",
  ];
  const owners = []; // {name, owner, keys, descriptors, isLanguage: a prototype of the language itself}
  const changed = []; // what this run put back: {owner, key, pages: its descriptor, ours: ours or null}
  const stuck = [];
  let depth = 0;

  function own(owner, key) {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    if (descriptor) setPrototypeOf(descriptor, null);
    return descriptor;
  }
  const same = (a, b) => a && b && a.value === b.value && a.get === b.get && a.set === b.set;
  const add = (list, item) => defineProperty(list, list.length, {
    __proto__: null, value: item, writable: true, enumerable: true, configurable: true,
  });

  function note(name, owner, isLanguage, only) {
    if (!owner) return;
    const keys = [];
    const descriptors = [];
    const all = only || ownKeys(owner);
    for (let i = 0; i < all.length; i++) {
      if (typeof all[i] === "string" && startsWith(all[i], "on")) continue;
      const descriptor = own(owner, all[i]);
      if (!descriptor) continue;
      add(keys, all[i]);
      add(descriptors, descriptor);
    }
    add(owners, { __proto__: null, name, owner, keys, descriptors, isLanguage });
  }

  function change(name, owner, key, pages, ours) {
    const done = ours ? defineProperty(owner, key, ours) : deleteProperty(owner, key);
    if (done) add(changed, { __proto__: null, owner, key, pages, ours });
    else add(stuck, name + "." + (typeof key === "string" ? key : "symbol"));
  }

  for (let i = 0; i < LANGUAGE.length; i++) {
    note(LANGUAGE[i], scope[LANGUAGE[i]], false);
    note(LANGUAGE[i] + ".prototype", scope[LANGUAGE[i]].prototype, true);
  }
  for (let i = 0; i < BROWSER.length; i++) note(BROWSER[i], scope[BROWSER[i]] && scope[BROWSER[i]].prototype, false);
  for (let i = 0; i < PLAIN.length; i++) note(PLAIN[i], scope[PLAIN[i]], false);
  const globals = [];
  for (let i = 0; i < LANGUAGE.length; i++) add(globals, LANGUAGE[i]);
  for (let i = 0; i < BROWSER.length; i++) add(globals, BROWSER[i]);
  for (let i = 0; i < PLAIN.length; i++) add(globals, PLAIN[i]);
  for (let i = 0; i < FUNCTIONS.length; i++) add(globals, FUNCTIONS[i]);
  note("window", scope, false, globals);
  const nodeProto = scope.Node.prototype;
  const documentProto = scope.Document.prototype;
  const eventTargetProto = scope.EventTarget.prototype;

  // Methods that the page hung on this one object, in front of the prototype's.
  function uncover(name, object, protos) {
    const keys = ownKeys(object);
    for (let i = 0; i < keys.length; i++) {
      for (let j = 0; j < protos.length; j++) {
        if (keys[i] === "location" || keys[i] === "constructor" || !own(protos[j], keys[i])) continue;
        change(name, object, keys[i], own(object, keys[i]), null);
        break;
      }
    }
  }

  // Added toJSON methods break JSON; other additions that show up in for-in loops break those.
  function quieten(name, owner) {
    const keys = ownKeys(owner);
    for (let i = 0; i < keys.length; i++) {
      const pages = own(owner, keys[i]);
      if (keys[i] === "toJSON" && name !== "Date.prototype") change(name, owner, keys[i], pages, null);
      else if (pages.enumerable) {
        change(name, owner, keys[i], pages, { __proto__: null, ...pages, enumerable: false });
      }
    }
  }

  function heal() {
    depth++;
    if (depth > 1) return;
    for (let i = 0; i < owners.length; i++) {
      const { name, owner, keys, descriptors, isLanguage } = owners[i];
      for (let j = 0; j < keys.length; j++) {
        const now = own(owner, keys[j]);
        if (!same(now, descriptors[j])) change(name, owner, keys[j], now, descriptors[j]);
      }
      if (isLanguage) quieten(name, owner);
    }
    uncover("document", scope.document, [documentProto, nodeProto, eventTargetProto]);
  }

  function restore() {
    depth--;
    if (depth > 0) return;
    for (let i = changed.length - 1; i >= 0; i--) {
      const { owner, key, pages, ours } = changed[i];
      const now = own(owner, key);
      if (ours ? !same(now, ours) : now) continue; // the page changed it again meanwhile: leave that
      if (pages) defineProperty(owner, key, pages);
      else deleteProperty(owner, key);
    }
    changed.length = 0;
    depth = 0;
  }

  return { heal, restore, stuck };
}
