// @ts-check
/** An individual's line of descent: which operator brought what, and what it was worth. */

import { get } from "../shared/api.js";
import { byId, h, show } from "../shared/dom.js";
import { fitness, number, signed } from "../shared/format.js";
import { ruleFormula } from "../shared/formulas.js";
import { chart } from "../shared/plot.js";
import { scaleOf, shapeOf } from "../shared/shapes.js";
import { failed } from "../shared/states.js";
import { markedChanges } from "./rule.js";

/** @typedef {import("../shared/documents.js").Step} Step */

const AT_ONCE = 20;
const BEGAN = /** @type {Record<string, string>} */ ({ create: "drawn at random", seed: "planted as a seed" });

/** @param {number} id */
export function genealogy(id) {
  const place = byId("genealogy");
  /** @type {Step[]} */
  const steps = [];
  /** @type {string | null} */
  let token = null;

  async function more() {
    try {
      const page = await get(`/individuals/${id}/genealogy?page_size=${AT_ONCE}${token ? `&page_token=${encodeURIComponent(token)}` : ""}`);
      const first = steps.length;
      steps.push(...page.items);
      token = page.next_page_token;
      draw();
      if (first) place.querySelectorAll("li a")[0] && /** @type {HTMLElement | null} */ (place.querySelector(`[data-key="step ${first}"] a`))?.focus();
    } catch (error) {
      show(place, ...drawn(), failed(error, more));
    }
  }

  const drawn = () => {
    const scale = scaleOf(steps);
    return steps.length ? [h("ol", { class: "steps", "data-key": "steps" }, steps.map((step, index) => row(step, index, scale)))] : [];
  };

  function draw() {
    byId("line").hidden = steps[0].newest_generation === 0;
    if (steps[0].newest_generation === 0) return show(place, h("p", { class: "muted" }, `It is of generation 0, ${BEGAN[steps[0].operator] ?? steps[0].operator}: there is nobody before it.`));
    return show(place, ...drawn(), token !== null && h("button", { class: "button small", type: "button", "data-key": "more", click: more }, "Further back"));
  }

  chart(byId("line"), { url: `/individuals/${id}/figures/genealogy`, label: "Fitness along its line, from generation 0 to it", nothing: "There is nothing to draw.", onClick: open });
  more();
}

/** @param {any} point */
function open(point) {
  if (point.customdata?.[0]) location.assign(`/individuals/${point.customdata[0]}`);
}

/**
 * @param {Step} step
 * @param {number} index
 * @param {import("../shared/shapes.js").Scale} scale
 */
function row(step, index, scale) {
  return h("li", { "data-key": `step ${index}` },
    step.kept && h("p", { class: "kept muted" }, step.kept),
    h("div", { class: "step" },
      h("div", { class: "look" }, look(step, scale)),
      h("div", {}, h("p", {}, ...standing(step)), whatChanged(step))));
}

/**
 * @param {Step} step
 * @param {import("../shared/shapes.js").Scale} scale
 */
function look(step, scale) {
  if (step.formula) return h("div", { class: "formula rule small" }, ruleFormula(step.formula, step.words));
  return step.rates || step.rates_at_losses ? shapeOf(step, scale, { label: `rates of individual ${step.id}` }) : h("span", { class: "muted" }, "no rates");
}

/** @param {Step} step */
function standing(step) {
  const { other_parent: other } = step;
  return [
    h("span", { class: "muted" }, `generation ${step.generation}, ${BEGAN[step.operator] ?? step.operator}: `),
    h("a", { href: `/individuals/${step.id}` }, `individual ${step.id}`), " · fitness ", fitness(step.fitness),
    step.reason && ` (${step.reason.replaceAll("_", " ")})`,
    step.gain !== null && h("span", { class: step.gain > 0 ? "good" : step.gain < 0 ? "bad" : "muted" }, " ", number(step.gain, signed, "difference in fitness to its parent on the line")),
    other && h("span", { class: "muted" }, " · other parent ", h("a", { href: `/individuals/${other.id}` }, String(other.id)), ", fitness ", fitness(other.fitness)),
  ];
}

/** @param {Step} step */
function whatChanged(step) {
  if (!step.changes.length) return step.parent && h("p", { class: "muted" }, step.words);
  return h("details", {}, h("summary", {}, step.words), markedChanges(step.changes));
}
