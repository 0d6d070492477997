// @ts-check
/** A new benchmark: the form, and beside it what it means, asked of the API while typing. */

import { get, idempotencyKey, list, post } from "./shared/api.js";
import { byId, h, show } from "./shared/dom.js";
import { changesIn, fillIn, nested, readBeside, showFaultsIn, showGroups } from "./shared/fields.js";
import { settled } from "./shared/pace.js";
import { starting } from "./shared/starting.js";
import { failed } from "./shared/states.js";
import { asInRun, suitingPreset } from "./shared/suiting.js";
import { addContender, contendersAre, fillContenders, readContenders, showContenderFaults } from "./benchmark_new/contenders.js";
import { forgetDraft, keepDraft, keptDraft } from "./benchmark_new/draft.js";
import { showMeaning, showStale } from "./benchmark_new/meaning.js";
import { fillProblems, offerProblems, readProblems } from "./benchmark_new/problems.js";
import { offerRecent } from "./benchmark_new/recent.js";

/** @typedef {import("./shared/benchmark_documents.js").BenchmarkPreset} Preset */

const form = /** @type {HTMLFormElement} */ (byId("order"));
const { judge, refuse, send } = starting(form, /** @type {HTMLButtonElement} */ (byId("start")), byId("verdict"), showFaults);
const presetSelect = /** @type {HTMLSelectElement} */ (byId("field-preset"));
/** What a declaration from scratch begins with; the fields have their own defaults. */
const SCRATCH = { problems: ["mnist-1d"], contenders: [], finalists: [], tuning: null, confirmation: null };

/** @type {Preset[]} */
let presets = [];
/** @type {AbortController | null} */
let asking = null;
// One key for one order: pressing twice starts once, a changed order is another one.
let key = idempotencyKey();

async function load() {
  const wanted = new URLSearchParams(location.search);
  try {
    const [all, problems] = await Promise.all([list("/benchmarks/presets"), list("/problems")]);
    presets = all;
    offerProblems(problems);
    presetSelect.append(h("option", { value: "" }, "from scratch"), ...presets.map((one) => h("option", { value: one.name }, one.title)));
    await begin(wanted);
  } catch (error) {
    show(byId("notice"), failed(error, () => location.reload()));
    return;
  }
  // Only now: what is typed earlier would be overwritten.
  for (const group of form.querySelectorAll("fieldset")) group.disabled = false;
  ask();
  offerRecent();
}

/**
 * Begin with what the address names, else with what was left half-filled, else with the quickest preset.
 * @param {URLSearchParams} wanted
 */
async function begin(wanted) {
  if (wanted.has("individual")) return beginWith(Number(wanted.get("individual")));
  const draft = wanted.has("preset") ? null : keptDraft();
  presetSelect.value = draft ? draft.preset ?? "" : wanted.get("preset") ?? presets[0].name;
  fill({ ...base(), ...draft?.overrides });
  if (draft) fillBeside(draft);
  return undefined;
}

/**
 * Hold an individual against rivals of its kind, trained as its run trained.
 * @param {number} id
 */
async function beginWith(id) {
  const run = await get(`/runs/${(await get(`/individuals/${id}`)).run_id}`);
  const preset = suitingPreset(presets, run);
  presetSelect.value = preset.name;
  const { contenders, finalists, problems, protocol, ...others } = preset.configuration;
  const label = `individual ${id}`;
  const rivals = contenders.filter((/** @type {any} */ one) => !finalists.includes(one.label));
  const own = problems.includes(run.problem) ? { problems, protocol } : asInRun(run);
  fill({ ...others, ...own, protocol: { ...protocol, ...own.protocol }, contenders: [{ label, individual: id }, ...rivals], finalists: [label] });
}

const chosen = () => presets.find((one) => one.name === presetSelect.value);
const base = () => chosen()?.configuration ?? SCRATCH;

/** @param {any} configuration */
function fill(configuration) {
  fillIn(form, configuration);
  fillProblems(configuration.problems);
  fillContenders(configuration.contenders, configuration.finalists);
  const preset = chosen();
  byId("about-preset").textContent = preset ? preset.description : "Nothing is declared yet.";
}

/** @param {Record<string, any>} order */
function fillBeside(order) {
  for (const input of form.querySelectorAll("[data-order]")) {
    const { dataset } = /** @type {HTMLInputElement} */ (input);
    /** @type {HTMLInputElement} */ (input).value = order[String(dataset.order)] ?? "";
  }
}

/** Only what differs from the preset is an override; from scratch all is. */
function readOrder() {
  const known = chosen()?.configuration ?? {};
  const overrides = nested(changesIn(form, known));
  const others = { problems: readProblems(), ...readContenders() };
  for (const [name, value] of Object.entries(others)) {
    if (JSON.stringify(value) !== JSON.stringify(name === "contenders" ? contendersAre(known.contenders ?? []) : known[name])) overrides[name] = value;
  }
  const preset = chosen();
  return { ...(preset ? { preset: preset.name } : {}), overrides, ...readBeside(form) };
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  showStale();
  const order = readOrder();
  keepDraft(order);
  try {
    const preview = await post("/benchmarks/preview", order, { signal });
    showFaults([]);
    showMeaning(preview, putBack);
    judge("", true);
  } catch (error) {
    if (!signal.aborted) refuse(error);
  }
}

/**
 * @param {import("./shared/documents.js").Fault[]} faults
 * @returns {string[]} those that belong to no field
 */
function showFaults(faults) {
  const others = showFaultsIn(form, faults.filter((fault) => !fault.pointer?.startsWith("/overrides/contenders/")));
  return [...showContenderFaults(faults), ...others];
}

/** @param {string} field of the declaration, dotted */
function putBack(field) {
  const known = base();
  const [first, ...rest] = field.split(".");
  if (first === "problems") fillProblems(known.problems);
  else if (first === "contenders") putBackContender(rest.join("."));
  else if (first === "finalists") fillContenders(readContenders().contenders, known.finalists);
  else {
    const back = `/${field.replaceAll(".", "/")}`;
    fillIn(form, known, new Set([...changesIn(form, known).keys()].filter((pointer) => pointer !== back && !pointer.startsWith(`${back}/`))));
  }
  ask();
}

/** @param {string} label */
function putBackContender(label) {
  const { contenders, finalists } = readContenders();
  const theirs = base().contenders.filter((/** @type {any} */ one) => one.label === label);
  const place = contenders.findIndex((one) => one.label === label);
  if (place < 0) contenders.push(...theirs);
  else contenders.splice(place, 1, ...theirs);
  const isOne = theirs.length && base().finalists.includes(label) && !finalists.includes(label);
  fillContenders(contenders, isOne ? [...finalists, label] : finalists.filter((one) => contenders.some((each) => each.label === one)));
}

const launch = () => send("Starting …", async () => {
  const made = await post("/benchmarks", readOrder(), { headers: { "Idempotency-Key": key } });
  forgetDraft();
  location.assign(`/benchmarks/${made.id}`);
});

const typed = settled(300, ask);

form.addEventListener("input", (event) => {
  key = idempotencyKey();
  showGroups(form);
  if (event.target === presetSelect) {
    fill(base());
    ask();
  } else typed();
});
byId("contenders").addEventListener("changed", typed);
byId("add").addEventListener("click", () => {
  addContender().focus();
  typed();
});
byId("anew").addEventListener("click", () => {
  forgetDraft();
  location.assign("/benchmarks/new");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  launch();
});
load();
