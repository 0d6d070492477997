// @ts-check
/** What an import left behind, file by file. */

import { h } from "./dom.js";

/** @typedef {import("./documents.js").NotTakenOver} NotTakenOver */

/** @param {NotTakenOver[]} left */
export function leftovers(left) {
  const files = [...new Set(left.map((one) => one.file))];
  return h("table", { class: "leftovers" },
    h("thead", {}, h("tr", {}, ["line", "what", "why"].map((word) => h("th", { scope: "col" }, word)))),
    files.map((file) => h("tbody", {},
      h("tr", {}, h("th", { scope: "rowgroup", colspan: "3" }, file)),
      left.filter((one) => one.file === file).map(row))));
}

/** @param {NotTakenOver} one */
const row = (one) => h("tr", {}, h("td", {}, one.line === null ? "" : String(one.line)), h("td", {}, one.key || "the whole file"), h("td", {}, one.why));
