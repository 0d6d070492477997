// @ts-check
/** What an order means: its cost, its differences from the preset, what its generation 0 is drawn from. */

import { byId, h, show } from "../shared/dom.js";
import { count, duration } from "../shared/format.js";
import { AT_LOSSES } from "../shared/phrases.js";
import { showSamples } from "../shared/samples.js";

/** @typedef {import("../shared/documents.js").Preview} Preview */

/**
 * @param {Preview} preview
 * @param {(pointer: string) => void} putBack
 */
export function showMeaning(preview, putBack) {
  const search = preview.configuration.search;
  show(byId("cost"),
    h("dl", { class: "cost" },
      fact("trainings", `at most ${count(preview.trainings_most)}`),
      fact("time", preview.seconds_estimate === null ? "not known" : `about ${duration(preview.seconds_estimate)}`),
      preview.benchmark_trainings !== null && fact("benchmark afterwards", `at most ${count(preview.benchmark_trainings)}`),
      fact("individuals × generations", `${count(search.population_size)} × ${count(search.generations)}`)),
    h("p", { class: "about" }, preview.estimate_basis));
  show(byId("warnings"), ...preview.warnings.map((warning) => h("div", { class: "note" }, h("p", {}, warning))));
  show(byId("differences"), differences(preview.differences, putBack));
  byId("about-samples").textContent = aboutSamples(preview.configuration);
  showSamples(byId("samples"), preview.samples);
}

/** @param {any} configuration */
function aboutSamples({ evolves, seeds }) {
  const planted = seeds?.length ? "The seeds first, as they are planted; then others, drawn at random. " : "What generation 0 is drawn from. ";
  if (evolves === "schedule_program") return `${planted}Learning rate over the epochs, one scale for all. ${AT_LOSSES}`;
  return planted + (evolves === "schedule"
    ? "Learning rate over the epochs, one scale for all."
    : "What each makes of its states and of the weight w, from the gradient g, without dead parts.");
}

/** Show that what stands there is not what the form says. */
export function showStale() {
  byId("cost").style.opacity = "0.5";
}

/** Show that it is again. */
export function showCurrent() {
  byId("cost").style.opacity = "";
}

/**
 * @param {string} term
 * @param {string} value
 */
const fact = (term, value) => h("div", {}, h("dt", {}, term), h("dd", { class: "big" }, value));

/**
 * @param {Preview["differences"]} all
 * @param {(pointer: string) => void} putBack
 */
function differences(all, putBack) {
  if (!all.length) return h("p", { class: "muted" }, "Nothing.");
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Changed fields" }, h("table", {},
    h("thead", {}, h("tr", {}, ["field", "preset", "here", "undo"].map((word) => h("th", { scope: "col" }, word)))),
    h("tbody", {}, all.map((one) => h("tr", {},
      h("th", { scope: "row" }, named(one.field)),
      h("td", { class: "muted" }, brief(one.preset)),
      h("td", {}, brief(one.value)),
      h("td", {}, h("button", { class: "link", type: "button", "aria-label": `Put back ${named(one.field)}`, click: () => putBack(pointerOf(one.field)) }, "put back")))))));
}

/** @param {string} field a pointer or a dotted path */
const pointerOf = (field) => `/${field.split(/[./]/).filter(Boolean).join("/")}`;

/** @param {string} field */
const named = (field) => field.split(/[./]/).filter(Boolean).join(", ").replaceAll("_", " ");

/** @param {any} value */
function brief(value) {
  const text = value === null || value === undefined ? "none" : typeof value === "object" && !Array.isArray(value) ? inWords(value) : String(value);
  return text.length > 40 ? h("span", { title: text }, `${text.slice(0, 39)}…`) : text;
}

/** @param {Record<string, any>} value a group of fields that the preset does not have */
const inWords = (value) => Object.entries(value).filter(([, each]) => typeof each !== "object").map(([name, each]) => `${name} ${each}`).join(", ");
