// @ts-check
/** One generation as small curves or short formulas: fittest first, coloured by fitness, marked where they failed. */

import { list } from "../shared/api.js";
import { byId, h, show } from "../shared/dom.js";
import { counted, fitnessText } from "../shared/format.js";
import { ruleFormula } from "../shared/formulas.js";
import { paced } from "../shared/pace.js";
import { OPERATORS } from "../shared/phrases.js";
import { fitnessColour, scaleOf, shapeOf } from "../shared/shapes.js";
import { empty, failed } from "../shared/states.js";

/** @typedef {import("../shared/documents.js").Individual} Individual */

/** More curves than this say nothing to an eye, and cost a browser much. */
const MOST = 200;
const REASONS = /** @type {Record<string, string>} */ ({
  nan: "no number", diverged: "diverged", cannot_train: "cannot train", timeout: "timeout", lost: "lost", error: "error",
});

/** @param {number} runId */
export function strip(runId) {
  let newest = 0;
  let shown = 0;
  let following = true;

  const refresh = paced(1000, async () => {
    const number = shown;
    try {
      const individuals = await list(`/runs/${runId}/individuals?generation=${number}&page_size=${MOST}`, MOST);
      if (number === shown) draw(number, individuals);
    } catch (error) {
      show(byId("strip"), failed(error, refresh));
    }
  });

  /** @param {number} number */
  function turnTo(number) {
    shown = Math.max(0, Math.min(newest, number));
    following = shown === newest;
    buttons();
    refresh();
  }

  function buttons() {
    byId("newest").setAttribute("aria-pressed", String(following));
    /** @type {HTMLButtonElement} */ (byId("earlier")).disabled = shown === 0;
    /** @type {HTMLButtonElement} */ (byId("later")).disabled = shown === newest;
  }

  byId("earlier").addEventListener("click", () => turnTo(shown - 1));
  byId("later").addEventListener("click", () => turnTo(shown + 1));
  byId("newest").addEventListener("click", () => turnTo(newest));

  return {
    refresh,
    /** @param {number} generation the run's present one */
    follow(generation) {
      if (generation === newest && byId("strip-title").dataset.drawn) return;
      newest = generation;
      if (following) turnTo(generation);
      else buttons();
    },
  };
}

/**
 * @param {number} generation
 * @param {Individual[]} individuals
 */
function draw(generation, individuals) {
  const done = individuals.filter((one) => one.evaluated).length;
  byId("strip-title").dataset.drawn = "yes";
  byId("strip-title").textContent = `Generation ${generation}: ${done} of ${counted(individuals.length, "individual")} evaluated`;
  const scale = scaleOf(individuals);
  const values = individuals.flatMap((one) => (one.fitness === null ? [] : [one.fitness]));
  const low = Math.min(...values);
  const high = Math.max(...values);
  const shapes = [...individuals].sort(byFitness).map((one) => shape(one, scale, one.fitness === null ? "" : fitnessColour(one.fitness, low, high)));
  show(byId("strip"), ...(shapes.length ? shapes : [empty("This generation is being bred.")]));
}

/**
 * Fittest first, then those that are still to be evaluated, then those that failed.
 * @param {Individual} one
 * @param {Individual} other
 */
function byFitness(one, other) {
  return group(one) - group(other) || (other.fitness ?? 0) - (one.fitness ?? 0) || one.index - other.index;
}

/** @param {Individual} one */
const group = (one) => (one.fitness !== null ? 0 : one.evaluated ? 2 : 1);

/**
 * @param {Individual} one
 * @param {import("../shared/shapes.js").Scale} scale
 * @param {string} fill
 */
function shape(one, scale, fill) {
  const state = one.fitness !== null ? "" : one.evaluated ? "failed" : "waiting";
  const said = one.fitness !== null ? fitnessText(one.fitness) : one.evaluated ? `× ${REASONS[one.reason ?? ""] ?? one.reason}` : "waiting";
  return h("a", {
    class: `shape ${state}`, href: `/individuals/${one.id}`, "data-key": `individual ${one.id}`, title: one.phenotype,
    "aria-label": `Individual ${one.id}, ${one.fitness !== null ? `fitness ${said}` : said}, ${OPERATORS[one.operator] ?? one.operator}`,
  },
  one.formula
    ? h("div", { class: "formula rule small", style: fill && `border-left-color:${fill}` }, ruleFormula(one.formula, one.phenotype))
    : shapeOf(one, scale, { fill }),
  h("span", { class: "caption" }, h("span", {}, said), h("span", { class: "muted" }, one.novelty === "seen_before" ? "known" : OPERATORS[one.operator] ?? one.operator)));
}
