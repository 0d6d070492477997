// @ts-check
/**
 * What the REST API sends of benchmarks, as far as the pages read it. The OpenAPI document says everything.
 *
 * @typedef {object} Benchmark
 * @property {number} id
 * @property {string} name
 * @property {string | null} preset
 * @property {string[]} problems
 * @property {string[]} contenders
 * @property {string[]} finalists
 * @property {number} trials
 * @property {number} seed
 * @property {string} state
 * @property {"tuning" | "trials" | "confirmation"} phase
 * @property {string | null} message
 * @property {string | null} headline
 * @property {number} trainings
 * @property {number} trainings_finished
 * @property {number} trainings_failed
 * @property {number} trainings_taken_over
 * @property {number} progress
 * @property {number} seconds
 * @property {number | null} seconds_left
 * @property {string} created_at
 * @property {string | null} finished_at
 *
 * @typedef {object} Contender
 * @property {string} label
 * @property {boolean} finalist
 * @property {string} text
 * @property {string} source
 * @property {string} kind
 * @property {string} optimizer
 * @property {number | null} individual_id
 * @property {string | null} found_on
 * @property {number} searched
 * @property {number | null} trainings
 * @property {boolean} less
 *
 * @typedef {object} Tuned
 * @property {string} problem
 * @property {number} contender
 * @property {Record<string, number>} constants
 * @property {number | null} score
 * @property {number} trainings
 * @property {number} failed
 * @property {string} text
 * @property {string} sentence
 * @property {string[]} edges
 *
 * @typedef {object} TableRow
 * @property {string} problem
 * @property {number} contender
 * @property {number} n
 * @property {number} failed
 * @property {number | null} mean
 * @property {number | null} deviation
 * @property {number | null} median
 * @property {number | null} low
 * @property {number | null} high
 * @property {boolean} best
 * @property {string | null} edge
 * @property {number | null} epochs_to_target
 * @property {number | null} reached_target
 *
 * @typedef {object} Comparison
 * @property {string} problem
 * @property {string} finalist
 * @property {string} rival
 * @property {number} n
 * @property {number} n_rival
 * @property {number | null} difference
 * @property {number | null} p
 * @property {number | null} p_holm
 * @property {number | null} p_pairs
 * @property {number | null} p_pairs_holm
 * @property {number | null} a12
 * @property {number | null} trials_needed
 * @property {"better" | "worse" | "no_difference" | "cannot_say"} outcome
 *
 * @typedef {{contender: string, problem: string, part: string, mean: number, sd: number | null, n: number | null}} PublishedFigure
 *
 * @typedef {{source: string, word: "published" | "recomputed", figures: PublishedFigure[]}} Published
 *
 * @typedef {object} Judged
 * @property {string} sentence
 * @property {Comparison} comparison
 * @property {Comparison | null} confirmation
 *
 * @typedef {Benchmark & {declaration: any, scored_parts: Record<string, "test" | "fitness">, entrants: Contender[],
 *   tuned: Tuned[], table: TableRow[], judged: Judged[], targets: {problem: string, level: number}[], edges: string[],
 *   warnings: string[], published: Published | null, runs: {id: number, name: string, state: string}[]}} BenchmarkDetail
 *
 * @typedef {object} BenchmarkPreset
 * @property {string} name
 * @property {string} title
 * @property {string} description
 * @property {boolean} faithful
 * @property {number} core_minutes
 * @property {string} measured
 * @property {number} trainings
 * @property {any} configuration
 *
 * @typedef {object} BenchmarkPreview
 * @property {any} declaration
 * @property {{label: string, finalist: boolean, source: string, searched: number, trainings: number | null}[]} entrants
 * @property {{name: "tuning" | "trials" | "confirmation", trainings: number}[]} stages
 * @property {number} trainings
 * @property {number} comparisons
 * @property {number | null} smallest_p
 * @property {number | null} fewest_trials
 * @property {number | null} seconds_estimate
 * @property {string} estimate_basis
 * @property {{field: string, preset: any, value: any}[]} differences
 * @property {string[]} warnings
 */
export {};
