// @ts-check
/** The grammars: what can exist, drawn; and a check of one's own. */

import { list, post, Refusal } from "./shared/api.js";
import { byId, h, show } from "./shared/dom.js";
import { counted } from "./shared/format.js";
import { settled } from "./shared/pace.js";
import { KINDS } from "./shared/phrases.js";
import { showSamples } from "./shared/samples.js";
import { empty, failed } from "./shared/states.js";

/** @typedef {import("./shared/documents.js").Grammar} Grammar */

const own = /** @type {HTMLTextAreaElement} */ (byId("own"));
/** @type {Grammar[]} */
let grammars = [];
/** @type {AbortController | null} */
let checking = null;

async function load() {
  try {
    grammars = await list("/grammars");
    select(decodeURIComponent(location.hash.slice(1)) || grammars[0]?.name);
  } catch (error) {
    show(byId("grammar"), failed(error, load));
  }
}

/** @param {string | undefined} name */
function select(name) {
  const grammar = grammars.find((one) => one.name === name) ?? grammars[0];
  show(byId("list"), ...grammars.map((one) => entry(one, one === grammar)));
  if (!grammar) return show(byId("grammar"), empty("No grammar is known."));
  history.replaceState(null, "", `#${encodeURIComponent(grammar.name)}`);
  show(byId("grammar"), ...details(grammar));
  return draw("samples", grammar.name, grammar.evolves);
}

/**
 * @param {Grammar} grammar
 * @param {boolean} chosen
 */
function entry(grammar, chosen) {
  return h("li", { "data-key": grammar.name },
    h("button", { type: "button", "aria-current": chosen && "true", click: () => select(grammar.name) },
      grammar.title, h("small", {}, grammar.name)));
}

/** @param {Grammar} grammar */
function details(grammar) {
  return [
    h("section", { class: "panel", "data-key": `about ${grammar.name}`, "aria-label": grammar.title },
      h("div", { class: "panel-head" }, h("h2", {}, grammar.title),
        h("a", { class: "button small", href: `/launch?grammar=${encodeURIComponent(grammar.name)}` }, "Launch with it")),
      h("p", {}, grammar.description),
      h("p", { class: "muted" }, about(grammar)),
      h("h3", {}, "Random individuals"),
      h("div", { class: "shapes", id: "samples" }, h("div", { class: "skeleton rows" }))),
    h("section", { class: "panel", "data-key": `rules ${grammar.name}`, "aria-label": "Productions" },
      h("h2", {}, "Productions"), productions(grammar)),
    h("section", { class: "panel", "data-key": `text ${grammar.name}`, "aria-label": "Text" },
      h("h2", {}, "Text"), listing(grammar.text)),
  ];
}

/** @param {Grammar} grammar */
function about({ evolves, first_epoch: first, source }) {
  const what = evolves === "schedule" ? `Evolves schedules; epochs count from ${first}.` : `Evolves ${KINDS[evolves] ?? evolves}s.`;
  return source ? `${what} Source: ${source}` : what;
}

/** @param {Grammar} grammar */
function productions(grammar) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of productions" }, h("table", {},
    h("thead", {}, h("tr", {}, ["non-terminal", "productions", ""].map((word) => h("th", { scope: "col" }, word || h("span", { class: "unseen" }, "number"))))),
    h("tbody", {}, grammar.nonterminals.map(({ name, productions: all }) => h("tr", {},
      h("th", { scope: "row" }, h("code", {}, `<${name}>`)),
      h("td", {}, h("code", {}, abridged(all))),
      h("td", { class: "number muted" }, counted(all.length, "production")))))));
}

/** @param {string[]} all */
const abridged = (all) => (all.length > 8 ? `${all.slice(0, 4).join(" | ")} | … | ${all.at(-1)}` : all.join(" | "));

/** @param {string} text */
function listing(text) {
  return h("div", { class: "code listing", tabindex: "0", role: "region", "aria-label": "Grammar in BNF" },
    h("ol", {}, text.trimEnd().split("\n").map((line) => h("li", {}, h("code", {}, line || " ")))));
}

/**
 * @param {string} id of the place
 * @param {string} grammar a name or a text
 * @param {string} evolves
 * @param {AbortSignal} [signal]
 */
async function draw(id, grammar, evolves, signal) {
  const place = byId(id);
  try {
    const preview = await post("/experiments/preview", { overrides: { grammar, evolves } }, { signal });
    showSamples(place, preview.samples);
  } catch (error) {
    if (!signal?.aborted) show(place, failed(error));
  }
}

async function check() {
  checking?.abort();
  checking = new AbortController();
  const { signal } = checking;
  if (!own.value.trim()) return show(byId("verdict"), h("p", { class: "muted" }, "Nothing to check yet."));
  try {
    const grammar = await post("/grammars/check", { text: own.value }, { signal });
    mark(false);
    show(byId("verdict"), ...sound(grammar));
    await draw("own-samples", own.value, grammar.evolves, signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    mark(true);
    show(byId("verdict"), error instanceof Refusal && error.faults.length ? fault(error) : failed(error, check));
  }
  return undefined;
}

/** @param {boolean} wrong */
const mark = (wrong) => (wrong ? own.setAttribute("aria-invalid", "true") : own.removeAttribute("aria-invalid"));

/** @param {Grammar} grammar */
function sound(grammar) {
  const rules = counted(grammar.nonterminals.length, "non-terminal");
  const all = grammar.nonterminals.reduce((sum, rule) => sum + rule.productions.length, 0);
  return [
    h("p", { class: "good" }, `This grammar is sound: ${rules}, ${counted(all, "production")}. It derives ${KINDS[grammar.evolves] ?? grammar.evolves}s.`),
    h("div", { class: "shapes", id: "own-samples" }, h("div", { class: "skeleton rows" })),
  ];
}

/** @param {Refusal} refusal */
function fault(refusal) {
  const { line, column, detail } = refusal.faults[0];
  const text = own.value.split("\n")[(line ?? 0) - 1];
  return h("div", {},
    h("p", { class: "bad" }, line ? `Line ${line}, column ${column}: ${detail}` : detail),
    text !== undefined && h("pre", { class: "place", tabindex: "0", "aria-label": "Where it stands" }, `${text}\n${" ".repeat(Math.max(0, (column ?? 1) - 1))}^`));
}

own.addEventListener("input", settled(400, check));
// What was typed before this script was there, or what the browser kept over a reload.
if (own.value.trim()) check();
window.addEventListener("hashchange", () => select(decodeURIComponent(location.hash.slice(1))));
load();
