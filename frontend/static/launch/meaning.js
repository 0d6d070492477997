// @ts-check
/** What an order means: its cost, its differences from the preset, what its generation 0 is drawn from. */

import { differencesTable } from "../shared/differences.js";
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
      preview.benchmark_trainings !== null && fact("trainings of the benchmark", `at most ${count(preview.benchmark_trainings)}`),
      preview.benchmark_trainings !== null && fact("its time", preview.benchmark_seconds === null ? "not known" : `about ${duration(preview.benchmark_seconds)}`),
      fact("individuals × generations", `${count(search.population_size)} × ${count(search.generations)}`)),
    h("p", { class: "about" }, preview.estimate_basis));
  show(byId("warnings"), ...preview.warnings.map((warning) => h("div", { class: "note" }, h("p", {}, warning))));
  show(byId("differences"), differencesTable(preview.differences, (field) => putBack(pointerOf(field))));
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

/** @param {string} field a pointer or a dotted path */
const pointerOf = (field) => `/${field.split(/[./]/).filter(Boolean).join("/")}`;
