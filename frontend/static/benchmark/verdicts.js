// @ts-check
/** The verdict in sentences: the headline, then one for each declared comparison, then what to be wary of. */

import { h } from "../shared/dom.js";

/** @typedef {import("../shared/benchmark_documents.js").BenchmarkDetail} Detail */
/** @typedef {import("../shared/benchmark_documents.js").Judged} Judged */

const WORDS = { better: "better", worse: "worse", no_difference: "no difference", cannot_say: "cannot say" };
// With more comparisons than these the sentences are a click away.
const SHOWN = 6;

/**
 * @param {Detail} found
 * @returns {HTMLElement[]}
 */
export function verdicts(found) {
  const wary = [...found.edges.map((said) => line("edge", "at the edge", said)), ...found.warnings.map((said) => line("warning", "beforehand", said))];
  return [
    h("p", { class: "headline" }, found.headline ?? waiting(found)),
    ...sentences(found.judged),
    ...(wary.length ? [h("ul", { class: "verdicts", "aria-label": "What to be wary of" }, wary)] : []),
  ];
}

/** @param {Detail} found */
function waiting(found) {
  if (found.state === "waiting") return "No verdict yet: it begins with the best of its runs when all of them have ended.";
  if (found.state === "running") return "No verdict yet: it is given once, when all trials are done.";
  return `No verdict: the benchmark ${found.state === "failed" ? "failed" : "was cancelled"}.`;
}

/** @param {Judged[]} judged */
function sentences(judged) {
  if (!judged.length) return [];
  const all = h("ul", { class: "verdicts", "aria-label": "Declared comparisons" }, judged.map(sentence));
  if (judged.length <= SHOWN) return [all];
  return [h("details", {}, h("summary", {}, `all ${judged.length} comparisons in words`), all)];
}

/** @param {Judged} one */
function sentence(one) {
  const { outcome } = one.comparison;
  const kept = !one.confirmation || one.confirmation.outcome === outcome;
  return line(kept ? outcome : "no_difference", kept ? WORDS[outcome] : "not confirmed", one.sentence);
}

/**
 * @param {string} outcome
 * @param {string} word
 * @param {string} said
 */
const line = (outcome, word, said) => h("li", { "data-outcome": outcome }, h("span", { class: "kind" }, word), h("span", {}, said));
