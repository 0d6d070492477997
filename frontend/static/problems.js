// @ts-check
/** The problems: networks and data that can be evolved on. */

import { list } from "./shared/api.js";
import { byId, h, show } from "./shared/dom.js";
import { count } from "./shared/format.js";
import { TEST_DATA } from "./shared/phrases.js";
import { empty, failed, stateMark } from "./shared/states.js";

/** @typedef {import("./shared/documents.js").Problem} Problem */

const place = byId("problems");
const READ_BY = {
  train: "fitted on",
  validation: "decides the early stop",
  fitness: "scores an individual",
  test: "never read by evolution",
};

/** @param {Problem} problem */
function card(problem) {
  return h("section", { class: "panel", "data-key": problem.name, "aria-label": problem.title },
    h("div", { class: "panel-head" }, h("h2", {}, problem.title), availability(problem)),
    h("p", {}, problem.description),
    problem.scored_on_test_data && h("p", { class: "bad" }, TEST_DATA),
    problem.unavailable_reason && h("p", { class: "bad" }, problem.unavailable_reason),
    h("dl", { class: "pairs" },
      pair("name", h("code", {}, problem.name)),
      pair("data", problem.dataset),
      pair("input", `${problem.input_shape.join(" × ")}, ${problem.classes} classes`),
      pair("parameters", count(problem.parameters)),
      Object.entries(problem.parts).flatMap(([part, size]) => pair(part, partText(part, size))),
      pair("augmentation", problem.augmentation ?? "none")),
    h("details", {}, h("summary", {}, `network, ${problem.layers.length} layers`),
      h("ol", { class: "code" }, problem.layers.map((layer) => h("li", {}, layer)))),
    h("p", {}, h("a", { href: `/launch?problem=${encodeURIComponent(problem.name)}` }, "Launch on it")));
}

/**
 * @param {string} name
 * @param {import("./shared/dom.js").Child} value
 */
const pair = (name, value) => [h("dt", {}, name), h("dd", {}, value)];

/**
 * @param {string} part
 * @param {number} size
 */
function partText(part, size) {
  const use = /** @type {Record<string, string>} */ (READ_BY)[part];
  return size ? `${count(size)} samples${use ? `, ${use}` : ""}` : "none";
}

/** @param {Problem} problem */
function availability(problem) {
  if (problem.available === null) return h("span", { class: "muted" }, "no worker has said yet");
  return problem.available ? stateMark("finished", "available") : stateMark("failed", "not available");
}

async function update() {
  try {
    const problems = await list("/problems");
    show(place, ...(problems.length ? problems.map(card) : [empty("No problem is known.")]));
  } catch (error) {
    show(place, failed(error, update));
  }
}

update();
