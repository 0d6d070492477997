// @ts-check
/** One individual: what it is, why it is good, how to use it. */

import { ablation } from "./individual/ablation.js";
import { genealogy } from "./individual/genealogy.js";
import { symbols, unfoldTree } from "./individual/program.js";
import { FORMATS, proofs } from "./individual/proofs.js";
import { changesFrom, rawBesideSimplified, wholeFormula } from "./individual/rule.js";
import { get, list } from "./shared/api.js";
import { byId, h, show } from "./shared/dom.js";
import { count, counted, duration, fitness, number } from "./shared/format.js";
import { follow } from "./shared/live.js";
import { formula } from "./shared/mathml.js";
import { chart } from "./shared/plot.js";
import { commonScale, rateShape } from "./shared/shapes.js";
import { copyable, empty, failed, stateMark } from "./shared/states.js";

/** @typedef {import("./shared/documents.js").WholeIndividual} Individual */
/** @typedef {import("./shared/documents.js").Evaluation} Evaluation */
/** @typedef {import("./shared/documents.js").Parent} Parent */

const id = Number(document.body.dataset.individual);
const isRule = document.body.dataset.evolves === "update_rule";
const isProgram = document.body.dataset.evolves === "schedule_program";
const REASONS = /** @type {Record<string, string>} */ ({
  nan: "the loss was no number", diverged: "the training diverged", cannot_train: "it cannot train: a rate is negative, no number, or all are 0",
  timeout: "the training made no progress for too long", lost: "its worker was lost", error: "the training failed with an error",
});
const OPERATORS = /** @type {Record<string, string>} */ ({
  create: "Drawn at random from the grammar.", seed: "Planted as a seed, as it is.", mutation: "A copy of its parent with some codons changed.",
  crossover: "Parts of two parents, then mutated.", copy: "The same as its parent: neither crossover nor mutation changed it.", elite: "The same as its parent: one of the best survives unchanged.",
});
const OPERATORS_OF_TREES = /** @type {Record<string, string>} */ ({
  ...OPERATORS, create: "Drawn at random.", mutation: "A copy of its parent in which a part of the tree was drawn anew.",
  crossover: "A parent's tree in which a part was replaced by one of the other parent's.",
});

let runId = 0;
let following = false;
// What a schedule program computes depends on the training that it is in: there is no proof to ask for.
const proven = isProgram ? null : proofs(id, followLive);
const terms = isRule ? ablation(id, followLive) : null;

async function load() {
  try {
    /** @type {Individual} */
    const one = await get(`/individuals/${id}`);
    const run = await get(`/runs/${one.run_id}`);
    runId = run.id;
    draw(one, run);
    proven?.refresh();
    if (isRule) showAblation(one);
  } catch (error) {
    show(byId("notice"), failed(error, load));
    for (const place of ["words", "formula", "parents", "folds", "reproduce", "proofs", ...(isRule ? ["raw", "ablation"] : []), ...(isProgram ? ["tree"] : [])]) show(byId(place));
  }
}

/**
 * @param {Individual} one
 * @param {import("./shared/documents.js").Run} run
 */
function draw(one, run) {
  show(byId("trail"), h("a", { href: `/runs/${run.id}` }, run.name), ` · ${run.problem} · generation ${one.generation}, index ${one.index}`);
  show(byId("score"), ...score(one), one.id === run.best_individual_id && h("span", { class: "good" }, "the best of its run so far"));
  show(byId("export"), ...one.exports.map((format, place) => exportLink(format, place === 0, one.exports.length > 1)),
    h("a", { class: "button", href: `/benchmarks/new?individual=${id}`, title: "Hold it against rivals of its kind, on common seeds, with a verdict" }, "Benchmark this"),
    h("a", { class: "button", href: `/launch?like=${run.id}&seeds=individual:${id}`, title: "Launch a run like this one's, with this individual in its first generation" }, "Start from this"));
  show(byId("words"), h("p", {}, one.words), ...afterwards(one), ...behaviour(one));
  show(byId("formula"), ...(one.rule ? wholeFormula(one) : bothForms(one)));
  if (isProgram) showProgram(one);
  if (one.rule) show(byId("raw"), ...rawBesideSimplified(one.rule));
  show(byId("folds"), ...(isImported(one, run) ? [empty("Imported: the original program trained it, and kept its fitness alone.")] : evaluations(one.evaluations)));
  if (one.reproduce === null) show(byId("reproduce"), empty("Its run was imported. The original program drew its numbers, so no command makes it again here."));
  else show(byId("reproduce"), h("p", { class: "muted" }, "The same seed gives the same run, and this individual in it, on the same kind of machine and libraries."), copyable(one.reproduce));
  showParents(one);
}

/**
 * @param {Individual} one
 * @param {import("./shared/documents.js").Run} run
 */
const isImported = (one, run) => one.generation < run.imported_generations && !one.evaluations.length;

/** @param {Individual} one */
function showProgram(one) {
  // What reads no loss has one curve, which needs no explanation, and no surface.
  for (const place of [byId("surface").closest("section"), byId("rates").previousElementSibling]) {
    /** @type {HTMLElement} */ (place).hidden = !one.rates_at_losses;
  }
  unfoldTree(one);
}

/**
 * @param {string} format
 * @param {boolean} first
 * @param {boolean} several
 */
function exportLink(format, first, several) {
  const word = several ? `Export for ${FORMATS[format] ?? format}` : "Export as Python";
  const taken = () => proven?.exported(format);
  return h("a", { class: first ? "button primary" : "button", href: `/api/v1/individuals/${id}/export?format=${format}`, download: true, click: taken }, word);
}

/** @param {Individual} one */
function showAblation(one) {
  if (one.evaluations.some((evaluation) => evaluation.state === "finished") && one.fitness !== null) terms?.refresh();
  else show(byId("ablation"), empty("It has no training that gave it a fitness, so there is nothing to compare with."));
}

/** Something is being done for this individual: follow it. Most visits need no connection. */
function followLive() {
  if (following || !runId) return;
  following = true;
  follow({
    runId,
    onEvent: (event) => {
      if (event.type === "evaluation.finished" || event.type === "run.state_changed") terms?.refresh();
      if (event.type === "proof.changed" && event.individual_id === id) proven?.refresh();
    },
    onReturn: () => {
      terms?.refresh();
      proven?.refresh();
    },
  });
}

/** @param {Individual} one */
const afterwards = (one) => (one.after_last_epoch ? [h("h3", {}, "After the last trained epoch"), h("p", {}, one.after_last_epoch)] : []);

/** @param {Individual} one */
function behaviour(one) {
  const sharing = new Set(one.evaluations.flatMap((evaluation) => evaluation.individual_ids)).size - 1;
  const shared = sharing > 0 ? `shared with ${counted(sharing, "other individual")}; trained once for all` : "its own alone";
  return [
    h("h3", {}, "Behaviour"),
    h("p", {}, one.behaviour_key ? shared : "It cannot be trained, so it has none."),
    one.behaviour_key && h("p", { class: "muted" }, "key ", h("data", { value: one.behaviour_key, title: one.behaviour_key }, one.behaviour_key.slice(0, 12))),
  ];
}

/** @param {Individual} one */
function score(one) {
  if (one.fitness !== null) return [h("span", {}, "fitness ", h("span", { class: "score" }, fitness(one.fitness)))];
  if (!one.evaluated) return [h("span", { class: "muted" }, "not evaluated yet")];
  const why = one.rule && one.cannot_train ? `it cannot train. ${one.cannot_train}` : REASONS[one.reason ?? ""] ?? one.reason;
  return [stateMark("failed", `no fitness: ${why}`)];
}

/** @param {Individual} one */
function bothForms(one) {
  const same = one.simplified.replaceAll(/\s/g, "") === one.phenotype.replaceAll(/\s/g, "");
  return [
    h("div", { class: "formula", tabindex: "0", role: "region", "aria-label": "Simplified formula" }, formula(one.mathml) ?? h("code", {}, one.simplified)),
    one.program && h("p", { class: "about" }, symbols(one)),
    h("h3", {}, same ? "As text (nothing to simplify)" : "As evolved"),
    copyable(one.phenotype),
    !same && h("h3", {}, "Simplified, without its dead parts"),
    !same && copyable(one.simplified),
  ];
}

/** @param {Individual} one */
async function showParents(one) {
  const origin = h("p", {}, (isProgram ? OPERATORS_OF_TREES : OPERATORS)[one.operator] ?? one.operator);
  const parents = distinct(one.parents);
  if (isRule || isProgram) return show(byId("parents"), origin, ...parents.map((parent) => h("div", { class: "parent rule" }, standing(parent, one), changesFrom(parent))));
  try {
    const rates = parents.length ? await ratesOf(one, parents) : new Map();
    const scale = commonScale([one.rates, ...rates.values()]);
    return show(byId("parents"), origin, ...parents.map((parent) => parentRow(parent, rates.get(parent.id), scale, one)));
  } catch (error) {
    return show(byId("parents"), origin, failed(error));
  }
}

/** @param {Parent[]} parents */
const distinct = (parents) => [...new Map(parents.map((parent) => [parent.id, parent])).values()];

/**
 * @param {Individual} one
 * @param {Parent[]} parents
 * @returns {Promise<Map<number, number[] | null>>} rates by individual
 */
async function ratesOf(one, parents) {
  const all = await list(`/runs/${one.run_id}/individuals?generation=${parents[0].generation}&page_size=200`);
  return new Map(all.map((other) => [other.id, other.rates]));
}

/**
 * @param {Parent} parent
 * @param {number[] | null | undefined} rates
 * @param {import("./shared/shapes.js").Scale} scale
 * @param {Individual} child
 */
function parentRow(parent, rates, scale, child) {
  return h("div", { class: "parent" },
    rates ? rateShape(rates, scale, { label: `rates of individual ${parent.id}` }) : h("span", { class: "muted" }, "no rates"),
    standing(parent, child));
}

/**
 * @param {Parent} parent
 * @param {Individual} child
 */
function standing(parent, child) {
  const change = child.fitness !== null && parent.fitness !== null ? child.fitness - parent.fitness : null;
  const verdict = change === null ? "" : change > 0 ? "this one is better by " : change < 0 ? "this one is worse by " : "equally good";
  return h("p", {}, h("a", { href: `/individuals/${parent.id}` }, `Individual ${parent.id}`), h("br"),
    `generation ${parent.generation}, fitness `, fitness(parent.fitness), h("br"),
    h("span", { class: "muted" }, verdict, change ? number(Math.abs(change), (value) => value.toFixed(4), "difference in fitness") : ""));
}

/** @param {Evaluation[]} all */
function evaluations(all) {
  if (!all.length) return [empty(`It was never trained: ${isRule ? "it can learn nothing" : "its behaviour gives no usable rates"}, or it waits.`)];
  return [h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of evaluations" }, h("table", {},
    h("thead", {}, h("tr", {}, ["fold", "state", "score", "epochs", "time"].map((word) => h("th", { scope: "col" }, word)))),
    h("tbody", {}, all.map(evaluationRow))))];
}

/** @param {Evaluation} one */
function evaluationRow(one) {
  const state = one.reason ? stateMark("failed", one.reason.replaceAll("_", " ")) : stateMark(one.state === "finished" || one.state === "cancelled" ? one.state : "running", one.state);
  return h("tr", { title: one.message },
    h("td", {}, one.repetition ? `${one.fold + 1}, repetition ${one.repetition + 1}` : one.fold + 1), h("td", {}, state), h("td", {}, fitness(one.score)), h("td", {}, count(one.epochs.length)), h("td", {}, ...time(one)));
}

/** @param {Evaluation} one */
const time = ({ seconds, taken_from: from }) => (from === null ? [duration(seconds)] : [`taken over from evaluation ${from}`]);

if (isRule) chart(byId("response"), { url: `/individuals/${id}/figures/response`, label: "How it moves a weight under a constant, an alternating and a noisy gradient, beside Adam and SGD", nothing: "There is nothing to draw." });
else chart(byId("rates"), { url: `/individuals/${id}/figures/rates`, label: isProgram ? "Its learning rate over the epochs, at three losses where it reads one, beside constant 0.001" : "Its learning rate over the epochs, beside constant 0.01", nothing: "It gives no usable learning rates, so there is nothing to draw." });
if (isProgram) chart(byId("surface"), { url: `/individuals/${id}/figures/surface`, label: "Its learning rate against epoch and loss, and where its trainings went", nothing: "It reads no loss." });
genealogy(id);
chart(byId("curves"), { url: `/individuals/${id}/figures/training`, label: "Loss and accuracy over the epochs of its trainings", nothing: "It has not been trained here." });
load();
