// @ts-check
/** The best of recent runs, offered where an individual's number is typed. */

import { get } from "../shared/api.js";
import { byId, h, show } from "../shared/dom.js";
import { fitnessText } from "../shared/format.js";

const RUNS = 5;
const OF_EACH = 3;

/** Offer them; a form without is as usable. */
export async function offerRecent() {
  try {
    const runs = (await get(`/runs?page_size=${RUNS}`)).items;
    const best = await Promise.all(runs.map((/** @type {{id: number}} */ run) => get(`/runs/${run.id}/best?count=${OF_EACH}`)));
    show(byId("recent"), ...best.flatMap(({ items }, place) => items.map((/** @type {any} */ one) =>
      h("option", { value: String(one.id) }, `${runs[place].name}, fitness ${fitnessText(one.fitness)}`))));
  } catch {
    show(byId("recent"));
  }
}
