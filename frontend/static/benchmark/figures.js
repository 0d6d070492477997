// @ts-check
/** The figures of a benchmark: each in a panel of its own, which is there only where the figure has something to say. */

import { byId } from "../shared/dom.js";
import { chart } from "../shared/plot.js";

/** @typedef {import("../shared/benchmark_documents.js").BenchmarkDetail} Detail */

const noTrial = "Nothing to draw yet: no trial is finished.";
const always = () => true;

/**
 * Where a figure applies, what it shows for those who cannot see it, what is said while there is nothing in it, and
 * whether it is of all problems together.
 * @type {Record<string, {applies: (found: Detail) => boolean, label: string, nothing: string, ofAll?: boolean}>}
 */
const FIGURES = {
  trials: { applies: always, label: "Scores of all trials, a box with points a contender", nothing: noTrial },
  curves: { applies: always, label: "Accuracy, loss and learning rate by epoch, mean and band of each contender", nothing: noTrial },
  tuning: {
    applies: (found) => found.declaration.tuning !== null,
    label: "Score of every set of constants by its number, and the best so far of each contender",
    nothing: "Nothing to draw: no training for tuning is finished.",
  },
  importance: {
    applies: (found) => found.declaration.tuning !== null && found.phase !== "tuning",
    label: "Share of each constant in what mattered, or why it cannot be told",
    nothing: "No contender was tuned.",
  },
  transfer: {
    applies: (found) => found.problems.length > 1,
    label: "Mean accuracy of every contender on every problem",
    nothing: noTrial,
    ofAll: true,
  },
};

/**
 * @param {number} benchmarkId
 * @param {() => string} problem the one that is chosen; empty: the first
 */
export function figures(benchmarkId, problem) {
  /** @type {Map<string, ReturnType<typeof chart>>} */
  const drawn = new Map();

  /** @param {string} name */
  function address(name) {
    const on = FIGURES[name].ofAll || !problem() ? "" : `?problem=${encodeURIComponent(problem())}`;
    return `/benchmarks/${benchmarkId}/figures/${name}${on}`;
  }

  return {
    /** @param {Detail} found */
    show(found) {
      for (const [name, { applies, label, nothing }] of Object.entries(FIGURES)) {
        byId(`${name}-panel`).hidden = !applies(found);
        if (!applies(found)) continue;
        const known = drawn.get(name);
        if (known) known.refresh();
        else drawn.set(name, chart(byId(name), { url: address(name), label, nothing }));
      }
    },
    turn() {
      for (const [name, each] of drawn) each.turnTo(address(name));
    },
  };
}
