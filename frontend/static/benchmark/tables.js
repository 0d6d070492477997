// @ts-check
/** The tables of a benchmark: what was reached, what was compared, who took part. */

import { h } from "../shared/dom.js";
import { count, counted, fitness, fitnessText, number, signed } from "../shared/format.js";

/** @typedef {import("../shared/benchmark_documents.js").BenchmarkDetail} Detail */
/** @typedef {import("../shared/benchmark_documents.js").TableRow} Row */
/** @typedef {import("../shared/benchmark_documents.js").Comparison} Comparison */

const OPTIMIZERS = { sgd: "under SGD", adam: "under Adam", rule: "a rule of its own", keras: "Keras's own" };
const OUTCOMES = { better: "better", worse: "worse", no_difference: "no difference shown", cannot_say: "cannot say" };

const pText = (/** @type {number} */ value) => (value < 0.0001 ? "< 0.0001" : String(Number(value.toPrecision(2))));
const p = (/** @type {number | null} */ value) => number(value, pText, "p value");

/**
 * @param {string} label
 * @param {string[]} columns those that begin with # hold numbers
 * @param {HTMLElement[]} rows
 */
function table(label, columns, rows) {
  return h("div", { class: "scroll", "data-key": label, tabindex: "0", role: "region", "aria-label": label },
    h("table", {},
      h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col", class: column.startsWith("#") && "number" }, column.replace("#", ""))))),
      h("tbody", {}, rows)));
}

/**
 * @param {Detail} found
 * @param {string} problem
 */
export function resultsTable(found, problem) {
  const target = found.targets.find((one) => one.problem === problem);
  const columns = ["contender", "#n", "#mean ± sd", "#median", "#95 % of the median", "#failed", ...(target ? [`#epochs to ${fitnessText(target.level)} validation`] : [])];
  if (trainedBefore(found)) columns.push("#trainings before");
  if (found.published) columns.push(found.published.word);
  const rows = found.table.filter((row) => row.problem === problem);
  const ordered = found.state === "running" ? rows : [...rows].sort((one, other) => (other.mean ?? -1) - (one.mean ?? -1));
  return table(`What each contender reached on ${problem}`, columns, ordered.map((row) => result(found, row, target !== undefined)));
}

/**
 * @param {Detail} found
 * @param {Row} row
 * @param {boolean} timed
 */
function result(found, row, timed) {
  const contender = found.entrants[row.contender];
  const spread = row.deviation === null ? "" : ` ± ${fitnessText(row.deviation)}`;
  return h("tr", { "data-key": `${row.contender}`, class: row.best && "best" },
    h("th", { scope: "row" }, contender.label, contender.finalist && h("span", { class: "muted" }, " finalist"),
      row.edge && h("span", { class: "edge", title: row.edge }, "▲ best at the edge of what was tried")),
    h("td", { class: "number" }, count(row.n)),
    h("td", { class: "number" }, fitness(row.mean), spread),
    h("td", { class: "number" }, fitness(row.median)),
    h("td", { class: "number" }, row.low === null ? "–" : `${fitnessText(row.low)} to ${fitnessText(row.high)}`),
    h("td", { class: "number" }, count(row.failed)),
    timed && h("td", { class: "number" }, row.reached_target ? `${row.epochs_to_target} (${row.reached_target} of ${row.n})` : "never"),
    trainedBefore(found) && h("td", { class: "number" }, ...before(contender)),
    found.published && h("td", {}, published(found, row)));
}

/** @param {Detail} found */
const trainedBefore = (found) => found.entrants.some((one) => one.searched + (one.trainings ?? 0) > 0);

/**
 * The trainings that it took to find and to tune a contender.
 * @param {import("../shared/benchmark_documents.js").Contender} one
 */
function before(one) {
  if (one.trainings === null) return [h("span", { class: "muted" }, "not recorded")];
  const all = one.searched + one.trainings;
  const title = `${counted(one.searched, "training")} to find it, ${count(one.trainings)} to tune it on each problem`;
  return [h("data", { value: String(all), title }, count(all)), one.less && h("span", { class: "muted", title: "fewer than the finalist's search and tuning together" }, " fewer")];
}

/**
 * @param {Detail} found
 * @param {Row} row
 */
function published(found, row) {
  const { label } = found.entrants[row.contender];
  const own = (found.published?.figures ?? []).filter((one) => one.contender === label && one.problem === row.problem);
  const part = found.scored_parts[row.problem];
  return own.sort((one, other) => Number(one.part !== part) - Number(other.part !== part)).map((one) =>
    h("span", { class: "published", title: found.published?.source }, h("data", { value: String(one.mean) }, fitnessText(one.mean)),
      one.sd !== null && ` ± ${fitnessText(one.sd)}`, h("span", { class: "muted" }, ` ${one.part}${one.n === null ? "" : `, n ${one.n}`}`)));
}

/**
 * @param {Detail} found
 * @param {string} problem
 */
export function comparisonsTable(found, problem) {
  const columns = ["finalist", "rival", "outcome", "#n", "#difference", "#p", "#p, Holm", "#p pairs, Holm", "#A12", "#trials needed", "#p again, Holm"];
  const rows = found.judged.filter((one) => one.comparison.problem === problem)
    .map(({ comparison, confirmation }) => compared(comparison, confirmation));
  return table(`Declared comparisons on ${problem}`, columns, rows);
}

/**
 * @param {Comparison} one
 * @param {Comparison | null} again
 */
function compared(one, again) {
  return h("tr", { "data-key": `${one.finalist} ${one.rival}` },
    h("td", {}, one.finalist), h("td", {}, one.rival), h("td", {}, OUTCOMES[one.outcome]),
    h("td", { class: "number" }, one.n === one.n_rival ? count(one.n) : `${one.n}, ${one.n_rival}`),
    h("td", { class: "number" }, number(one.difference, signed, "difference of the means")),
    h("td", { class: "number" }, p(one.p)), h("td", { class: "number" }, p(one.p_holm)), h("td", { class: "number" }, p(one.p_pairs_holm)),
    h("td", { class: "number" }, number(one.a12, (value) => value.toFixed(2), "A12")),
    h("td", { class: "number" }, number(one.trials_needed, count, "trials needed")),
    h("td", { class: "number" }, again ? [p(again.p_holm), h("span", { class: "muted" }, ` n ${again.n}`)] : h("span", { class: "muted" }, "not tried again")));
}

/**
 * @param {Detail} found
 * @param {string} problem
 */
export function contendersTable(found, problem) {
  const tuned = found.declaration.tuning !== null;
  const columns = ["contender", "where from", "what it is", "trained", ...(tuned ? [`tuned on ${problem}`] : [])];
  return table("Contenders: what each is", columns, found.entrants.map((one, place) => h("tr", { "data-key": one.label },
    h("th", { scope: "row" }, one.individual_id ? h("a", { href: `/individuals/${one.individual_id}` }, one.label) : one.label),
    h("td", {}, one.source),
    h("td", { class: "contender-text" }, ...text(one, tunedOn(found, problem, place))),
    h("td", {}, OPTIMIZERS[/** @type {keyof typeof OPTIMIZERS} */ (one.optimizer)]),
    tuned && h("td", {}, ...tuning(found, tunedOn(found, problem, place))))));
}

/**
 * @param {Detail} found
 * @param {string} problem
 * @param {number} place
 */
const tunedOn = (found, problem, place) => found.tuned.find((each) => each.problem === problem && each.contender === place);

/**
 * What a contender is as it was tried and, where tuning changed it, what it was before.
 * @param {import("../shared/benchmark_documents.js").Contender} one
 * @param {import("../shared/benchmark_documents.js").Tuned | undefined} tuned
 */
function text(one, tuned) {
  if (!tuned || tuned.text === one.text) return [one.text];
  return [tuned.text, h("details", {}, h("summary", {}, "untuned"), one.text)];
}

/**
 * @param {Detail} found
 * @param {import("../shared/benchmark_documents.js").Tuned | undefined} one
 */
function tuning(found, one) {
  if (!one) return [h("span", { class: "muted" }, found.phase !== "tuning" ? "not tuned" : found.state === "running" ? "not finished yet" : "never finished")];
  const failures = one.failed ? `, ${count(one.failed)} failed` : "";
  const reached = one.score === null
    ? `its usual constants: none of ${counted(one.trainings, "training")} ended with a score`
    : `${found.declaration.tuning.score} accuracy ${fitnessText(one.score)}, best of ${counted(one.trainings, "training")}${failures}`;
  return [
    h("span", {}, Object.entries(one.constants).map(([name, value]) => `${name.replaceAll("_", " ")} ${Number(value.toPrecision(4))}`).join(", ")),
    h("span", { class: "muted" }, ` (${reached})`),
    one.edges.length > 0 && h("span", { class: "edge", title: one.edges.join(" ") }, "▲ at the edge of what was tried"),
  ];
}
