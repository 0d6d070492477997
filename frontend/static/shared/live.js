// @ts-check
/**
 * What changes, as it changes. One EventSource a tab: it counts against the six connections a browser opens to a host.
 * Closed while the tab is hidden or the person paused it; the browser resumes a lost one after the last event by itself.
 */

import { byId } from "./dom.js";

const TYPES = [
  "run.created", "run.state_changed", "generation.completed", "evaluation.started", "evaluation.progressed",
  "evaluation.finished", "proof.changed", "worker.changed", "benchmark.created", "benchmark.phase_changed",
  "benchmark.state_changed",
];
const TITLES = {
  live: "This page follows what happens. Press to pause.",
  reconnecting: "The connection is lost; it is tried again by itself. Press to pause.",
  paused: "Nothing moves. Press to go on.",
};

/** @typedef {{type: string, run_id: number | null, benchmark_id: number | null, [key: string]: any}} LiveEvent */

/**
 * @param {object} options
 * @param {number} [options.runId] only this run's events
 * @param {number} [options.benchmarkId] only this benchmark's events
 * @param {(event: LiveEvent) => void} options.onEvent
 * @param {() => void} options.onReturn called when events may have been missed: look at everything again
 * @returns {{end: () => void}} `end` when nothing can change any more
 */
export function follow({ runId, benchmarkId, onEvent, onReturn }) {
  const button = /** @type {HTMLButtonElement} */ (byId("live"));
  /** @type {EventSource | null} */
  let source = null;
  let paused = false;
  let ended = false;
  let missed = false;

  /** @param {"live" | "reconnecting" | "paused"} word */
  function say(word) {
    button.hidden = ended;
    button.dataset.word = word;
    button.textContent = word;
    button.title = TITLES[word];
    button.setAttribute("aria-label", `${word}. ${TITLES[word]}`);
  }

  function open() {
    if (source || paused || ended || document.hidden) return;
    const only = runId !== undefined ? `?run_id=${runId}` : benchmarkId !== undefined ? `?benchmark_id=${benchmarkId}` : "";
    source = new EventSource(`/api/v1/events${only}`);
    source.onopen = opened;
    source.onerror = lost;
    for (const type of TYPES) source.addEventListener(type, (event) => received(type, event));
  }

  function close() {
    missed ||= source !== null;
    source?.close();
    source = null;
  }

  function opened() {
    say("live");
    if (missed) onReturn();
    missed = false;
  }

  function lost() {
    say("reconnecting");
    missed = true;
    // The browser tries again by itself, unless it was refused outright.
    if (source?.readyState === EventSource.CLOSED) {
      close();
      setTimeout(open, 3000);
    }
  }

  /**
   * @param {string} type
   * @param {MessageEvent<string>} message
   */
  function received(type, message) {
    onEvent({ ...JSON.parse(message.data), type });
  }

  function toggle() {
    paused = !paused;
    if (paused) close();
    say(paused ? "paused" : "reconnecting");
    open();
  }

  function end() {
    ended = true;
    close();
    button.hidden = true;
  }

  button.addEventListener("click", toggle);
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  say("reconnecting");
  open();
  return { end };
}
