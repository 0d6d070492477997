// @ts-check
/** One run, live: is it getting better than what I have now, and how does the best look? */

import { get } from "./shared/api.js";
import { announce, byId, h, show } from "./shared/dom.js";
import { leftovers } from "./shared/leftovers.js";
import { follow } from "./shared/live.js";
import { paced } from "./shared/pace.js";
import { chart } from "./shared/plot.js";
import { failed } from "./shared/states.js";
import { bestOne } from "./run/best.js";
import { awaitsVerdict, connectCompare, showBenchmarks } from "./run/compare.js";
import { connectControls, isActive, showHead } from "./run/head.js";
import { eventLog } from "./run/log.js";
import { strip } from "./run/strip.js";
import { trainingNow } from "./run/training.js";

/** @typedef {import("./shared/documents.js").Run} Run */

const runId = Number(document.body.dataset.run);
/** @type {Run | null} */
let run = null;
/** @type {{alive: number, known: number} | null} */
let workers = null;

const nothing = "Nothing to draw yet: the first generation is being evaluated.";
const charts = [
  chart(byId("fitness"), { url: `/runs/${runId}/figures/fitness`, label: "Fitness by generation: best, median, middle half, share without fitness, baselines", nothing }),
  chart(byId("behaviours"), { url: `/runs/${runId}/figures/behaviours`, label: "Individuals by generation: new, seen before, cannot train, failed and why", nothing }),
  chart(byId("bloat"), { url: `/runs/${runId}/figures/bloat`, label: "Size of the phenotypes by generation: nodes and depth, median, middle half and largest", nothing: "No generation is complete yet, or all are from before sizes were kept." }),
  chart(byId("heatmap"), { url: `/runs/${runId}/figures/heatmap`, label: "Fitness of all individuals, a column a generation", nothing, onClick: openCell }),
];
const best = bestOne();
const curves = strip(runId);
const log = eventLog(runId);
const training = trainingNow(runId, () => ({
  epochs: run?.configuration?.training.epochs ?? 0,
  folds: run?.configuration?.fitness.folds ?? 1,
  active: run === null || isActive(run),
}));

/** @param {any} point of the heatmap */
function openCell(point) {
  if (point.customdata?.[0]) location.assign(`/individuals/${point.customdata[0]}`);
}

/** @param {Run} now */
function know(now) {
  if (run && run.state !== now.state) announce(`The run is ${now.state}.`);
  run = now;
  showHead(run, workers);
  showBenchmarks(run);
  best.know(run);
  curves.follow(run.generation);
  log.know(run);
  showConfiguration(run);
  showImported(run);
}

/** @param {Run} now */
function showConfiguration(now) {
  show(byId("configuration"), h("summary", {}, "Configuration"),
    h("pre", { class: "code", tabindex: "0", "aria-label": "Configuration as the API has it" }, JSON.stringify(now.configuration, null, 2)));
}

/** @param {Run} now */
function showImported(now) {
  if (!now.imported_generations || !byId("imported").hidden) return;
  byId("imported").hidden = false;
  byId("behaviours-title").textContent = "New and seen before";
  show(byId("leftovers"), leftovers(now.not_taken_over ?? []));
}

async function update() {
  try {
    know(await get(`/runs/${runId}`));
    if (run && !isActive(run)) finish();
  } catch (error) {
    show(byId("notice"), failed(error, refresh));
  }
}

async function countWorkers() {
  try {
    const all = (await get("/workers")).items;
    workers = { alive: all.filter((/** @type {{alive: boolean}} */ worker) => worker.alive).length, known: all.length };
    if (run) showHead(run, workers);
  } catch {
    workers = null; // the head says by itself that the connection is lost
  }
}

function everything() {
  refresh();
  surveyWorkers();
  generationDone();
  training.refresh();
}

function generationDone() {
  charts.forEach((one) => one.refresh());
  curves.refresh();
}

/** Nothing can change any more: draw the last state, then let the connection go. */
function finish() {
  document.body.dataset.ended = "yes";
  live.end();
  generationDone();
  training.refresh();
}

/** @param {import("./shared/live.js").LiveEvent} event */
function happened(event) {
  if (event.type === "worker.changed") return surveyWorkers();
  if (event.type === "evaluation.progressed") return training.refresh();
  refresh();
  training.refresh();
  if (event.type === "evaluation.finished") curves.refresh();
  if (event.type === "generation.completed" || event.type === "run.state_changed") generationDone();
  return undefined;
}

const refresh = paced(1000, update);
const surveyWorkers = paced(2000, countWorkers);

connectControls(runId, know);
connectCompare(() => run);
const live = follow({ runId, onEvent: happened, onReturn: everything });
refresh();
surveyWorkers();
training.refresh();
// A worker that fell silent tells nobody.
setInterval(() => document.hidden || run === null || !isActive(run) || surveyWorkers(), 10_000);
// A run that has ended is followed no more, but the benchmark after it goes on.
setInterval(() => document.hidden || run === null || isActive(run) || !awaitsVerdict(run) || refresh(), 5000);
