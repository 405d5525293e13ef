// Runs axe and says what it found in few bytes: only what failed or needs a person, and only what a finding needs.
//
// axe's own reporters work out a selector and the HTML of every element that passed. A reporter of our own is handed
// the elements themselves and describes only those that count. `describe.js` stands in front of this file.
const MESSAGE_MAX = 400;
const SELECTOR_MAX = 2000;
const FRAMES_MAX = 50;

// Elements in frames can be described only there: this rides along with axe's own description of them.
function describeInFrames(axe) {
  axe.utils.nodeSerializer.update({
    toSpec: (node) => ({ ...node.toJSON(), xpath: [], facts: describe(node.element) }),
    mergeSpecs(inner, frame) {
      const [facts, outer] = [inner.facts, frame.facts];
      const step = outer ? [outer.tag, outer.attributes.id || "", outer.attributes.role || "", outer.attributes.class || ""] : null;
      return {
        ...inner,
        selector: [...frame.selector, ...inner.selector],
        ancestry: [...frame.ancestry, ...inner.ancestry],
        xpath: [],
        nodeIndexes: [...frame.nodeIndexes, ...inner.nodeIndexes],
        fromFrame: true,
        facts: facts && outer ? { ...facts, path: [...outer.path, step, ...facts.path].slice(-PATH_MAX) } : facts,
      };
    },
  });
}

function plainData(data) {
  if (data === null || data === undefined) return null;
  if (typeof data !== "object") return typeof data === "number" || typeof data === "boolean" ? data : cut(data, VALUE_MAX);
  if (Array.isArray(data)) return cut(data.filter((item) => typeof item !== "object").slice(0, 20).join(", "), VALUE_MAX);
  const plain = {};
  for (const key of Object.keys(data).slice(0, 20)) {
    const value = data[key];
    if (value !== null && value !== undefined && (typeof value !== "object" || Array.isArray(value))) plain[key] = plainData(value);
  }
  return plain;
}

class Tables {
  constructor() {
    this.messages = [];
    this.steps = [];
    this.known = new Map();
  }
  intern(kind, list, key, item) {
    const name = kind + key;
    if (!this.known.has(name)) this.known.set(name, list.push(item) - 1);
    return this.known.get(name);
  }
  message(text) {
    return this.intern("m", this.messages, text, text);
  }
  path(path) {
    let index = -1;
    for (const step of path) index = this.intern("s", this.steps, index + "\u001f" + step.join("\u001f"), [index, ...step]);
    return index;
  }
}

function compactNode(node, tables) {
  const dq = node.node;
  const facts = dq.facts || (dq.element ? describe(dq.element) : null) ||
    { html: cut(dq.source || "", SNIPPET_MAX), tag: "", attributes: {}, text: "", path: [] };
  const why = [];
  for (const group of ["any", "all", "none"]) {
    for (const check of node[group] || []) {
      const message = check.message || (check.id === "error-occurred" ? "axe stopped with an error." : "");
      why.push([group, check.id, tables.message(cut(message, MESSAGE_MAX)), plainData(check.data)]);
    }
  }
  return {
    target: dq.selector.flat(Infinity).map((selector) => cut(selector, SELECTOR_MAX)),
    impact: node.impact || null, html: facts.html, tag: facts.tag, attributes: facts.attributes, text: facts.text,
    parent: tables.path(facts.path), why,
  };
}

function compactRule(rule, group, tables, most) {
  const nodes = rule[group] || [];
  const kept = [];
  for (let i = 0; i < nodes.length && i < most; i++) kept.push(compactNode(nodes[i], tables));
  return {
    id: rule.id, group, impact: rule.impact || null, tags: (rule.tags || []).filter((tag) => /^(wcag\d|best-practice$)/.test(tag)),
    nodes: kept, cut: nodes.length - kept.length,
  };
}

function compactAll(axe, raw, most) {
  const tables = new Tables();
  const out = { axe: axe.version, rules: [], passed: [], inapplicable: [], errors: {}, framesNotTested: [], messages: tables.messages, steps: tables.steps };
  out.modal = document.querySelector(":modal") !== null; // what lies behind is out of reach on purpose
  for (const rule of raw) {
    if (rule.id === "frame-tested") {
      for (const node of (rule.incomplete || []).slice(0, FRAMES_MAX)) out.framesNotTested.push(compactNode(node, tables).target);
      continue;
    }
    if (rule.error) {
      out.errors[rule.id] = cut(rule.error.message || "unknown", MESSAGE_MAX);
      continue;
    }
    let isSettled = false;
    for (const group of ["violations", "incomplete"]) {
      if (!rule[group] || !rule[group].length) continue;
      out.rules.push(compactRule(rule, group, tables, most));
      isSettled = true;
    }
    if (!isSettled) (rule.passes && rule.passes.length ? out.passed : out.inapplicable).push(rule.id);
  }
  return out;
}

// Options: tags, maxNodes, maxChars, pingWaitMs, frameWaitMs, mediaWaitMs, rejectFrames. Returns JSON text.
async function runCompact(axe, options, extra) {
  const once = (iframes) => axe.run(document, {
    runOnly: { type: "tag", values: options.tags },
    rules: { "frame-tested": { enabled: true } }, // a best practice: run only to learn which frames did not answer
    reporter: "curbcut", resultTypes: ["violations", "incomplete"], elementRef: false, iframes,
    preload: { assets: ["media"], timeout: options.mediaWaitMs }, // style sheets are fetched for one experimental rule
    pingWaitTime: options.pingWaitMs, frameWaitTime: 2 * options.frameWaitMs, curbcutFrameWait: options.frameWaitMs,
  });
  axe.configure({ noHtml: true });
  axe.addReporter("curbcut", (raw, _options, resolve) => {
    let [most, text] = [options.maxNodes, ""];
    do {
      text = JSON.stringify({ ...compactAll(axe, raw, most), ...extra });
      most = Math.floor(most / 4);
    } while (text.length > options.maxChars && most >= 1);
    resolve(text);
  });
  try {
    return await once(true);
  } catch (error) {
    const reason = cut((error && error.message) || error, MESSAGE_MAX);
    if (!document.querySelector("iframe, frame")) return JSON.stringify({ error: reason });
    extra.framesDropped = reason;
    return once(false).catch((again) => JSON.stringify({ error: cut((again && again.message) || again, MESSAGE_MAX) }));
  }
}
