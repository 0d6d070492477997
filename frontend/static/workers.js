// @ts-check
/** The workers: who is there, what they do, what they can load. */

import { get } from "./shared/api.js";
import { byId, h, show } from "./shared/dom.js";
import { counted, moment } from "./shared/format.js";
import { follow } from "./shared/live.js";
import { paced } from "./shared/pace.js";
import { copyable, empty, failed, stateMark } from "./shared/states.js";

/** @typedef {import("./shared/documents.js").Worker} Worker */

const place = byId("workers");
const COLUMNS = ["state", "name", "host", "process", "queue", "doing", "can load", "seen"];

async function update() {
  try {
    /** @type {Worker[]} */
    const workers = (await get("/workers")).items;
    const alive = workers.filter((worker) => worker.alive).length;
    byId("count").textContent = workers.length ? `${counted(alive, "worker")} alive, of ${workers.length} known` : "";
    show(place, workers.length ? table(workers) : nobody());
  } catch (error) {
    show(place, failed(error, refresh));
  }
}

function nobody() {
  return empty(h("p", {}, "No worker has reported yet, so nothing is trained. Start one on any machine that reaches this database:"), copyable("autolr worker"));
}

/** @param {Worker[]} workers */
function table(workers) {
  return h("div", { class: "panel scroll", "data-key": "table", tabindex: "0", role: "region", "aria-label": "Workers" },
    h("table", {},
      h("thead", {}, h("tr", {}, COLUMNS.map((column) => h("th", { scope: "col" }, column)))),
      h("tbody", {}, workers.map(row))));
}

/** @param {Worker} worker */
function row(worker) {
  return h("tr", { "data-key": worker.name },
    h("td", {}, stateMark(worker.alive ? "alive" : "silent")),
    h("th", { scope: "row" }, worker.name),
    h("td", {}, worker.host),
    h("td", {}, worker.pid),
    h("td", {}, worker.queue),
    h("td", {}, worker.evaluation
      ? trained(worker.evaluation)
      : h("span", { class: "muted" }, "nothing")),
    h("td", {}, loads(worker.problems)),
    h("td", {}, moment(worker.seen_at)));
}

/** @param {NonNullable<Worker["evaluation"]>} evaluation */
function trained({ id, run_id: run, benchmark_id: benchmark }) {
  return run === null
    ? h("a", { href: `/benchmarks/${benchmark}` }, `evaluation ${id} of benchmark ${benchmark}`)
    : h("a", { href: `/runs/${run}` }, `evaluation ${id} of run ${run}`);
}

/** @param {Record<string, string | null>} problems */
function loads(problems) {
  const names = Object.keys(problems);
  const missing = names.filter((name) => problems[name]);
  return [
    names.filter((name) => !problems[name]).join(", ") || "nothing",
    missing.length > 0 && h("details", {}, h("summary", {}, `not ${missing.join(", ")}`),
      missing.map((name) => h("p", { class: "about" }, `${name}: ${problems[name]}`))),
  ];
}

const refresh = paced(1000, update);
refresh();
// A worker that fell silent tells nobody.
setInterval(() => document.hidden || refresh(), 5000);
follow({ onReturn: refresh, onEvent: refresh });
