// @ts-check
/** Launch: the form, and beside it what it means, asked of the API while typing. */

import { get, idempotencyKey, list, post, Refusal } from "./shared/api.js";
import { byId, h, show } from "./shared/dom.js";
import { showGroups } from "./shared/fields.js";
import { duration } from "./shared/format.js";
import { importedConfiguration } from "./shared/imported.js";
import { settled } from "./shared/pace.js";
import { TEST_DATA } from "./shared/phrases.js";
import { starting } from "./shared/starting.js";
import { failed } from "./shared/states.js";
import { suitingPreset } from "./shared/suiting.js";
import { changes, fill, knowGrammars, offerGrammars, readOrder, showFaults, showGrammarText } from "./launch/form.js";
import { showCurrent, showMeaning, showStale } from "./launch/meaning.js";

/** @typedef {import("./shared/documents.js").Preset} Preset */
/** @typedef {import("./shared/documents.js").Problem} Problem */

const form = /** @type {HTMLFormElement} */ (byId("order"));
const { judge, refuse, send } = starting(form, /** @type {HTMLButtonElement} */ (byId("start")), byId("verdict"), showFaults);
const problemSelect = /** @type {HTMLSelectElement} */ (byId("field-problem"));
const grammarSelect = /** @type {HTMLSelectElement} */ (byId("field-grammar"));
const benchmarkSelect = /** @type {HTMLSelectElement} */ (byId("field-benchmark-preset"));
const evolvesSelect = /** @type {HTMLSelectElement} */ (byId("field-evolves"));
const ABOUT = /** @type {Record<string, string>} */ ({
  schedule: "One learning rate for each epoch, from the epoch's number and the rate before; plain SGD takes the steps.",
  schedule_program: "The learning rate as a formula of the epoch and the loss, set anew before every batch or every epoch; Adam or SGD takes the steps. Bred as expression trees, without a grammar.",
  update_rule: "How every weight changes at every mini-batch, from its gradient and up to three states of its own.",
});
const ABOUT_SEEDS = /** @type {Record<string, string>} */ ({
  schedule: "One a line: formulas, such as if_func(epoch < 20, 0.05, 0.01). Empty: everything is drawn at random.",
  schedule_program: "One a line: formulas of epoch, loss and val_loss, such as add(multiply(epoch, 0.001), 0.0015). Empty: everything is drawn at random.",
  update_rule: "One a line: names of human-made rules, such as momentum or adam, or formulas x = ...; y = ...; z = ...; weight = .... Empty: everything is drawn at random.",
});

const ABOUT_REFERENCES = "Also run:12 (the best of run 12), run:12#5 (its best five), individual:345, or an exported file, pasted.";

/** @type {Preset[]} */
let presets = [];
/** @type {Problem[]} */
let problems = [];
/** @type {import("./shared/benchmark_documents.js").BenchmarkPreset[]} */
let benchmarks = [];
/** @type {import("./shared/documents.js").Grammar[]} */
let grammars = [];
/** @type {Preset} */
let preset;
/** @type {AbortController | null} */
let asking = null;
// One key for one order: pressing twice launches once, a changed order is another one.
let key = idempotencyKey();

async function load() {
  const wanted = new URLSearchParams(location.search);
  const like = wanted.get("like");
  /** @type {import("./shared/documents.js").Run | null} */
  let model = null;
  try {
    [presets, problems, grammars, benchmarks] = await Promise.all([list("/presets"), list("/problems"), list("/grammars"), list("/benchmarks/presets")]);
    if (like) model = await get(`/runs/${encodeURIComponent(like)}`);
  } catch (error) {
    show(form, failed(error, () => location.reload()));
    return;
  }
  const named = model ? model.preset : wanted.get("preset");
  preset = presets.find((one) => one.name === named) ?? presets[0];
  offer();
  fill(model?.configuration ?? (wanted.has("imported") ? importedConfiguration() : null) ?? preset.configuration);
  fillWanted(wanted);
  // Only now: what is typed earlier would be overwritten.
  for (const group of form.querySelectorAll("fieldset")) group.disabled = false;
  ask();
}

/** Show what there is to choose from. */
function offer() {
  problemSelect.append(...problems.map((one) => h("option", { value: one.name }, one.available === false ? `${one.title} (not available)` : one.title)));
  byId("field-benchmark-preset").append(h("option", { value: "" }, "–"), ...benchmarks.map((one) => h("option", { value: one.name }, one.title)));
  knowGrammars(grammars);
  show(choices(), ...presets.map(choice));
}

/** @returns {HTMLElement} */
const choices = () => /** @type {HTMLElement} */ (form.querySelector("[data-choices]"));

/** @param {Preset} one */
function choice(one) {
  const radio = h("input", { type: "radio", name: "preset", value: one.name, checked: one === preset });
  radio.addEventListener("change", () => choose(one));
  return h("label", { class: "choice" }, radio, h("strong", {}, one.title),
    h("span", {}, one.description),
    h("span", {}, `${one.faithful ? "as published · " : ""}${duration(one.measured.core_minutes * 60)} on one core (${one.measured.note})`));
}

/**
 * Another preset replaces what the one before said, and leaves what the person changed.
 * @param {Preset} one
 */
function choose(one) {
  const kept = new Set(changes(preset.configuration).keys());
  preset = one;
  fill(preset.configuration, kept);
  ask();
}

/** @param {URLSearchParams} wanted fields named in the address: /launch?problem=digits */
function fillWanted(wanted) {
  const kind = grammars.find((one) => one.name === wanted.get("grammar"))?.evolves;
  if (kind) evolvesSelect.value = kind;
  offerGrammars();
  for (const [name, value] of wanted) {
    const input = document.getElementById(`field-${name}`);
    if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement || input instanceof HTMLTextAreaElement)) continue;
    input.value = value;
    input.closest("details")?.setAttribute("open", "");
  }
}

/**
 * Of an exported file that is pasted only the formula is a seed.
 * @param {ClipboardEvent} event
 */
function pasteSeed(event) {
  const text = (event.clipboardData?.getData("text/plain") ?? "").replaceAll("\r", "");
  const found = /(?:^|\n)Evolved as:\s+([^]+?)(?=\n[ \t]*\n|\n"""|$)/.exec(text);
  const field = event.target;
  if (!found || !(field instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  field.setRangeText(`${found[1].split(/\s+/).join(" ")}\n`, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {string} pointer */
function putBack(pointer) {
  const kept = new Set(changes(preset.configuration).keys());
  kept.delete(pointer);
  fill(preset.configuration, kept);
  ask();
}

function describeChoices() {
  const problem = problems.find((one) => one.name === problemSelect.value);
  byId("about-problem").textContent = problem ? [problem.description, problem.scored_on_test_data ? TEST_DATA : null, problem.available === false ? problem.unavailable_reason : null].filter(Boolean).join(" ") : "";
  const grammar = grammars.find((one) => one.name === grammarSelect.value);
  byId("about-evolves").textContent = ABOUT[evolvesSelect.value];
  byId("about-seeds").textContent = `${ABOUT_SEEDS[evolvesSelect.value]} ${ABOUT_REFERENCES}`;
  const rivals = benchmarks.find((one) => one.name === benchmarkSelect.value);
  byId("about-benchmark-preset").textContent = rivals ? `${rivals.description} On ${rivals.configuration.problems.join(", ")}.` : "Who the best are held against.";
  byId("about-grammar").textContent = grammar?.description ?? "In BNF: <rule> ::= one | another. The first rule is the start.";
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  showGrammarText();
  describeChoices();
  showStale();
  try {
    const preview = await previewed(readOrder(preset.name, preset.configuration), signal);
    showFaults([]);
    showMeaning(preview, putBack);
    showCurrent();
    judge("", true);
  } catch (error) {
    if (!signal.aborted) refuse(error);
  }
}

/**
 * The API checks an order's own fields first, and its configuration only once these are right: ask for both.
 * @param {Record<string, any>} order
 * @param {AbortSignal} signal
 */
async function previewed(order, signal) {
  try {
    return await post("/experiments/preview", order, { signal });
  } catch (error) {
    if (!(error instanceof Refusal) || !error.faults.length || error.faults.some((fault) => fault.pointer?.startsWith("/overrides"))) throw error;
    const { preset: name, overrides } = order;
    const others = await post("/experiments/preview", { preset: name, overrides }, { signal }).then(() => [], (more) => more.faults ?? []);
    throw new Refusal(error.message, error.status, [...error.faults, ...others]);
  }
}

const launch = () => send("Launching …", async () => {
  const order = readOrder(preset.name, preset.configuration);
  const experiment = await post("/experiments", order, { headers: { "Idempotency-Key": key } });
  location.assign(experiment.runs.length === 1 ? `/runs/${experiment.runs[0].id}` : `/?q=${encodeURIComponent(experiment.name)}`);
});

/** A benchmark that is switched on begins with rivals of the kind that evolves. */
function chooseRivals() {
  const wanted = /** @type {HTMLInputElement} */ (byId("field-benchmark")).checked;
  if (wanted && !benchmarkSelect.value && benchmarks.length) {
    benchmarkSelect.value = suitingPreset(benchmarks, { evolves: evolvesSelect.value, problem: problemSelect.value }).name;
  }
}

const typed = settled(300, ask);

form.addEventListener("input", (event) => {
  key = idempotencyKey();
  if (event.target === evolvesSelect) offerGrammars();
  showGroups(form);
  chooseRivals();
  if (!(event.target instanceof HTMLInputElement && event.target.name === "preset")) typed();
});
byId("field-seeds").addEventListener("paste", pasteSeed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  launch();
});
load();
