// @ts-check
/** What is said beside a number of trainings. */

import { h } from "./dom.js";
import { count } from "./format.js";

/**
 * @param {{trainings_taken_over: number, trainings_failed: number}} counts
 * @returns {HTMLElement | false} how many of them were known and how many failed, where any did
 */
export function aside({ trainings_taken_over: known, trainings_failed: failed }) {
  const said = [known > 0 && `${count(known)} of them known from earlier trainings`, failed > 0 && `${count(failed)} failed`].filter(Boolean);
  return said.length > 0 && h("small", {}, ` ${said.join(", ")}`);
}
