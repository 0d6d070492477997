// @ts-check
/** Random individuals of a grammar, as small curves or short formulas. */

import { h, show } from "./dom.js";
import { rateText } from "./format.js";
import { ruleFormula } from "./formulas.js";
import { scaleOf, shapeOf } from "./shapes.js";
import { empty } from "./states.js";

/** @typedef {import("./documents.js").Sample} Sample */

/**
 * @param {HTMLElement} place
 * @param {Sample[]} samples drawn as one element each, all on one scale
 */
export function showSamples(place, samples) {
  const scale = scaleOf(samples);
  place.classList.toggle("formulas", samples.some((sample) => sample.formula));
  show(place, ...(samples.length ? samples.map((sample, index) => card(sample, index, scale)) : [empty("No samples.")]));
}

/**
 * @param {Sample} sample
 * @param {number} index
 * @param {import("./shapes.js").Scale} scale
 */
function card(sample, index, scale) {
  const drawn = sample.formula
    ? h("div", { class: "formula rule small" }, ruleFormula(sample.formula, sample.simplified))
    : shapeOf(sample, scale, { label: sample.words });
  const said = sample.cannot_train ? "cannot train" : caption(sample);
  return h("div", { class: `shape ${sample.cannot_train ? "failed" : ""}`, "data-key": `sample ${index}`, title: `${sample.words}\n${sample.simplified}` },
    drawn, h("div", { class: "caption" }, h("span", { class: "muted" }, said)));
}

/** @param {Sample} sample */
function caption({ rates, rates_at_losses: lines }) {
  if (lines) return span(lines.flatMap((line) => line.rates));
  return rates ? span(rates) : "";
}

/** @param {number[]} rates */
function span(rates) {
  const low = rateText(Math.min(...rates));
  const high = rateText(Math.max(...rates));
  return low === high ? low : `${low}–${high}`;
}
