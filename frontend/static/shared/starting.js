// @ts-check
/** The button that starts what a form declares, and the sentence beside it: may it be started, and why not? */

import { Refusal } from "./api.js";

/** @typedef {import("./documents.js").Fault} Fault */

/**
 * @param {HTMLElement} form
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} verdict
 * @param {(faults: Fault[]) => string[]} showFaults shows them by their fields; returns those that belong to none
 */
export function starting(form, button, verdict, showFaults) {
  let sending = false;

  const judge = (/** @type {string} */ sentence, /** @type {boolean} */ right) => {
    verdict.textContent = sentence;
    verdict.className = right ? "muted" : "bad";
    button.disabled = !right || sending;
  };

  const refuse = (/** @type {unknown} */ error) => {
    const faults = error instanceof Refusal ? error.faults : [];
    const homeless = showFaults(faults);
    const wrong = faults.length - homeless.length;
    if (wrong) judge([wrong === 1 ? "One field needs a change." : `${wrong} fields need a change.`, ...homeless].join(" "), false);
    else judge(homeless.join(" ") || (error instanceof Error ? error.message : String(error)), false);
  };

  /**
   * Send once, however often the button is pressed; what is refused may be sent again.
   * @param {string} sentence said meanwhile
   * @param {() => Promise<void>} order
   */
  const send = async (sentence, order) => {
    if (sending) return;
    sending = true;
    judge(sentence, true);
    try {
      await order();
    } catch (error) {
      sending = false;
      refuse(error);
      button.disabled = false;
      /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid]"))?.focus();
    }
  };

  return { judge, refuse, send };
}
