// @ts-check
/** Benchmarks of a run's best: how those that there are stand, and a new one by one press. */

import { get, idempotencyKey, list, post } from "../shared/api.js";
import { byId, h, show } from "../shared/dom.js";
import { asNumber } from "../shared/fields.js";
import { stateMark } from "../shared/states.js";
import { asInRun, suitingPreset } from "../shared/suiting.js";

/** @typedef {import("../shared/documents.js").Run} Run */
/** @typedef {import("../shared/benchmark_documents.js").BenchmarkPreset} Preset */

/** @param {Run} run */
export const awaitsVerdict = (run) => run.benchmarks.some((one) => one.state === "waiting" || one.state === "running");

/** @param {Run} run */
export function showBenchmarks(run) {
  byId("compare").hidden = run.best_individual_id === null;
  byId("benchmarks-panel").hidden = run.benchmarks.length === 0;
  show(byId("benchmarks"), ...run.benchmarks.map((one) => h("li", { "data-key": String(one.id) },
    stateMark(one.state), " ", h("a", { href: `/benchmarks/${one.id}` }, `benchmark ${one.id}, ${one.name}`), " ",
    h("span", { class: one.state === "failed" ? "bad" : "muted" }, said(one)))));
}

/** @param {Run["benchmarks"][number]} one */
function said({ state, message, headline }) {
  return message ?? headline ?? (state === "waiting" ? "begins by itself when all runs of this experiment have ended" : "");
}

/**
 * Let the button open the dialog, and the dialog start a benchmark.
 * @param {() => Run | null} current
 */
export function connectCompare(current) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("compare-dialog"));
  const form = /** @type {HTMLFormElement} */ (byId("compare-form"));
  const select = /** @type {HTMLSelectElement} */ (byId("compare-preset"));
  const best = /** @type {HTMLInputElement} */ (byId("compare-best"));
  const own = /** @type {HTMLInputElement} */ (byId("compare-own"));
  const go = /** @type {HTMLButtonElement} */ (byId("compare-start"));
  /** @type {Preset[]} */
  let presets = [];
  let key = idempotencyKey();

  const chosen = () => presets.find((one) => one.name === select.value);

  async function open() {
    dialog.showModal();
    try {
      await offer();
    } catch (error) {
      say(error);
    }
  }

  async function offer() {
    const run = current();
    if (!run || presets.length) return;
    presets = await list("/benchmarks/presets");
    select.append(...presets.map((one) => h("option", { value: one.name }, one.title)));
    select.value = suitingPreset(presets, run).name;
    suit();
    go.disabled = false;
  }

  /** Say what the preset is, and keep to the run's own problem where the preset has another. */
  function suit() {
    const run = current();
    const preset = chosen();
    if (!run || !preset) return;
    own.checked = !preset.configuration.problems.includes(run.problem);
    byId("compare-about").textContent = `${preset.description} On ${preset.configuration.problems.join(", ")}.`;
  }

  async function start() {
    const run = current();
    if (!run) return;
    go.disabled = true;
    try {
      const made = await post("/benchmarks", await order(run), { headers: { "Idempotency-Key": key } });
      location.assign(`/benchmarks/${made.id}`);
    } catch (error) {
      say(error);
      go.disabled = false;
    }
  }

  /** @param {Run} run */
  async function order(run) {
    const found = (await get(`/runs/${run.id}/best?count=${encodeURIComponent(String(asNumber(best.value.trim())))}`)).items;
    return {
      preset: select.value,
      name: `best of ${run.name}`.slice(0, 200),
      finalists: found.map((/** @type {{id: number}} */ one) => ({ label: `individual ${one.id}`, individual: one.id })),
      overrides: own.checked ? asInRun(run) : {},
    };
  }

  /** @param {unknown} error */
  function say(error) {
    byId("compare-error").textContent = error instanceof Error ? error.message : String(error);
  }

  byId("compare").addEventListener("click", open);
  byId("compare-keep").addEventListener("click", () => dialog.close());
  select.addEventListener("change", suit);
  form.addEventListener("input", () => {
    key = idempotencyKey();
    byId("compare-error").textContent = "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start();
  });
}
