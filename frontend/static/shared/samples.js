// @ts-check
/** Random individuals of a grammar, as small curves. */

import { h } from "./dom.js";
import { rateText } from "./format.js";
import { commonScale, rateShape } from "./shapes.js";
import { empty } from "./states.js";

/**
 * @param {import("./documents.js").Sample[]} samples
 * @returns {HTMLElement[]} one element a sample, all on one scale
 */
export function sampleShapes(samples) {
  if (!samples.length) return [empty("No samples.")];
  const scale = commonScale(samples.map((sample) => sample.rates));
  return samples.map((sample, place) => h("div", { class: `shape ${sample.rates ? "" : "failed"}`, "data-key": `sample ${place}`, title: `${sample.words}\n${sample.simplified}` },
    rateShape(sample.rates ?? [], scale, { label: sample.words }),
    h("div", { class: "caption" }, h("span", { class: "muted" }, sample.rates ? span(sample.rates) : "cannot train"))));
}

/** @param {number[]} rates */
function span(rates) {
  const low = rateText(Math.min(...rates));
  const high = rateText(Math.max(...rates));
  return low === high ? low : `${low}–${high}`;
}
