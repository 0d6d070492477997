// @ts-check
/** Inputs that stand for the values of a configuration: `data-pointer` says for which, `data-kind` how it is written. */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Input */
/** @typedef {import("./documents.js").Fault} Fault */

/**
 * Inputs within an element that is marked as apart are read with it alone.
 * @param {Element} root
 * @returns {Input[]}
 */
export const inputsIn = (root) => [...root.querySelectorAll("[data-pointer]")].filter((input) => input.closest("[data-apart]") === root.closest("[data-apart]"))
  .map((input) => /** @type {Input} */ (input));

/** @param {Input} input */
const isGroup = (input) => input.dataset.kind === "group";

/**
 * Show a configuration's values; what stands in a group that is off shows what it would begin with.
 * @param {Element} root
 * @param {any} configuration
 * @param {Set<string>} [except] pointers of fields to leave as they are
 */
export function fillIn(root, configuration, except = new Set()) {
  for (const input of inputsIn(root)) {
    const pointer = String(input.dataset.pointer);
    if (except.has(pointer)) continue;
    const value = valueAt(configuration, pointer);
    put(input, value === undefined && !isGroup(input) ? JSON.parse(input.dataset.default ?? "null") : value);
  }
  showGroups(root);
}

/**
 * Show what belongs to the groups that are on.
 * @param {Element} root
 */
export function showGroups(root) {
  const off = offIn(root);
  for (const inner of root.querySelectorAll("[data-within]")) {
    /** @type {HTMLElement} */ (inner).hidden = off.has(String(/** @type {HTMLElement} */ (inner).dataset.within));
  }
}

/** @param {Element} root */
function offIn(root) {
  const off = inputsIn(root).filter((input) => isGroup(input) && !(/** @type {HTMLInputElement} */ (input).checked));
  return new Set(off.map((input) => String(input.dataset.pointer)));
}

/**
 * @param {Element} root
 * @param {any} configuration
 * @returns {Map<string, any>} pointer to value, of every field that differs from the configuration
 */
export function changesIn(root, configuration) {
  const found = new Map();
  const off = [...offIn(root)];
  for (const input of inputsIn(root)) {
    const pointer = String(input.dataset.pointer);
    if (off.some((group) => pointer.startsWith(`${group}/`))) continue;
    const known = valueAt(configuration, pointer);
    if (isGroup(input)) {
      if (off.includes(pointer) && (known ?? null) !== null) found.set(pointer, null);
      continue;
    }
    const value = typedValue(input);
    if (JSON.stringify(value) !== JSON.stringify(known)) found.set(pointer, value);
  }
  return found;
}

/**
 * Put values where their pointers lead to.
 * @param {Map<string, any>} values
 */
export function nested(values) {
  /** @type {Record<string, any>} */
  const whole = {};
  for (const [pointer, value] of values) {
    const parts = pointer.slice(1).split("/");
    const last = String(parts.pop());
    parts.reduce((group, part) => (group[part] ??= {}), whole)[last] = value;
  }
  return whole;
}

/**
 * What was typed as the API takes it. What is no number goes as it is: the API says what is wrong with it.
 * @param {Input} input
 */
export function typedValue(input) {
  if (input instanceof HTMLInputElement && input.type === "checkbox") return input.checked;
  const text = input.value.trim();
  if (text === "" && "nullable" in input.dataset) return null;
  if (input.dataset.kind === "json") return JSON.parse(text);
  if (input.dataset.kind === "list") return text.split("\n").map((line) => line.trim()).filter(Boolean);
  return input.dataset.kind === "string" ? text : asNumber(text);
}

/** @param {string} text */
export const asNumber = (text) => (text !== "" && Number.isFinite(Number(text)) ? Number(text) : text);

/**
 * What stands beside the configuration in an order: `data-order` says as what.
 * @param {Element} root
 */
export function readBeside(root) {
  /** @type {Record<string, any>} */
  const order = {};
  for (const input of root.querySelectorAll("[data-order]")) {
    const { value, dataset } = /** @type {HTMLInputElement} */ (input);
    if (value.trim()) order[String(dataset.order)] = dataset.order === "name" ? value.trim() : asNumber(value.trim());
  }
  return order;
}

/**
 * Show each fault by the field that it is about; return those that belong to none.
 * @param {Element} root
 * @param {Fault[]} faults
 * @returns {string[]}
 */
export function showFaultsIn(root, faults) {
  for (const place of root.querySelectorAll(".field-error")) place.textContent = "";
  for (const input of root.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  return faults.filter((fault) => !showFault(fault)).map((fault) => fault.detail);
}

/** @param {Fault} fault */
function showFault(fault) {
  const path = (fault.pointer ?? "").split("/").filter((part) => part && part !== "overrides");
  // A fault of a whole group names its field first: "tournament_size is 30, but the population has only 20".
  const named = fault.detail.match(/^([a-z_]+) is /)?.[1];
  const [list, index] = path.slice(-2);
  const detail = list === "seeds" && index ? `seed ${Number(index) + 1}: ${fault.detail}` : fault.detail;
  const places = [path.concat(named ?? []), ...path.map((_, left) => path.slice(0, path.length - left))].map((parts) => parts.join("-"));
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
export function put(input, value) {
  if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = Boolean(value);
  else input.value = input.dataset.kind === "json" ? JSON.stringify(value) : shownValue(value);
}

/** @param {any} value */
const shownValue = (value) => (value === null || value === undefined ? "" : Array.isArray(value) ? value.join("\n") : String(value));
