// @ts-check
/** The head of a benchmark: how it stands. */

import { byId, h, show } from "../shared/dom.js";
import { count, counted, duration, moment } from "../shared/format.js";
import { stateMark } from "../shared/states.js";
import { aside } from "../shared/trainings.js";

/** @typedef {import("../shared/benchmark_documents.js").BenchmarkDetail} Detail */

const PHASES = { tuning: "tuning of the constants", trials: "first round of trials", confirmation: "what differs is tried again" };

/** @param {Detail} found */
export function showHead(found) {
  document.title = `${found.name} · AutoLR`;
  byId("name").textContent = found.name;
  byId("cancel").hidden = found.state !== "running" && found.state !== "waiting";
  show(byId("state"), stateMark(found.state), h("span", { class: "muted" }, position(found)));
  show(byId("facts"), ...facts(found));
  show(byId("notice"), found.message && h("div", { class: "note failed" }, h("p", {}, found.message)));
  const bar = byId("progress");
  const share = Math.round(found.progress * 100);
  bar.dataset.state = found.state;
  bar.setAttribute("aria-valuenow", String(share));
  bar.title = `${share} % of the trainings asked for so far`;
  /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${found.progress * 100}%`;
}

/** @param {Detail} found */
function position(found) {
  if (found.state === "waiting") return "begins by itself when its runs have ended";
  if (found.state !== "running") return `${counted(found.trainings_finished, "training")} in ${duration(found.seconds)}`;
  const left = found.seconds_left === null ? "time left not known yet" : `${duration(found.seconds_left)} left`;
  return `${PHASES[found.phase]} · ${left}`;
}

/** @param {Detail} found */
function facts(found) {
  const protocol = found.declaration.protocol;
  return [
    fact("trainings", `${count(found.trainings_finished)} of ${count(found.trainings)}`, aside(found)),
    fact("contenders", count(found.contenders.length)),
    found.declaration.tuning && fact("tuning", ...tuning(found)),
    fact("trials each", count(found.trials), h("small", {}, " on common seeds")),
    fact("problem", h("a", { href: "/problems" }, found.problems.join(", "))),
    fact("protocol", counted(protocol.epochs, "epoch"), h("small", {}, ` batch ${count(protocol.batch_size)}`)),
    found.runs.length > 0 && fact(found.state === "waiting" ? "waits for" : "evolved in", ...runs(found)),
    fact("seed", String(found.seed)),
    fact("started", moment(found.created_at)),
  ];
}

/** @param {Detail} found */
function tuning({ declaration: { tuning: declared }, entrants }) {
  const own = entrants.map((one) => one.trainings ?? declared.trainings).filter((trainings) => trainings > 0);
  const [least, most] = [Math.min(...own), Math.max(...own)];
  const each = own.length && least < most ? `${count(least)} to ${counted(most, "training")}` : counted(own.length ? most : 0, "training");
  return [each, h("small", {}, ` each, on ${declared.score} samples${declared.race ? ", then a race" : ""}`)];
}

/** @param {Detail} found */
function runs({ runs: all }) {
  const links = all.slice(0, 5).flatMap((one, place) => [place ? ", " : "", h("a", { href: `/runs/${one.id}`, title: `${one.name}, ${one.state}` }, `run ${one.id}`)]);
  return [...links, all.length > 5 && ` and ${all.length - 5} more`];
}

/**
 * @param {string} term
 * @param {...import("../shared/dom.js").Child} content
 */
const fact = (term, ...content) => h("div", { "data-key": term }, h("dt", {}, term), h("dd", {}, ...content));
