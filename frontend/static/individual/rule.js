// @ts-check
/** What a page says of an update rule alone: its formula, what is dead in it, what it has from its parents. */

import { h } from "../shared/dom.js";
import { ruleFormula } from "../shared/formulas.js";
import { formula } from "../shared/mathml.js";
import { copyable } from "../shared/states.js";

/** @typedef {import("../shared/documents.js").WholeIndividual} Individual */
/** @typedef {import("../shared/documents.js").Rule} Rule */
/** @typedef {{text: string, dead: boolean}} Piece */

const FUNCTIONS = /** @type {const} */ (["x", "y", "z", "weight"]);
const SYMBOLS = /** @type {Record<string, string>} */ ({
  g: "the gradient", w: "the weight", t: "the share of the training that is done", step: "the number of the update, from 1",
  layer_num: "the layer's number", layer_count: "the number of layers",
});

/** @param {Individual} one */
export function wholeFormula(one) {
  return [
    h("div", { class: "formula rule large", tabindex: "0", role: "region", "aria-label": "Simplified formula" }, ruleFormula(String(one.formula), one.simplified)),
    h("p", { class: "about" }, symbols(one)),
    h("details", {}, h("summary", {}, "as text and LaTeX"),
      h("h3", {}, "As evolved"), copyable(one.phenotype),
      h("h3", {}, "Simplified, without its dead parts"), copyable(one.simplified),
      h("h3", {}, "LaTeX"), copyable(one.latex)),
  ];
}

/** @param {Individual} one */
function symbols(one) {
  const states = one.rule?.live_states ?? [];
  const kept = states.length ? [`${states.join(", ")}: ${states.length === 1 ? "a state" : "states"}, 0 at the start`] : [];
  const read = Object.keys(SYMBOLS).filter((name) => name === "w" || new RegExp(`\\b${name}\\b`).test(one.simplified));
  return [...kept, ...read.map((name) => `${name}: ${SYMBOLS[name]}`), "at every mini-batch, for every weight; a division by 0 gives 0"].join(" · ");
}

/** @param {Rule} rule */
export function rawBesideSimplified(rule) {
  const raw = rawByFunction(rule.raw);
  return [h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of functions" }, h("table", { class: "functions" },
    h("thead", {}, h("tr", {}, ["function", "as evolved", "simplified"].map((word) => h("th", { scope: "col" }, word)))),
    h("tbody", {}, FUNCTIONS.map((name) => h("tr", {},
      h("th", { scope: "row" }, name),
      h("td", {}, h("code", {}, (raw.get(name) ?? []).map(drawn))),
      h("td", {}, simplified(rule, name)))))))];
}

/** @param {Piece} piece */
const drawn = ({ text, dead }) => (dead ? h("s", { class: "dead", title: "dead: anything could stand here" }, text) : text);

/**
 * @param {Rule} rule
 * @param {typeof FUNCTIONS[number]} name
 */
function simplified(rule, name) {
  const found = rule[name];
  if (!found) return h("span", { class: "muted" }, "not needed");
  return h("div", { class: "formula" }, formula(found.mathml) ?? h("code", {}, found.text));
}

/**
 * @param {Piece[]} pieces of the whole text, which is `x = ...; y = ...; z = ...; weight = ...`
 * @returns {Map<string, Piece[]>} those of each function, without its name
 */
function rawByFunction(pieces) {
  /** @type {Map<string, Piece[]>} */
  const found = new Map();
  /** @type {Piece[]} */
  let current = [];
  for (const { text, dead } of pieces) {
    text.split("; ").forEach((part, place) => {
      if (place) current = [];
      const named = /^(x|y|z|weight) = /.exec(part);
      if (named) found.set(named[1], (current = []));
      const rest = named ? part.slice(named[0].length) : part;
      if (rest) current.push({ text: rest, dead });
    });
  }
  return found;
}

/**
 * @param {import("../shared/documents.js").Parent} parent
 * @returns {HTMLElement} what of the child is not the parent's
 */
export function changesFrom(parent) {
  const changes = parent.changes ?? [];
  if (!changes.length) return h("p", { class: "muted" }, "The same but for dead parts.");
  return markedChanges(changes);
}

/**
 * @param {import("../shared/documents.js").Change[]} changes
 * @returns {HTMLElement} function by function, what is the child's and what was the parent's marked
 */
export function markedChanges(changes) {
  return h("dl", { class: "changes" }, changes.map(({ function: name, pieces }) => [
    h("dt", {}, name),
    h("dd", {}, h("code", {}, pieces.map(({ text, of }) => (of === "both" ? text : h(of === "child" ? "ins" : "del", {}, text))))),
  ]).flat());
}
