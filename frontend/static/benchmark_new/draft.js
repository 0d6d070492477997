// @ts-check
/** A half-filled form, kept within this tab: a reload loses nothing. */

const KEY = "autolr.benchmark";

/** @param {unknown} order */
export function keepDraft(order) {
  sessionStorage.setItem(KEY, JSON.stringify(order));
}

/** @returns {any} the order that was being written, null if there is none */
export function keptDraft() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
}

/** Let the next form begin anew. */
export function forgetDraft() {
  sessionStorage.removeItem(KEY);
}
