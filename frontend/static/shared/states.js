// @ts-check
/** What stands where content would: nothing yet, something failed; and the marks of states: word, shape, colour. */

import { Refusal } from "./api.js";
import { h, svg } from "./dom.js";

/**
 * @param {...import("./dom.js").Child} content what is empty, and what to do about it
 */
export const empty = (...content) => h("div", { class: "empty" }, ...content);

/**
 * @param {unknown} error
 * @param {() => void} [retry]
 * @returns {HTMLElement}
 */
export function failed(error, retry) {
  const known = error instanceof Refusal;
  const sentence = known ? error.message : "This part of the page failed; that is a fault of the program.";
  const trace = known ? `HTTP ${error.status}: ${error.message}` : String(error instanceof Error ? error.stack : error);
  return h("div", { class: "note failed", role: "alert" },
    h("p", {}, sentence),
    retry && h("button", { class: "button small", type: "button", click: retry }, "Try again"),
    h("details", {}, h("summary", {}, "details"), copyable(trace)));
}

/**
 * @param {string} text
 * @returns {HTMLElement} the text with a button that copies it
 */
export function copyable(text) {
  const button = h("button", { class: "button small", type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    button.textContent = (await copy(text)) ? "Copied" : "Select it and copy by hand";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  return h("div", { class: "copyable" }, h("pre", { class: "code", tabindex: "0" }, text), button);
}

/** @type {Record<string, () => SVGElement>} */
const SHAPES = {
  waiting: () => svg("circle", { cx: 5, cy: 5, r: 4, fill: "none" }),
  running: () => svg("circle", { cx: 5, cy: 5, r: 4 }),
  alive: () => svg("circle", { cx: 5, cy: 5, r: 4 }),
  stopping: () => svg("path", { d: "M5 1a4 4 0 0 1 0 8z M5 1a4 4 0 0 0 0 8" }),
  finished: () => svg("path", { d: "M1 5.5 4 8.5 9.5 2", fill: "none" }),
  stopped: () => svg("path", { d: "M1.5 1.5h7v7h-7z", "stroke-width": 1 }),
  cancelled: () => svg("path", { d: "M1.5 1.5l7 7m0-7l-7 7", fill: "none" }),
  failed: () => svg("path", { d: "M5 1l4.5 8h-9z", "stroke-width": 1 }),
  silent: () => svg("path", { d: "M5 1l4.5 8h-9z", "stroke-width": 1 }),
};

/**
 * @param {string} state
 * @param {string} [word]
 * @returns {HTMLElement} the state as word, shape and colour
 */
export function stateMark(state, word = state) {
  const shape = (SHAPES[state] ?? SHAPES.stopped)();
  return h("span", { class: "state", "data-state": state }, svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, shape), word);
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or not a secure origin
  }
}
