// @ts-check
/** Small curves as inline SVG: a schedule's rates, a run's fitness, a training's loss. */

import { svg } from "./dom.js";

/** @typedef {{low: number, high: number, log: boolean}} Scale */

const WIDTH = 100;
const HEIGHT = 40;
const MARGIN = 2;
/** What is smaller than this share of the largest rate is drawn no lower. */
const LEAST = 1e-5;
/** The colours of fitness are properties of the theme, the last of them this one. */
const LAST = 6;

/**
 * One scale for many curves, logarithmic where they span much and nothing is 0.
 * @param {(number[] | null | undefined)[]} curves
 * @returns {Scale}
 */
export function commonScale(curves) {
  let low = Infinity;
  let high = -Infinity;
  for (const curve of curves) {
    for (const value of curve ?? []) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return { low: 0, high: 1, log: false };
  if (low > 0 && high / low >= 20) return { low, high, log: true };
  return { low: Math.min(0, low), high: high > 0 ? high : 1, log: false };
}

/**
 * A schedule's rates: one level step an epoch.
 * @param {number[]} rates
 * @param {Scale} scale
 * @param {{fill?: string, label?: string}} [look]
 */
export function rateShape(rates, scale, { fill, label } = {}) {
  const outline = steps(rates, scale);
  return frame(label,
    fill && svg("path", { d: `${outline}V${HEIGHT}H0Z`, class: "area", style: `fill:${fill}` }),
    svg("path", { d: outline }));
}

/**
 * The rates of a schedule program at a high, a middle and a low loss: solid, dashed, dotted.
 * @param {{loss: number, rates: number[]}[]} lines the highest loss first
 * @param {Scale} scale
 * @param {{fill?: string, label?: string}} [look]
 */
export function programShape(lines, scale, { fill, label } = {}) {
  const outlines = lines.map(({ rates }) => steps(rates, scale));
  return frame(label,
    fill && svg("path", { d: `${outlines[0]}V${HEIGHT}H0Z`, class: "area", style: `fill:${fill}` }),
    ...outlines.map((d, place) => svg("path", { d, class: ["", "half", "tenth"][place] ?? "tenth" })));
}

/**
 * Whatever an individual or a sample does to the rate, drawn small.
 * @param {{rates: number[] | null, rates_at_losses?: {loss: number, rates: number[]}[] | null}} one
 * @param {Scale} scale
 * @param {{fill?: string, label?: string}} [look]
 */
export const shapeOf = (one, scale, look) =>
  one.rates_at_losses ? programShape(one.rates_at_losses, scale, look) : rateShape(one.rates ?? [], scale, look);

/**
 * One scale for the shapes of all of them. What is clamped to 0, as programs often are, lies at the bottom of a
 * logarithmic one.
 * @param {{rates: number[] | null, rates_at_losses?: {loss: number, rates: number[]}[] | null}[]} all
 * @returns {Scale}
 */
export function scaleOf(all) {
  if (!all.some((one) => one.rates_at_losses)) return commonScale(all.map((one) => one.rates));
  const rates = all.flatMap((one) => [...(one.rates ?? []), ...(one.rates_at_losses ?? []).flatMap((line) => line.rates)]);
  const { low, high, log } = commonScale([rates.filter((rate) => rate > 0)]);
  return { low: log ? Math.max(low, high * LEAST) : 0, high, log };
}

/**
 * A measured series; where there is no value there is a gap.
 * @param {(number | null)[]} values
 * @param {{reference?: number | null, second?: (number | null)[], label?: string}} [look]
 */
export function seriesShape(values, { reference = null, second = [], label } = {}) {
  const known = [...values, ...second, reference].filter((value) => typeof value === "number");
  const low = Math.min(...known);
  const scale = { low, high: Math.max(...known, low + 1e-9), log: false };
  const level = typeof reference === "number" && svg("path", { class: "reference", d: `M0,${height(reference, scale)}H${WIDTH}` });
  return frame(label, level,
    second.length > 1 && svg("path", { class: "second", d: polyline(second, scale) }),
    values.length > 1 && svg("path", { d: polyline(values, scale) }),
    lastDot(values, scale));
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 * @returns {string} the colour of a fitness between the generation's lowest and highest
 */
export function fitnessColour(value, low, high) {
  const place = high > low ? ((value - low) / (high - low)) * LAST : LAST;
  const below = Math.min(Math.floor(place), LAST - 1);
  return `color-mix(in srgb, var(--fitness-${below + 1}) ${tidy((place - below) * 100)}%, var(--fitness-${below}))`;
}

/**
 * @param {number[]} rates
 * @param {Scale} scale
 */
function steps(rates, scale) {
  const step = WIDTH / rates.length;
  return rates.map((rate, epoch) => `${epoch ? "V" : "M0,"}${height(rate, scale)}H${tidy((epoch + 1) * step)}`).join("");
}

/**
 * @param {string | undefined} label
 * @param {...import("./dom.js").Child} content
 */
function frame(label, ...content) {
  const said = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return svg("svg", { class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", ...said }, ...content);
}

/**
 * @param {(number | null)[]} values
 * @param {Scale} scale
 */
function polyline(values, scale) {
  const step = WIDTH / Math.max(1, values.length - 1);
  let pen = "M";
  let path = "";
  values.forEach((value, place) => {
    if (typeof value === "number") path += `${pen}${tidy(place * step)},${height(value, scale)}`;
    pen = typeof value === "number" ? "L" : "M";
  });
  return path;
}

/**
 * Where a series stands now. A line without length and round ends: a circle would be stretched with the frame.
 * @param {(number | null)[]} values
 * @param {Scale} scale
 */
function lastDot(values, scale) {
  const place = values.findLastIndex((value) => value !== null);
  if (place < 0) return null;
  const x = tidy((place * WIDTH) / Math.max(1, values.length - 1));
  return svg("path", { class: "dot", d: `M${x},${height(/** @type {number} */ (values[place]), scale)}h0` });
}

/**
 * @param {number} value
 * @param {Scale} scale
 */
function height(value, { low, high, log }) {
  const at = log ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low || 1);
  return tidy(HEIGHT - MARGIN - at * (HEIGHT - 2 * MARGIN));
}

/** @param {number} coordinate */
const tidy = (coordinate) => Number(coordinate.toFixed(2));
