// @ts-check
/** The form's values: what the preset says, what the person changed, and which faults belong to which field. */

import { byId, h } from "../shared/dom.js";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Input */
/** @typedef {import("../shared/documents.js").Fault} Fault */

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

/** @returns {Input[]} */
const inputs = () => [...form.querySelectorAll("[data-pointer]")].map((input) => /** @type {Input} */ (input));

/**
 * Show a configuration in the form.
 * @param {any} configuration
 * @param {Set<string>} [except] pointers of fields to leave as they are
 */
export function fill(configuration, except = new Set()) {
  for (const input of inputs()) {
    const pointer = String(input.dataset.pointer);
    if (!except.has(pointer)) put(input, valueAt(configuration, pointer));
  }
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
  return { preset, overrides: readOverrides(configuration), ...readRepetitions() };
}

/** @param {any} configuration */
function readOverrides(configuration) {
  /** @type {Record<string, any>} */
  const overrides = {};
  for (const [pointer, value] of changes(configuration)) {
    const [first, second] = pointer.slice(1).split("/");
    if (second) (overrides[first] ??= {})[second] = value;
    else overrides[first] = value;
  }
  return overrides;
}

/**
 * @param {any} configuration
 * @returns {Map<string, any>} pointer to value, of every field that differs from the configuration
 */
export function changes(configuration) {
  const found = new Map();
  for (const input of inputs()) {
    const pointer = String(input.dataset.pointer);
    const value = typedValue(input);
    if (JSON.stringify(value) !== JSON.stringify(valueAt(configuration, pointer))) found.set(pointer, value);
  }
  const chosen = breedsTrees() ? null : grammar.value === OWN_GRAMMAR ? grammarText.value : grammar.value;
  if (chosen !== configuration.grammar) found.set("/grammar", chosen);
  return found;
}

/**
 * What was typed as the API takes it. What is no number goes as it is: the API says what is wrong with it.
 * @param {Input} input
 */
function typedValue(input) {
  if (input instanceof HTMLInputElement && input.type === "checkbox") return input.checked;
  const text = input.value.trim();
  if (text === "" && "nullable" in input.dataset) return null;
  if (input.dataset.kind === "list") return text.split("\n").map((line) => line.trim()).filter(Boolean);
  return input.dataset.kind === "string" ? text : asNumber(text);
}

/** @param {string} text */
const asNumber = (text) => (text !== "" && Number.isFinite(Number(text)) ? Number(text) : text);

function readRepetitions() {
  /** @type {Record<string, any>} */
  const order = {};
  for (const input of form.querySelectorAll("[data-order]")) {
    const { value, dataset } = /** @type {HTMLInputElement} */ (input);
    if (value.trim()) order[String(dataset.order)] = dataset.order === "name" ? value.trim() : asNumber(value.trim());
  }
  return order;
}

/**
 * Show each fault by the field that it is about; return those that belong to none.
 * @param {Fault[]} faults
 * @returns {string[]}
 */
export function showFaults(faults) {
  for (const place of form.querySelectorAll(".field-error")) place.textContent = "";
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  return faults.filter((fault) => !showFault(fault)).map((fault) => fault.detail);
}

/** @param {Fault} fault */
function showFault(fault) {
  const path = (fault.pointer ?? "").split("/").filter((part) => part && part !== "overrides");
  // A fault of a whole group names its field first: "tournament_size is 30, but the population has only 20".
  const named = fault.detail.match(/^([a-z_]+) is /)?.[1];
  const [list, index] = path.slice(-2);
  const detail = list === "seeds" && index ? `seed ${Number(index) + 1}: ${fault.detail}` : fault.detail;
  const places = [path.concat(named ?? []), path, path.slice(0, 1)].map((parts) => parts.join("-"));
  for (const name of places) {
    const place = document.getElementById(`error-field-${name}`) ?? document.getElementById(`error-${name}`);
    if (!place) continue;
    place.textContent = place.textContent ? `${place.textContent}; ${detail}` : detail;
    document.getElementById(`field-${name}`)?.setAttribute("aria-invalid", "true");
    place.closest("details")?.setAttribute("open", "");
    return true;
  }
  return false;
}

/**
 * @param {any} configuration
 * @param {string} pointer
 */
export const valueAt = (configuration, pointer) => pointer.slice(1).split("/").reduce((value, part) => value?.[part], configuration);

/**
 * @param {Input} input
 * @param {any} value
 */
function put(input, value) {
  if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = Boolean(value);
  else input.value = shownValue(value);
}

/** @param {any} value */
const shownValue = (value) => (value === null || value === undefined ? "" : Array.isArray(value) ? value.join("\n") : String(value));
