// @ts-check
/** What a benchmark means before it is started: its trainings by stage, its time, what it can show at all. */

import { differencesTable } from "../shared/differences.js";
import { byId, h, show } from "../shared/dom.js";
import { count, counted, duration } from "../shared/format.js";

/** @typedef {import("../shared/benchmark_documents.js").BenchmarkPreview} Preview */

const STAGES = { tuning: "tuning", trials: "first round", confirmation: "confirmation, at most" };

const pText = (/** @type {number} */ value) => (value < 0.0001 ? "< 0.0001" : String(Number(value.toPrecision(2))));

/**
 * @param {Preview} preview
 * @param {(field: string) => void} putBack
 */
export function showMeaning(preview, putBack) {
  byId("cost").style.opacity = "";
  show(byId("cost"),
    h("dl", { class: "cost" },
      fact("trainings", `at most ${count(preview.trainings)}`),
      fact("time", preview.seconds_estimate === null ? "not known" : `about ${duration(preview.seconds_estimate)}`),
      fact("comparisons", count(preview.comparisons)),
      fact("smallest p", preview.smallest_p === null ? "none" : pText(preview.smallest_p)),
      ...preview.stages.map((one) => fact(STAGES[one.name], counted(one.trainings, "training")))),
    h("p", { class: "about" }, preview.estimate_basis, preview.fewest_trials === null ? "" : `. With ${counted(preview.comparisons, "comparison")} at least ${count(preview.fewest_trials)} trials are needed to show anything.`));
  show(byId("warnings"), ...preview.warnings.map((warning) => h("div", { class: "note" }, h("p", {}, warning))));
  show(byId("entrants"), entrants(preview));
  show(byId("differences"), differencesTable(preview.differences, putBack));
}

/** Show that what stands there is not what the form says. */
export function showStale() {
  byId("cost").style.opacity = "0.5";
}

/**
 * @param {string} term
 * @param {string} value
 */
const fact = (term, value) => h("div", {}, h("dt", {}, term), h("dd", { class: "big" }, value));

/** @param {Preview} preview */
function entrants({ entrants: all }) {
  const tuned = all.some((one) => one.trainings);
  const columns = ["contender", "where from", ...(tuned ? ["searched", "tuned"] : [])];
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Contenders as they would be trained" }, h("table", {},
    h("thead", {}, h("tr", {}, columns.map((word) => h("th", { scope: "col" }, word)))),
    h("tbody", {}, all.map((one) => h("tr", {},
      h("th", { scope: "row" }, one.label, one.finalist && h("span", { class: "muted" }, " finalist")),
      h("td", { class: "muted" }, one.source),
      tuned && h("td", { class: "number" }, one.searched ? count(one.searched) : "–"),
      tuned && h("td", { class: "number" }, one.trainings ? count(one.trainings) : "–"))))));
}
