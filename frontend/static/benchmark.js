// @ts-check
/** One benchmark, live: what do the numbers show, and how sure is that? */

import { get, post } from "./shared/api.js";
import { announce, byId, h, show } from "./shared/dom.js";
import { follow } from "./shared/live.js";
import { paced } from "./shared/pace.js";
import { failed } from "./shared/states.js";
import { figures } from "./benchmark/figures.js";
import { showHead } from "./benchmark/head.js";
import { comparisonsTable, contendersTable, resultsTable } from "./benchmark/tables.js";
import { verdicts } from "./benchmark/verdicts.js";

/** @typedef {import("./shared/benchmark_documents.js").BenchmarkDetail} Detail */

const benchmarkId = Number(document.body.dataset.benchmark);
const chosen = /** @type {HTMLSelectElement} */ (byId("problem"));
/** @type {Detail | null} */
let now = null;

const charts = figures(benchmarkId, () => chosen.value);

/** @param {Detail} found */
function know(found) {
  if (now && now.state !== found.state) announce(found.headline ?? `The benchmark is ${found.state}.`);
  now = found;
  showHead(found);
  show(byId("verdict"), ...verdicts(found));
  showProblems(found);
  showTables(found);
  charts.show(found);
  if (found.state !== "running" && found.state !== "waiting") finish();
}

/** @param {Detail} found */
function showProblems(found) {
  byId("choice").hidden = found.problems.length < 2;
  if (!chosen.options.length) chosen.append(...found.problems.map((name) => h("option", { value: name }, name)));
}

/** @param {Detail} found */
function showTables(found) {
  const problem = chosen.value;
  const part = found.scored_parts[problem];
  byId("table-about").textContent = part === "test"
    ? `Accuracy on the test part of ${problem}, which nothing else has seen. Best in bold only where a test shows it.`
    : `Accuracy on the ${part} part of ${problem}. It is scored without a test part: what was evolved on this problem may have been chosen by these very samples. Best in bold only where a test shows it.`;
  show(byId("table"), resultsTable(found, problem));
  show(byId("published"), found.published && `${found.published.word}: ${found.published.source}`);
  show(byId("contenders"), contendersTable(found, problem));
  byId("comparisons-panel").hidden = found.judged.length === 0;
  show(byId("comparisons"), comparisonsTable(found, problem));
  byId("curves-about").textContent = `Mean of the trials by epoch, in a band of one standard deviation.${found.contenders.length > 6 ? " The finalists and the rivals that scored best, six in all." : ""}`;
  show(byId("declaration"), h("summary", {}, "Declaration"),
    h("pre", { class: "code", tabindex: "0", "aria-label": "Declaration as the API has it" }, JSON.stringify(found.declaration, null, 2)));
}

async function update() {
  try {
    know(await get(`/benchmarks/${benchmarkId}`));
  } catch (error) {
    show(byId("notice"), failed(error, refresh));
  }
}

function finish() {
  document.body.dataset.ended = "yes";
  live.end();
}

async function cancel() {
  try {
    know(await post(`/benchmarks/${benchmarkId}/cancel`));
  } catch (error) {
    show(byId("notice"), failed(error));
  }
}

const download = /** @type {HTMLDetailsElement} */ (byId("download"));
const closeDownload = () => (download.open = false);
download.addEventListener("focusout", (event) => download.contains(/** @type {Node | null} */ (event.relatedTarget)) || closeDownload());
download.addEventListener("keydown", (event) => event.key === "Escape" && closeDownload());

const dialog = /** @type {HTMLDialogElement} */ (byId("confirm"));
byId("cancel").addEventListener("click", () => dialog.showModal());
dialog.addEventListener("close", () => dialog.returnValue === "cancel" && cancel());
dialog.addEventListener("cancel", () => (dialog.returnValue = ""));
chosen.addEventListener("change", () => {
  charts.turn();
  if (now) showTables(now);
});

const refresh = paced(1000, update);
const live = follow({
  benchmarkId,
  onReturn: refresh,
  onEvent: (event) => event.benchmark_id === benchmarkId && event.type !== "evaluation.progressed" && refresh(),
});
refresh();
