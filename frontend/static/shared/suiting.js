// @ts-check
/** Which benchmark suits what evolved: rivals of its kind, on its problem. */

/** @typedef {import("./benchmark_documents.js").BenchmarkPreset} Preset */

/** @param {any} contender as it is declared */
const isSchedule = ({ schedule, phenotype, kind }) => Boolean(schedule) || (Boolean(phenotype) && kind !== "update_rule");

/**
 * @param {Preset} preset
 * @param {string} evolves
 */
function hasSuchRivals({ configuration }, evolves) {
  const rivals = configuration.contenders.filter((/** @type {any} */ one) => !configuration.finalists.includes(one.label));
  return rivals.filter(isSchedule).length * 2 > rivals.length === (evolves !== "update_rule");
}

/**
 * @param {Preset[]} presets quickest first
 * @param {{evolves: string, problem: string}} run
 * @returns {Preset} the one whose rivals are of the kind that evolved and, of several, that has the run's problem
 */
export function suitingPreset(presets, run) {
  const worth = (/** @type {Preset} */ one) => (hasSuchRivals(one, run.evolves) ? 2 : 0) + (one.configuration.problems.includes(run.problem) ? 1 : 0);
  return presets.reduce((best, one) => (worth(one) > worth(best) ? one : best));
}

/**
 * What lets a preset's rivals train as the run's individuals did.
 * @param {{problem: string, configuration?: any}} run
 */
export function asInRun({ problem, configuration: { training } }) {
  const { optimizer, epochs, batch_size, patience, train, validation } = training;
  return { problems: [problem], protocol: { optimizer, epochs, batch_size, patience, train, validation } };
}
