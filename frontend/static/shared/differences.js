// @ts-check
/** What differs from a preset, field by field, each of which can be put back. */

import { h } from "./dom.js";

/**
 * @param {{field: string, preset: any, value: any}[]} all
 * @param {(field: string) => void} putBack
 */
export function differencesTable(all, putBack) {
  if (!all.length) return h("p", { class: "muted" }, "Nothing.");
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Changed fields" }, h("table", {},
    h("thead", {}, h("tr", {}, ["field", "preset", "here", "undo"].map((word) => h("th", { scope: "col" }, word)))),
    h("tbody", {}, all.map((one) => h("tr", {},
      h("th", { scope: "row" }, named(one.field)),
      h("td", { class: "muted" }, brief(one.preset)),
      h("td", {}, brief(one.value)),
      h("td", {}, h("button", { class: "link", type: "button", "aria-label": `Put back ${named(one.field)}`, click: () => putBack(one.field) }, "put back")))))));
}

/** @param {string} field */
const named = (field) => field.split(/[./]/).filter(Boolean).join(", ").replaceAll("_", " ");

/** @param {any} value */
function brief(value) {
  const text = value === null || value === undefined ? "none" : typeof value === "object" && !Array.isArray(value) ? inWords(value) : String(value);
  return text.length > 40 ? h("span", { title: text }, `${text.slice(0, 39)}…`) : text;
}

/** @param {Record<string, any>} value a group of fields that the preset does not have */
const inWords = (value) => Object.entries(value).filter(([, each]) => typeof each !== "object").map(([name, each]) => `${name} ${each}`).join(", ");
