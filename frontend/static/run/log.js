// @ts-check
/** What happened to a run, newest first: its generations as recorded, and what the events bring. */

import { list } from "../shared/api.js";
import { byId, h, show } from "../shared/dom.js";
import { clock, fitnessText, percent, signed } from "../shared/format.js";
import { paced } from "../shared/pace.js";
import { failed } from "../shared/states.js";

/** @typedef {import("../shared/documents.js").Run} Run */
/** @typedef {import("../shared/documents.js").Generation} Generation */
/** @typedef {{at: string, text: string, key: string}} Entry */

/** @param {number} runId */
export function eventLog(runId) {
  /** @type {Entry[]} */
  const live = [];
  /** @type {Run | null} */
  let run = null;

  const refresh = paced(1000, async () => {
    try {
      const generations = await list(`/runs/${runId}/generations?page_size=200`, 2000);
      show(byId("events"), ...entries(run, generations, live).map(item));
    } catch (error) {
      show(byId("events"), h("li", {}, failed(error, refresh)));
    }
  });

  return {
    refresh,
    /** @param {Run} now */
    know(now) {
      if (run && run.state !== now.state) live.push({ at: new Date().toISOString(), text: `the run is ${now.state}`, key: `state ${now.state}` });
      run = now;
      refresh();
    },
    /** @param {string} text */
    add(text) {
      live.push({ at: new Date().toISOString(), text, key: `live ${live.length}` });
      if (live.length > 200) live.shift();
      refresh();
    },
  };
}

/**
 * @param {Run | null} run
 * @param {Generation[]} generations
 * @param {Entry[]} live
 */
function entries(run, generations, live) {
  /** @type {Entry[]} */
  const all = [...live];
  if (run) all.push({ at: run.created_at, text: `the run began, with seed ${run.seed}`, key: "began" });
  if (run?.finished_at) all.push({ at: run.finished_at, text: `the run is ${run.state}${run.message ? `: ${run.message}` : ""}`, key: `state ${run.state}` });
  let best = -Infinity;
  for (const generation of generations) {
    if (generation.completed_at) all.push({ at: generation.completed_at, text: told(generation, best), key: `generation ${generation.number}` });
    best = Math.max(best, generation.best ?? -Infinity);
  }
  const unique = new Map(all.map((entry) => [entry.key, entry]));
  return [...unique.values()].sort((one, other) => (one.at < other.at ? 1 : -1)).slice(0, 500);
}

/**
 * @param {Generation} generation
 * @param {number} before the best fitness of all earlier ones
 */
function told({ number, best, invalid_share: invalid }, before) {
  const gain = best !== null && best > before && Number.isFinite(before) ? `, a new best (${signed(best - before)})` : "";
  const without = invalid ? `, ${percent(invalid)} without fitness` : "";
  return `generation ${number} evaluated: best ${fitnessText(best)}${gain}${without}`;
}

/** @param {Entry} entry */
function item({ at, text, key }) {
  return h("li", { "data-key": key }, h("time", { datetime: at, title: new Date(at).toLocaleString() }, clock(at)), h("span", {}, text));
}
