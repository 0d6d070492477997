// @ts-check
/** Numbers and times as people read them: rounded to what they mean, whole on hover and on copy. */

import { h } from "./dom.js";

const NONE = "–";
const whole = new Intl.NumberFormat("en");

/** @param {number} value */
export const count = (value) => whole.format(value);

/** @param {number | null | undefined} value an accuracy, 0 to 1 */
export const fitnessText = (value) => (typeof value === "number" ? value.toFixed(4) : NONE);

/** @param {number} share 0 to 1 */
export const percent = (share) => `${Math.round(share * 100)} %`;

/** @param {number} value */
export const rateText = (value) => String(Number(value.toPrecision(3)));

/** @param {number} difference */
export const signed = (difference) => `${difference < 0 ? "−" : "+"}${Math.abs(difference).toFixed(4)}`;

/**
 * @param {number | null | undefined} value
 * @param {(value: number) => string} text
 * @param {string} unit said on hover
 * @returns {HTMLElement}
 */
export function number(value, text, unit) {
  if (typeof value !== "number") return h("span", { class: "muted", title: `no ${unit} yet` }, NONE);
  return h("data", { value: String(value), title: `${unit}: ${value}` }, text(value));
}

/** @param {number | null | undefined} value */
export const fitness = (value) => number(value, fitnessText, "fitness (share classified correctly)");

/**
 * @param {number | null} value
 * @param {import("./documents.js").Baseline | null} baseline
 * @returns {HTMLElement}
 */
export function against(value, baseline) {
  if (!baseline) return h("span", { class: "muted" }, "no baseline");
  if (typeof baseline.fitness !== "number") return h("span", { class: "muted" }, `${baseline.name}: ${baseline.state}`);
  if (typeof value !== "number") return h("span", { class: "muted" }, `${baseline.name}: ${fitnessText(baseline.fitness)}`);
  const difference = value - baseline.fitness;
  const verdict = difference > 0 ? "good" : difference < 0 ? "bad" : "muted";
  const title = `${value} against ${baseline.fitness}, ${baseline.name} under the same protocol`;
  return h("data", { class: verdict, value: String(difference), title }, signed(difference));
}

/**
 * @param {number | null | undefined} seconds
 * @returns {string} "42 s", "3 min", "2 h 5 min", "3 d 4 h"
 */
export function duration(seconds) {
  if (typeof seconds !== "number") return NONE;
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${hours / 24} d`;
}

/**
 * @param {string | null} iso
 * @returns {HTMLElement} how long ago, the moment itself on hover
 */
export function moment(iso) {
  if (!iso) return h("span", { class: "muted" }, NONE);
  const date = new Date(iso);
  const seconds = (Date.now() - date.getTime()) / 1000;
  const text = seconds < 5 ? "just now" : seconds < 86_400 ? `${duration(seconds)} ago` : date.toLocaleDateString();
  return h("time", { datetime: iso, title: date.toLocaleString() }, text);
}

/** @param {string | Date} at */
export const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/**
 * @param {number} amount
 * @param {string} thing
 * @param {string} [things]
 */
export const counted = (amount, thing, things = `${thing}s`) => `${count(amount)} ${amount === 1 ? thing : things}`;
