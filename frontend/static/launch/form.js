// @ts-check
/** The form's values: what the preset says, what the person changed, and which faults belong to which field. */

import { byId, h } from "../shared/dom.js";
import { changesIn, fillIn, nested, readBeside, showFaultsIn } from "../shared/fields.js";

/** @typedef {import("../shared/documents.js").Grammar} Grammar */

/** The grammar select's choice that opens the field for a text of one's own. */
export const OWN_GRAMMAR = "::own";

const form = /** @type {HTMLFormElement} */ (byId("order"));
const grammar = /** @type {HTMLSelectElement} */ (byId("field-grammar"));
const grammarText = /** @type {HTMLTextAreaElement} */ (byId("field-grammar-text"));
const evolves = /** @type {HTMLSelectElement} */ (byId("field-evolves"));
const representation = /** @type {HTMLSelectElement} */ (byId("field-search-representation"));

/** @type {Grammar[]} */
let grammars = [];

/**
 * Show a configuration in the form.
 * @param {any} configuration
 * @param {Set<string>} [except] pointers of fields to leave as they are
 */
export function fill(configuration, except = new Set()) {
  fillIn(form, configuration, except);
  const seeds = byId("field-seeds");
  if (/** @type {HTMLTextAreaElement} */ (seeds).value) seeds.closest("details")?.setAttribute("open", "");
  const kept = except.has("/grammar");
  if (!offerGrammars() || !kept) fillGrammar(configuration.grammar);
}

/**
 * Know which grammars there are.
 * @param {Grammar[]} all
 */
export function knowGrammars(all) {
  grammars = all;
}

/**
 * Offer the grammars of what evolves, and the fields that mean something for it.
 * @returns {boolean} whether the chosen one is among them
 */
export function offerGrammars() {
  const chosen = grammar.value;
  const fitting = grammars.filter((one) => one.evolves === evolves.value);
  const own = chosen === OWN_GRAMMAR && grammarText.value !== "";
  grammar.replaceChildren(...fitting.map((one) => h("option", { value: one.name }, one.title)), h("option", { value: OWN_GRAMMAR }, "a grammar of your own …"));
  chooseGrammar(own || chosen !== OWN_GRAMMAR ? chosen : "");
  representation.value = breedsTrees() ? "tree" : "sge";
  showFitting();
  return grammar.value === chosen;
}

const breedsTrees = () => evolves.value === "schedule_program";

/** Show the fields that mean something for what evolves; an option that means nothing is off. */
function showFitting() {
  for (const field of form.querySelectorAll("[data-only-for]")) {
    const element = /** @type {HTMLElement} */ (field);
    element.hidden = !String(element.dataset.onlyFor).split(" ").includes(evolves.value);
    const box = element.querySelector("input[type=checkbox]");
    if (element.hidden && box instanceof HTMLInputElement) box.checked = false;
  }
  for (const counter of form.querySelectorAll("[data-count]")) {
    counter.textContent = String(counter.closest("details")?.querySelectorAll(".field:not([hidden])").length);
  }
}

/** @param {string} name one that is not offered leaves the first that is */
function chooseGrammar(name) {
  grammar.value = name;
  if (grammar.selectedIndex < 0) grammar.selectedIndex = 0;
  showGrammarText();
}

/** @param {string | null} value a name, or a grammar's text; null: trees need none */
function fillGrammar(value) {
  if (value === null) return;
  const isText = value.includes("::=");
  if (isText) grammarText.value = value;
  chooseGrammar(isText ? OWN_GRAMMAR : value);
}

/** Show the field for a grammar's text when it is wanted. */
export function showGrammarText() {
  grammarText.hidden = grammar.value !== OWN_GRAMMAR;
}

/**
 * What to order: only what differs from the preset is an override.
 * @param {string} preset
 * @param {any} configuration the preset's
 */
export function readOrder(preset, configuration) {
  return { preset, overrides: nested(changes(configuration)), ...readBeside(form) };
}

/**
 * @param {any} configuration
 * @returns {Map<string, any>} pointer to value, of every field that differs from the configuration
 */
export function changes(configuration) {
  const found = changesIn(form, configuration);
  const chosen = breedsTrees() ? null : grammar.value === OWN_GRAMMAR ? grammarText.value : grammar.value;
  if (chosen !== configuration.grammar) found.set("/grammar", chosen);
  return found;
}

/**
 * Show each fault by the field that it is about; return those that belong to none.
 * @param {import("../shared/documents.js").Fault[]} faults
 * @returns {string[]}
 */
export const showFaults = (faults) => showFaultsIn(form, faults);
