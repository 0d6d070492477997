// @ts-check
/** The list of contenders: added to, removed from, each with the fields of what it is. */

import { byId, h, show } from "../shared/dom.js";
import { asNumber, fillIn, inputsIn, typedValue } from "../shared/fields.js";

/** @typedef {import("../shared/documents.js").Fault} Fault */
/** @typedef {Record<string, any>} Contender */

const WAYS = ["individual", "phenotype", "human_made", "schedule", "built_in"];
const rows = byId("contenders");
const template = /** @type {HTMLTemplateElement} */ (byId("contender"));
/** @type {Record<string, Record<string, {title: string, constants: Record<string, number | null>}>>} */
const made = JSON.parse(String(template.dataset.made));
let count = 0;

const all = () => /** @type {HTMLElement[]} */ ([...rows.children]);
const wayOf = (/** @type {HTMLElement} */ row) => /** @type {HTMLSelectElement} */ (row.querySelector("[data-is]"));
const field = (/** @type {HTMLElement} */ row, /** @type {string} */ name) => /** @type {HTMLInputElement | HTMLSelectElement} */ (row.querySelector(`[data-pointer="/${name}"]`));
const finalist = (/** @type {HTMLElement} */ row) => /** @type {HTMLInputElement} */ (row.querySelector("[data-finalist]"));

// Fields in one order, so that equal contenders compare as equal.
const ORDER = ["label", "individual", "phenotype", "kind", "human_made", "schedule", "built_in", "constants", "grid", "optimizer", "trainings", "tune", "searched"];

/**
 * Contenders as the form reads them: without what is at its default.
 * @param {Contender[]} contenders
 */
export const contendersAre = (contenders) => contenders.map((one) => Object.fromEntries(ORDER.filter((name) => isSaid(one, name, one[name])).map((name) => [name, sorted(one[name])])));

/** @param {any} value */
const sorted = (value) => (typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value);

/**
 * @param {Contender} one
 * @param {string} name
 * @param {any} value
 */
function isSaid(one, name, value) {
  if (value === null || value === undefined) return false;
  if (name === "kind") return Boolean(one.phenotype);
  return !(typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0);
}

/**
 * @param {Contender[]} contenders
 * @param {string[]} finalists
 */
export function fillContenders(contenders, finalists) {
  rows.replaceChildren();
  show(byId("removed"));
  for (const one of contenders) addContender(one, finalists.includes(one.label));
}

/**
 * @param {Contender} [contender]
 * @param {boolean} [isFinalist]
 * @param {Element | null} [before]
 * @returns {HTMLElement} the input to type in
 */
export function addContender(contender = {}, isFinalist = false, before = null) {
  const row = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).firstElementChild);
  count += 1;
  makeUnique(row, `contender-${count}`);
  for (const way of ["human_made", "schedule", "built_in"]) {
    field(row, way).append(h("option", { value: "" }, "–"), ...Object.entries(made[way]).map(([name, { title }]) => h("option", { value: name }, title)));
  }
  fillIn(row, contender);
  finalist(row).checked = isFinalist;
  wayOf(row).value = WAYS.find((way) => contender[way] !== null && contender[way] !== undefined) ?? "human_made";
  /** @type {HTMLInputElement} */ (row.querySelector("[data-list]")).value = (contender.tune ?? []).join(", ");
  /** @type {HTMLInputElement} */ (row.querySelector("[data-grid]")).value = gridText(contender.grid ?? {});
  row.addEventListener("input", (event) => changed(row, event.target));
  row.querySelector("[data-remove]")?.addEventListener("click", () => remove(row));
  rows.insertBefore(row, before);
  showWay(row, contender.constants ?? {});
  return field(row, "label");
}

/**
 * Give what is repeated ids of its own.
 * @param {HTMLElement} row
 * @param {string} prefix
 */
function makeUnique(row, prefix) {
  for (const name of ["id", "for", "aria-describedby"]) {
    for (const element of row.querySelectorAll(`[${name}]`)) {
      const ids = String(element.getAttribute(name)).split(" ").map((id) => `${prefix}-${id}`);
      element.setAttribute(name, ids.join(" "));
    }
  }
  row.querySelector(`#${prefix}-way`)?.setAttribute("data-is", "");
}

/**
 * @param {HTMLElement} row
 * @param {EventTarget | null} target
 */
function changed(row, target) {
  if (!(target instanceof HTMLElement)) return;
  if (target === wayOf(row) || target instanceof HTMLSelectElement) showWay(row, {});
  // What is chosen from a list has a name already.
  const label = field(row, "label");
  const way = wayOf(row).value;
  const own = target.dataset.pointer === `/${way}` && way !== "phenotype";
  if (own && (!label.value || row.dataset.named === label.value)) {
    label.value = way === "individual" ? `individual ${field(row, way).value}` : made[way]?.[field(row, way).value]?.title ?? "";
    row.dataset.named = label.value;
  }
}

/**
 * Show the fields of what the contender is, and its constants.
 * @param {HTMLElement} row
 * @param {Record<string, number>} constants
 */
function showWay(row, constants) {
  const way = wayOf(row).value;
  for (const part of row.querySelectorAll("[data-way]")) /** @type {HTMLElement} */ (part).hidden = part.getAttribute("data-way") !== way;
  const known = { ...Object.fromEntries(Object.keys(constants).map((name) => [name, null])), ...made[way]?.[field(row, way).value]?.constants };
  const place = /** @type {HTMLElement} */ (row.querySelector("[data-constants]"));
  show(place, ...Object.entries(known).map(([name, usual]) => constant(row, name, usual)));
  for (const input of place.querySelectorAll("input")) if (constants[String(input.dataset.constant)] !== undefined) input.value = String(constants[String(input.dataset.constant)]);
  if (Object.keys(constants).length) row.querySelector("details")?.setAttribute("open", "");
}

/**
 * @param {HTMLElement} row
 * @param {string} name
 * @param {number | null} usual
 */
function constant(row, name, usual) {
  const id = `${field(row, "label").id}-${name}`;
  return h("div", { class: "field", "data-key": `${wayOf(row).value} ${name}` },
    h("label", { for: id }, name.replaceAll("_", " ")),
    h("input", { id, "data-constant": name, inputmode: "decimal", autocomplete: "off", placeholder: usual === null ? "Keras's own" : String(usual) }));
}

/** @param {HTMLElement} row */
function remove(row) {
  const contender = read(row);
  const wasFinalist = finalist(row).checked;
  const next = row.nextElementSibling;
  row.remove();
  const back = h("button", { class: "link", type: "button", click: () => {
    addContender(contender, wasFinalist, next?.isConnected ? next : null).focus();
    show(byId("removed"));
    rows.dispatchEvent(new Event("changed"));
  } }, "Put it back");
  byId("removed").replaceChildren(`${contender.label || "A contender"} is removed. `, back);
  back.focus();
  rows.dispatchEvent(new Event("changed"));
}

/** @returns {{contenders: Contender[], finalists: string[]}} */
export function readContenders() {
  return { contenders: all().map(read), finalists: all().filter((row) => finalist(row).checked).map((row) => field(row, "label").value.trim()) };
}

/**
 * @param {HTMLElement} row
 * @returns {Contender}
 */
function read(row) {
  const way = wayOf(row).value;
  /** @type {Contender} */
  const found = {};
  for (const input of inputsIn(row)) {
    const name = String(input.dataset.pointer).slice(1);
    if (!WAYS.includes(name) || name === way) found[name] = typedValue(input);
  }
  found.constants = Object.fromEntries([...row.querySelectorAll("[data-constant]")].map((input) => /** @type {HTMLInputElement} */ (input))
    .filter((input) => input.value.trim()).map((input) => [String(input.dataset.constant), asNumber(input.value.trim())]));
  const tune = /** @type {HTMLInputElement} */ (row.querySelector("[data-list]")).value.trim();
  found.tune = tune ? tune.split(",").map((name) => name.trim()) : null;
  found.grid = gridOf(/** @type {HTMLInputElement} */ (row.querySelector("[data-grid]")).value);
  return contendersAre([found])[0];
}

/** @param {Record<string, number[]>} grid */
const gridText = (grid) => Object.entries(grid).map(([name, values]) => `${name}: ${values.join(", ")}`).join("; ");

/** @param {string} text */
function gridOf(text) {
  const parts = text.split(";").map((part) => part.trim()).filter(Boolean);
  return Object.fromEntries(parts.map((part) => {
    const [name, values = ""] = part.split(":");
    return [name.trim(), values.split(",").map((value) => asNumber(value.trim()))];
  }));
}

/**
 * Show the faults of contenders by their fields; return those that belong to no row.
 * @param {Fault[]} faults
 * @returns {string[]}
 */
export function showContenderFaults(faults) {
  for (const place of rows.querySelectorAll("[data-error]")) place.textContent = "";
  const theirs = faults.filter((fault) => fault.pointer?.startsWith("/overrides/contenders/"));
  return theirs.filter((fault) => !showIn(fault)).map((fault) => fault.detail);
}

/** @param {Fault} fault */
function showIn(fault) {
  const [, , , place, name = ""] = String(fault.pointer).split("/");
  const row = all()[Number(place)];
  if (!row) return false;
  const input = row.querySelector(`[data-pointer="/${name}"], [data-list="${name}"]`);
  const error = (name && row.querySelector(`.field-error[id$="-error-${name}"], .field-error[id$="-error-field-${name}"]`)) || row.querySelector("[data-error]");
  if (!error) return false;
  error.textContent = error.textContent ? `${error.textContent}; ${fault.detail}` : fault.detail;
  input?.setAttribute("aria-invalid", "true");
  error.closest("details")?.setAttribute("open", "");
  return true;
}
