// @ts-check
/** What each term of an update rule is good for: asked for by a button, followed while it is trained, then a table. */

import { get, post } from "../shared/api.js";
import { announce, byId, h, show, svg } from "../shared/dom.js";
import { counted, fitness, fitnessText, number, signed } from "../shared/format.js";
import { ruleFormula } from "../shared/formulas.js";
import { paced } from "../shared/pace.js";
import { empty, failed, stateMark } from "../shared/states.js";

/** @typedef {import("../shared/documents.js").Ablation} Ablation */
/** @typedef {import("../shared/documents.js").Variant} Variant */

const ABOUT = "The rule is trained again without each of its terms, on the same folds and with the same seeds as it was itself, three times each.";

/**
 * @param {number} id
 * @param {() => void} onUnderWay called whenever something is being trained
 * @returns {{refresh: () => void}}
 */
export function ablation(id, onUnderWay) {
  const place = byId("ablation");
  let state = "";

  const refresh = paced(1000, async () => {
    try {
      know(await get(`/individuals/${id}/ablation`));
    } catch (error) {
      show(place, failed(error, refresh));
    }
  });

  async function request() {
    try {
      know(await post(`/individuals/${id}/ablation`));
    } catch (error) {
      show(place, failed(error, refresh));
    }
  }

  /** @param {Ablation} now */
  function know(now) {
    if (state === "running" && now.state === "finished") announce("All terms have been tried.");
    state = now.state;
    if (state === "running") onUnderWay();
    show(place, ...drawn(now, request));
  }

  return { refresh };
}

/**
 * @param {Ablation} now
 * @param {() => void} request
 */
function drawn(now, request) {
  const button = h("button", { class: "button", type: "button", click: request }, now.state === "cancelled" ? "Train the rest" : "What does each term do?");
  if (now.state === "none") return [h("p", { class: "about" }, ABOUT), h("p", {}, button)];
  const rest = now.state === "cancelled" && h("p", {}, stateMark("cancelled", "Cancelled with its run. "), button);
  return [now.state === "running" && progress(now), rest, own(now), now.variants.length ? table(now) : empty("There is no term that could be taken out and leave a rule.")];
}

/** @param {Ablation} now */
function progress({ done, total }) {
  const bar = h("div", {});
  bar.style.width = `${total ? (100 * done) / total : 0}%`;
  return h("div", {},
    h("p", { class: "state-line" }, stateMark("running", `being trained: ${done} of ${counted(total, "training")}`)),
    h("div", { class: "progress", role: "progressbar", "aria-label": "Trainings of the ablation", "aria-valuemin": 0, "aria-valuemax": total, "aria-valuenow": done }, bar));
}

/** @param {Ablation} now */
function own({ own: scores }) {
  const known = scores.filter((score) => score !== null);
  return h("p", { class: "about" }, `As it is: ${known.map(fitnessText).join(", ") || "not known yet"}. The change is the mean over the same folds and seeds, the spread the standard deviation of the single changes: less than the spread may be chance.`);
}

/** @param {Ablation} now */
function table({ variants }) {
  const largest = Math.max(0, ...variants.map(({ change, spread }) => Math.abs(change ?? 0) + (spread ?? 0)));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of terms" }, h("table", { class: "ablation" },
    h("thead", {}, h("tr", {}, ["what is gone", "what is left", "change in score", "", "what that shows"].map((word) => (word ? h("th", { scope: "col" }, word) : h("td", {}))))),
    h("tbody", {}, [...variants].sort(byImportance).map((variant) => row(variant, largest)))));
}

/**
 * The part that is missed most comes first, without which trainings fail; what needed no training, and what is not known, last.
 * @param {Variant} variant
 */
const missed = ({ change: value, reason, scores }) => value ?? (reason ? (scores.length ? -2 : 2) : 3);

/**
 * @param {Variant} one
 * @param {Variant} other
 */
const byImportance = (one, other) => missed(one) - missed(other);

/**
 * @param {Variant} variant
 * @param {number} largest
 */
function row(variant, largest) {
  return h("tr", { "data-key": variant.words },
    h("th", { scope: "row" }, variant.words),
    h("td", {}, h("div", { class: "formula rule" }, ruleFormula(variant.formula, variant.phenotype))),
    h("td", { class: "number" }, change(variant)),
    h("td", {}, bar(variant, largest)),
    h("td", {}, verdict(variant)));
}

/** @param {Variant} variant */
function change({ change: value, spread }) {
  if (value === null) return h("span", { class: "muted" }, "–");
  return h("span", {}, number(value, signed, "mean change in the score"), h("br"), h("span", { class: "muted" }, "± ", number(spread, (deviation) => deviation.toFixed(4), "standard deviation of the changes")));
}

/**
 * @param {Variant} variant
 * @param {number} largest
 */
function bar({ change: value, spread }, largest) {
  if (value === null || !largest) return null;
  const [length, half] = [(48 * Math.abs(value)) / largest, (48 * (spread ?? 0)) / largest];
  const end = value < 0 ? 50 - length : 50 + length;
  return svg("svg", { class: "change", viewBox: "0 0 100 16", "aria-hidden": "true", "data-verdict": isClear(value, spread) ? (value < 0 ? "bad" : "good") : "none" },
    svg("rect", { x: value < 0 ? 50 - length : 50, y: 4, width: length, height: 8 }),
    svg("path", { d: `M${end - half} 8H${end + half}` }),
    svg("path", { class: "zero", d: "M50 0V16" }));
}

/**
 * @param {number} value
 * @param {number | null} spread
 */
const isClear = (value, spread) => Math.abs(value) > (spread ?? 0);

/** @param {Variant} variant */
function verdict({ change: value, spread, reason, state, scores }) {
  if (reason) return h("span", {}, reason);
  if (state === "cancelled") return h("span", { class: "muted" }, "cancelled with its run");
  const known = scores.filter((score) => score !== null);
  if (value === null) return h("span", { class: "muted" }, known.length ? "so far: " : "not known yet", known.flatMap((score) => [fitness(score), " "]));
  if (!isClear(value, spread)) return h("span", {}, "makes no difference shown");
  return value < 0 ? h("span", { class: "bad" }, "worse without it") : h("span", { class: "good" }, "better without it");
}
