// @ts-check
/** The list of benchmarks: what is being compared, and what came out. */

import { get, idempotencyKey, list, post } from "./shared/api.js";
import { byId, h, show } from "./shared/dom.js";
import { count, counted, duration, moment, percent } from "./shared/format.js";
import { follow } from "./shared/live.js";
import { paced } from "./shared/pace.js";
import { empty, failed, stateMark } from "./shared/states.js";

/** @typedef {import("./shared/benchmark_documents.js").Benchmark} Benchmark */
/** @typedef {import("./shared/benchmark_documents.js").BenchmarkPreset} Preset */

const COLUMNS = ["state", "name", "verdict", "contenders", "problems", "trainings", "time", "started"];

async function update() {
  try {
    /** @type {Benchmark[]} */
    const found = await list("/benchmarks?page_size=100", 500);
    byId("count").textContent = found.length ? counted(found.length, "benchmark") : "";
    show(byId("benchmarks"), found.length ? table(found) : empty(h("p", {}, "Nothing has been compared yet. A benchmark trains contenders on the same seeds and says in words what the numbers show. Start with one of these, or ", h("a", { href: "/benchmarks/new" }, "declare one of your own"), ":")));
  } catch (error) {
    show(byId("benchmarks"), failed(error, refresh));
  }
}

/** @param {Benchmark[]} found */
function table(found) {
  return h("div", { class: "panel scroll", "data-key": "table", tabindex: "0", role: "region", "aria-label": "Benchmarks" },
    h("table", {},
      h("thead", {}, h("tr", {}, COLUMNS.map((column) => h("th", { scope: "col" }, column)))),
      h("tbody", {}, found.map(row))));
}

/** @param {Benchmark} one */
function row(one) {
  return h("tr", { "data-key": String(one.id) },
    h("td", {}, stateMark(one.state)),
    h("th", { scope: "row" }, h("a", { href: `/benchmarks/${one.id}` }, one.name)),
    h("td", {}, one.headline ?? h("span", { class: "muted" }, one.state === "running" || one.state === "waiting" ? "not yet" : one.message ?? "none")),
    h("td", {}, counted(one.contenders.length, "contender")),
    h("td", {}, one.problems.join(", ")),
    h("td", { title: `${percent(one.progress)} done` }, `${count(one.trainings_finished)} of ${count(one.trainings)}`),
    h("td", {}, one.state === "waiting" ? "waits for its runs" : one.state !== "running" ? `took ${duration(one.seconds)}` : one.seconds_left === null ? "not known yet" : `${duration(one.seconds_left)} left`),
    h("td", {}, moment(one.created_at)));
}

async function showPresets() {
  try {
    show(byId("presets"), ...(await get("/benchmarks/presets")).items.map(card));
  } catch (error) {
    show(byId("presets"), h("li", {}, failed(error, showPresets)));
  }
}

/** @param {Preset} preset */
function card(preset) {
  const button = /** @type {HTMLButtonElement} */ (h("button", { class: "button primary", type: "button", click: () => start(preset, button) }, `Start ${preset.name}`));
  return h("li", { class: "panel" },
    h("h3", {}, preset.title),
    h("p", {}, preset.description),
    h("p", { class: "about" }, `${counted(preset.trainings, "training")} in the first round; ${preset.measured}. ${preset.faithful ? "Contenders and protocol as published." : "Ours."}`),
    h("div", { class: "actions" }, button, h("a", { href: `/benchmarks/new?preset=${preset.name}`, "aria-label": `Change ${preset.name} before it starts` }, "change it first")));
}

/**
 * @param {Preset} preset
 * @param {HTMLButtonElement} button
 */
async function start(preset, button) {
  button.disabled = true;
  try {
    const made = await post("/benchmarks", { preset: preset.name }, { headers: { "Idempotency-Key": idempotencyKey() } });
    location.assign(`/benchmarks/${made.id}`);
  } catch (error) {
    button.disabled = false;
    show(byId("notice"), failed(error));
  }
}

const refresh = paced(2000, update);
refresh();
showPresets();
follow({ onReturn: refresh, onEvent: (event) => event.benchmark_id !== null && refresh() });
