// @ts-check
/** The head of a run: how it stands, and what a person may do about it. */

import { post } from "../shared/api.js";
import { announce, byId, h, show } from "../shared/dom.js";
import { against, count, counted, duration, fitness, moment, percent } from "../shared/format.js";
import { TEST_DATA } from "../shared/phrases.js";
import { failed, stateMark } from "../shared/states.js";
import { aside } from "../shared/trainings.js";

/** @typedef {import("../shared/documents.js").Run} Run */

/** @param {Run} run */
export const isActive = (run) => run.state === "running" || run.state === "stopping";

/**
 * @param {Run} run
 * @param {{alive: number, known: number} | null} workers
 */
export function showHead(run, workers) {
  document.title = `${run.name} · AutoLR`;
  byId("name").textContent = run.name;
  show(byId("state"), stateMark(run.state), h("span", { class: "muted" }, position(run)));
  showProgress(run);
  show(byId("facts"), ...facts(run, workers));
  byId("controls").hidden = false;
  byId("stop").hidden = !isActive(run);
  byId("cancel").hidden = !isActive(run);
  /** @type {HTMLButtonElement} */ (byId("stop")).disabled = run.state === "stopping";
  byId("extend").hidden = isActive(run) || run.state === "failed";
  byId("from-best").hidden = run.best_individual_id === null;
  byId("from-best").setAttribute("href", `/launch?like=${run.id}&seeds=run:${run.id}`);
  byId("again").setAttribute("href", `/launch?like=${run.id}`);
  showMessage(run, workers);
}

/** @param {Run} run */
function position(run) {
  const done = run.fitness_by_generation.length;
  if (!isActive(run) && done === run.imported_generations) return `${counted(done, "generation")}, imported`;
  if (!isActive(run)) return `${count(done)} of ${counted(run.generations, "generation")} in ${duration(run.seconds)}`;
  const left = run.state === "stopping" ? "ends after this generation"
    : run.seconds_left === null ? "time left not known yet" : `${duration(run.seconds_left)} left`;
  return `generation ${count(run.generation)} of ${count(run.generations)} · ${left}`;
}

/** @param {Run} run */
function showProgress(run) {
  const bar = byId("progress");
  const share = Math.round(run.progress * 100);
  bar.dataset.state = run.state;
  bar.setAttribute("aria-valuenow", String(share));
  bar.setAttribute("aria-valuetext", `${share} % of the individuals evaluated`);
  bar.title = `${share} % of the individuals evaluated`;
  /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${run.progress * 100}%`;
}

/**
 * @param {Run} run
 * @param {{alive: number, known: number} | null} workers
 */
function facts(run, workers) {
  const since = run.generations_since_improvement;
  return [
    fact("best fitness", h("span", { class: "big" }, fitness(run.best_fitness)), " ",
      h("small", {}, against(run.best_fitness, run.baseline), isCompared(run) && ` v. ${run.baseline?.name}`)),
    run.imported_generations > 0 && fact("imported", counted(run.imported_generations, "generation"), h("small", {}, " trained by the original program")),
    hasTrained(run) && fact("trained", count(run.trainings), aside(run)),
    ...saved(run),
    // Whoever has ended needs none.
    workers && isActive(run) && fact("workers", `${workers.alive} of ${workers.known}`),
    since !== null && run.best_fitness !== null && fact("since improvement", counted(since, "generation")),
    fact("problem", h("a", { href: "/problems" }, run.problem)),
    run.evolves === "schedule_program" ? fact("bred as", run.grammar) : fact("grammar", h("a", { href: `/grammars#${encodeURIComponent(run.grammar)}` }, run.grammar)),
    fact("seed", String(run.seed)),
    ...startedFrom(run),
    fact("started", moment(run.created_at)),
  ];
}

/** @param {Run} run */
function startedFrom({ seeds_from: sources = [] }) {
  if (!sources.length) return [];
  const links = sources.slice(0, 3).flatMap(({ individual_id: id, seed }, place) =>
    [place ? ", " : "", id === null ? seed : h("a", { href: `/individuals/${id}`, title: seed }, `individual ${id}`)]);
  return [fact("started from", ...links, sources.length > 3 && ` and ${sources.length - 3} more`)];
}

/** @param {Run} run */
function saved({ savings }) {
  if (!savings || savings.share === null) return [];
  return [fact("trainings saved", count(savings.every_individual - savings.trained), h("small", {}, ` ${percent(savings.share)}; a cache of texts: ${percent(savings.share_of_text_cache ?? 0)}`))];
}

/** @param {Run} run */
const hasTrained = (run) => run.imported_generations === 0 || run.trainings > 0 || isActive(run);

/** @param {Run} run */
const isCompared = (run) => typeof run.best_fitness === "number" && typeof run.baseline?.fitness === "number";

/**
 * @param {string} term
 * @param {...import("../shared/dom.js").Child} content
 */
const fact = (term, ...content) => h("div", { "data-key": term }, h("dt", {}, term), h("dd", {}, ...content));

/**
 * @param {Run} run
 * @param {{alive: number, known: number} | null} workers
 */
function showMessage(run, workers) {
  byId("flaw").textContent = run.scored_on_test_data ? `About ${run.problem}: ${TEST_DATA}` : "";
  if (run.state === "failed") return show(byId("notice"), h("div", { class: "note failed" }, h("p", {}, run.message ?? "This run failed, and nothing says why.")));
  if (run.message) return show(byId("notice"), h("div", { class: "note" }, h("p", {}, run.message)));
  if (isActive(run) && workers?.alive === 0) {
    return show(byId("notice"), h("div", { class: "note failed" },
      h("p", {}, "No worker is alive, so nothing is being trained. The run goes on by itself when one comes. "), h("a", { href: "/workers" }, "Workers")));
  }
  return show(byId("notice"));
}

/**
 * Let the buttons do what they say.
 * @param {number} runId
 * @param {(run: Run) => void} changed
 */
export function connectControls(runId, changed) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("confirm"));

  /** @param {"stop" | "cancel"} verb */
  async function act(verb) {
    try {
      changed(await post(`/runs/${runId}/${verb}`));
      announce(verb === "stop" ? "The run ends when this generation is evaluated." : "The run is cancelled.");
    } catch (error) {
      show(byId("notice"), failed(error));
    }
  }

  async function extend() {
    try {
      const typed = /** @type {HTMLInputElement} */ (byId("more")).value.trim();
      await post(`/runs/${runId}/extend`, { generations: typed !== "" && Number.isFinite(Number(typed)) ? Number(typed) : typed });
      location.reload(); // what has ended is followed no more
    } catch (error) {
      show(byId("notice"), failed(error));
    }
  }

  byId("extend").addEventListener("submit", (event) => {
    event.preventDefault();
    extend();
  });
  byId("stop").addEventListener("click", () => act("stop"));
  byId("cancel").addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("close", () => dialog.returnValue === "cancel" && act("cancel"));
  dialog.addEventListener("cancel", () => (dialog.returnValue = ""));
}
