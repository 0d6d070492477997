// @ts-check
/** The list of runs: what is going on, and what was the best so far. */

import { get, idempotencyKey, post } from "./shared/api.js";
import { announce, byId, h, show } from "./shared/dom.js";
import { against, count, counted, duration, fitness, fitnessText, moment, percent } from "./shared/format.js";
import { follow } from "./shared/live.js";
import { paced, settled } from "./shared/pace.js";
import { KINDS } from "./shared/phrases.js";
import { seriesShape } from "./shared/shapes.js";
import { empty, failed, stateMark } from "./shared/states.js";

/** @typedef {import("./shared/documents.js").Run} Run */

const PAGE = 50;
const place = byId("runs");
const more = byId("more");
const form = /** @type {HTMLFormElement} */ (byId("filter"));
let pages = 1;

const COLUMNS = ["state", "name", "evolves", "best so far", "best fitness", "against baseline", "generations", "time", "trainings saved", "started"];

function restoreFilter() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  }
}

function filterQuery() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value && !(name === "sort" && value === "created_at")) query.set(name, String(value));
  }
  return query;
}

async function fetchRuns() {
  const query = filterQuery();
  query.set("page_size", String(PAGE));
  /** @type {Run[]} */
  const runs = [];
  let token = null;
  for (let page = 0; page < pages; page += 1) {
    if (token) query.set("page_token", token);
    const reply = await get(`/runs?${query}`);
    runs.push(...reply.items);
    token = reply.next_page_token;
    if (!token) break;
  }
  return { runs, further: token !== null };
}

async function update() {
  try {
    const { runs, further } = await fetchRuns();
    more.hidden = !further;
    if (runs.length) show(place, table(runs));
    else if (filterQuery().has("q") || filterQuery().has("state")) show(place, nothingFound());
    else await showStarts();
    summarise(runs, further);
  } catch (error) {
    show(place, failed(error, refresh));
  }
}

/**
 * @param {Run[]} runs
 * @param {boolean} further
 */
function summarise(runs, further) {
  const running = runs.filter((run) => run.state === "running" || run.state === "stopping").length;
  const text = runs.length ? `${further ? "newest " : ""}${counted(runs.length, "run")}, ${count(running)} running` : "";
  if (byId("count").textContent !== text) byId("count").textContent = text;
}

/** @param {Run[]} runs */
function table(runs) {
  return h("div", { class: "scroll", "data-key": "table", tabindex: "0", role: "region", "aria-label": "Runs" },
    h("table", { class: "runs" },
      h("thead", {}, h("tr", {}, COLUMNS.map((column) => h("th", { scope: "col" }, column)))),
      h("tbody", {}, runs.map(row))));
}

/** @param {Run} run */
function row(run) {
  const labelled = (/** @type {string} */ label, /** @type {any[]} */ ...content) => h("td", { "data-label": label }, ...content);
  return h("tr", { "data-key": `run ${run.id}` },
    h("td", {}, stateMark(run.state)),
    h("td", { class: "text" }, h("a", { href: `/runs/${run.id}` }, run.name), h("span", { class: "sub" }, run.imported_generations ? "imported" : `seed ${run.seed}`)),
    h("td", { class: "text" }, `${KINDS[run.evolves] ?? run.evolves} on ${run.problem}`, h("span", { class: "sub" }, run.evolves === "schedule_program" ? run.grammar : `grammar ${run.grammar}`)),
    labelled("best so far", spark(run)),
    labelled("best fitness", fitness(run.best_fitness)),
    labelled("against baseline", against(run.best_fitness, run.baseline)),
    labelled("generations", `${count(run.fitness_by_generation.length)} of ${count(run.generations)}`, bar(run)),
    labelled("time", time(run)),
    labelled("trainings saved", savedShare(run)),
    labelled("started", moment(run.created_at)));
}

/** @param {Run} run */
function spark(run) {
  const best = run.fitness_by_generation.map(fitnessText);
  const label = best.length ? `best fitness from ${best[0]} to ${best[best.length - 1]}` : "no generation yet";
  return seriesShape(run.fitness_by_generation, { reference: run.baseline?.fitness, label });
}

/** @param {Run} run */
function bar(run) {
  return h("div", { class: "progress", "data-state": run.state, title: `${percent(run.progress)} done` },
    h("div", { style: `width:${(run.progress * 100).toFixed(1)}%` }));
}

/** @param {Run} run */
function time(run) {
  const running = run.state === "running" || run.state === "stopping";
  if (!running) return `took ${duration(run.seconds)}`;
  return run.seconds_left === null ? "not known yet" : `${duration(run.seconds_left)} left`;
}

/** @param {Run} run */
function savedShare(run) {
  const all = run.trainings + run.trainings_saved;
  return all ? h("span", { title: `${count(run.trainings)} trained, ${count(run.trainings_saved)} saved` },
    `${count(run.trainings_saved)} (${percent(run.trainings_saved / all)})`) : "–";
}

function nothingFound() {
  const clear = () => {
    form.reset();
    changed();
  };
  return empty(h("p", {}, "No run matches this filter."), h("button", { class: "button", type: "button", click: clear }, "Show all runs"));
}

async function showStarts() {
  const presets = (await get("/presets")).items.slice(0, 3);
  show(place,
    h("p", { "data-key": "invitation" }, "There are no runs yet. Start one of these, and watch it:"),
    h("div", { class: "starts", "data-key": "starts" }, presets.map(startCard)));
}

/**
 * @param {import("./shared/documents.js").Preset} preset
 * @param {number} place
 */
function startCard(preset, place) {
  const button = h("button", { class: place === 0 ? "button primary" : "button", type: "button" }, "Start");
  const card = h("section", { class: "panel", "data-key": preset.name },
    h("h2", {}, preset.title),
    h("p", {}, preset.description),
    h("p", { class: "muted" }, `about ${duration(preset.measured.core_minutes * 60)} on one core`),
    h("div", { class: "actions" }, button, h("a", { href: `/launch?preset=${encodeURIComponent(preset.name)}` }, "look first")));
  button.addEventListener("click", () => start(preset.name, /** @type {HTMLButtonElement} */ (button), card));
  return card;
}

/**
 * @param {string} preset
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} card
 */
async function start(preset, button, card) {
  button.disabled = true;
  try {
    const experiment = await post("/experiments", { preset }, { headers: { "Idempotency-Key": idempotencyKey() } });
    location.assign(`/runs/${experiment.runs[0].id}`);
  } catch (error) {
    button.disabled = false;
    card.append(failed(error));
  }
}

function changed() {
  pages = 1;
  const query = filterQuery().toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
  refresh();
}

const refresh = paced(1000, update);
const typed = settled(250, changed);

restoreFilter();
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", typed);
more.addEventListener("click", () => {
  pages += 1;
  refresh();
});
refresh();
follow({
  onReturn: refresh,
  onEvent: (event) => {
    if (event.type === "run.state_changed" && event.state) announce(`Run ${event.run_id} is ${event.state}.`);
    if (event.type !== "worker.changed") refresh();
  },
});
