// @ts-check
/** Update rules as people read them. */

import { h } from "./dom.js";
import { formula } from "./mathml.js";

/**
 * @param {string} mathml a row for each state that the rule keeps, one for the weight
 * @param {string} text what to show where the formula cannot be drawn
 * @returns {Node}
 */
export const ruleFormula = (mathml, text) => formula(mathml) ?? h("code", {}, text);
