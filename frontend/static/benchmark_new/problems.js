// @ts-check
/** The problems to choose from, and whether workers can load them. */

import { byId, h, show } from "../shared/dom.js";

/** @typedef {import("../shared/documents.js").Problem} Problem */

const boxes = () => /** @type {HTMLInputElement[]} */ ([...byId("problems").querySelectorAll("input")]);

/** @param {Problem[]} problems */
export function offerProblems(problems) {
  show(byId("problems"), ...problems.map((one) => h("label", { class: "choice" },
    h("input", { type: "checkbox", value: one.name }),
    h("strong", {}, one.title),
    h("span", {}, one.available === false ? `No worker can load it: ${one.unavailable_reason}` : one.available ? `${one.name}: a worker can load it` : `${one.name}: no worker is present that could load it`))));
}

/** @param {string[]} chosen */
export function fillProblems(chosen) {
  for (const box of boxes()) box.checked = chosen.includes(box.value);
}

/** @returns {string[]} */
export const readProblems = () => boxes().filter((box) => box.checked).map((box) => box.value);
