// @ts-check
/**
 * What the REST API sends, as far as the pages read it. The OpenAPI document says everything.
 *
 * @typedef {{items: any[], next_page_token: string | null}} Page
 * @typedef {"running" | "stopping" | "finished" | "stopped" | "cancelled" | "failed"} RunState
 * @typedef {{name: string, fitness: number | null, state: string}} Baseline
 *
 * @typedef {object} Run
 * @property {number} id
 * @property {number} experiment_id
 * @property {string} experiment_name
 * @property {string} name
 * @property {string | null} preset
 * @property {string} evolves
 * @property {string} problem
 * @property {boolean} scored_on_test_data
 * @property {string} grammar
 * @property {number} seed
 * @property {RunState} state
 * @property {string | null} message
 * @property {number} generation
 * @property {number} generations
 * @property {number} progress
 * @property {number | null} seconds_left
 * @property {number} seconds
 * @property {number | null} best_fitness
 * @property {number | null} best_individual_id
 * @property {Baseline | null} baseline the best of them as far as they are known
 * @property {Baseline[]} baselines
 * @property {number} trainings
 * @property {number} trainings_saved
 * @property {number} trainings_failed
 * @property {number} trainings_taken_over
 * @property {number | null} generations_since_improvement
 * @property {string | null} digest
 * @property {string} created_at
 * @property {string | null} finished_at
 * @property {any} [configuration]
 * @property {{seed: string, formula: string, run_id: number | null, individual_id: number | null}[]} [seeds_from]
 * @property {{every_individual: number, text_cache: number, trained: number, share: number | null, share_of_text_cache: number | null}} [savings]
 * @property {(number | null)[]} fitness_by_generation
 * @property {number} imported_generations
 * @property {NotTakenOver[]} [not_taken_over]
 * @property {{id: number, name: string, state: string, message: string | null, headline: string | null}[]} benchmarks
 *
 * @typedef {{file: string, line: number | null, key: string, why: string}} NotTakenOver
 *
 * @typedef {object} Import
 * @property {number | null} experiment_id
 * @property {number[]} run_ids
 * @property {string} name
 * @property {string | null} evolves
 * @property {string | null} grammar
 * @property {Record<string, any>} overrides
 * @property {any} configuration
 * @property {NotTakenOver[]} not_taken_over
 *
 * @typedef {object} Generation
 * @property {number} number
 * @property {string | null} completed_at
 * @property {number | null} best
 * @property {number | null} median
 * @property {number} invalid_share
 * @property {number} population
 *
 * @typedef {object} Individual
 * @property {number} id
 * @property {number} run_id
 * @property {number} generation
 * @property {number} index
 * @property {number | null} fitness
 * @property {string | null} reason
 * @property {boolean} evaluated
 * @property {string} operator
 * @property {string} phenotype
 * @property {string} novelty
 * @property {number[] | null} rates
 * @property {RatesAtLoss[] | null} rates_at_losses
 * @property {string | null} formula
 *
 * @typedef {{loss: number, rates: number[]}} RatesAtLoss
 *
 * @typedef {{reads: string[], nodes: number, depth: number, dead: number, left: number}} Program
 *
 * @typedef {object} TreeNode
 * @property {string} label
 * @property {"operator" | "variable" | "constant" | "cut"} kind
 * @property {number} level
 * @property {number} row
 * @property {number | null} parent
 * @property {boolean} dead
 * @property {string | null} note
 *
 * @typedef {{nodes: TreeNode[], levels: number, rows: number, left_out: number}} Tree
 *
 * @typedef {{text: string, of: "both" | "parent" | "child"}} ChangedPiece
 *
 * @typedef {{function: string, pieces: ChangedPiece[]}} Change
 *
 * @typedef {object} Parent
 * @property {number} id
 * @property {number} generation
 * @property {number} index
 * @property {string} phenotype
 * @property {number | null} fitness
 * @property {Change[] | null} changes
 *
 * @typedef {{id: number, generation: number, index: number, fitness: number | null}} Ancestor
 *
 * @typedef {object} Step of a line of descent
 * @property {number} id
 * @property {number} generation
 * @property {number} index
 * @property {string} operator
 * @property {number | null} fitness
 * @property {string | null} reason
 * @property {number | null} gain
 * @property {number} newest_generation
 * @property {number} newest_id
 * @property {string} kept
 * @property {Ancestor | null} parent
 * @property {Ancestor | null} other_parent
 * @property {Change[]} changes
 * @property {string} words
 * @property {number[] | null} rates
 * @property {RatesAtLoss[] | null} rates_at_losses
 * @property {string | null} formula
 *
 * @typedef {{text: string, latex: string, mathml: string}} Formula
 *
 * @typedef {object} Rule
 * @property {Formula | null} x
 * @property {Formula | null} y
 * @property {Formula | null} z
 * @property {Formula} weight
 * @property {string[]} live_states
 * @property {{text: string, dead: boolean}[]} raw
 *
 * @typedef {object} IndividualOnly
 * @property {string} simplified
 * @property {string} latex
 * @property {string} mathml
 * @property {string} words
 * @property {string | null} behaviour_key
 * @property {Parent[]} parents
 * @property {Evaluation[]} evaluations
 * @property {string | null} reproduce
 * @property {string | null} cannot_train
 * @property {string | null} after_last_epoch
 * @property {Rule | null} rule
 * @property {Program | null} program
 * @property {string[]} exports
 *
 * @typedef {Omit<Individual, "parents"> & IndividualOnly} WholeIndividual
 *
 * @typedef {object} EpochRow
 * @property {number} epoch
 * @property {number | null} loss
 * @property {number | null} accuracy
 * @property {number | null} val_loss
 * @property {number | null} val_accuracy
 *
 * @typedef {object} Evaluation
 * @property {number} id
 * @property {number} run_id
 * @property {number[]} individual_ids
 * @property {string | null} label
 * @property {number | null} ablation_of
 * @property {number} fold
 * @property {number} repetition
 * @property {string} state
 * @property {number} attempt
 * @property {string | null} worker
 * @property {number | null} taken_from
 * @property {number | null} score
 * @property {string | null} reason
 * @property {string | null} message
 * @property {EpochRow[]} epochs
 * @property {number | null} seconds
 *
 * @typedef {object} Variant
 * @property {string} words
 * @property {string} formula
 * @property {string} phenotype
 * @property {string} state
 * @property {(number | null)[]} scores
 * @property {number | null} change
 * @property {number | null} spread
 * @property {string | null} reason
 *
 * @typedef {{state: string, done: number, total: number, own: (number | null)[], variants: Variant[]}} Ablation
 *
 * @typedef {object} Proof
 * @property {string} format
 * @property {"none" | "pending" | "running" | "finished"} state
 * @property {"proven" | "wrong" | "not_proven" | null} outcome
 * @property {string | null} text
 *
 * @typedef {object} Preset
 * @property {string} name
 * @property {string} title
 * @property {string} description
 * @property {boolean} faithful
 * @property {{core_minutes: number, note: string}} measured
 * @property {any} configuration
 *
 * @typedef {object} Problem
 * @property {string} name
 * @property {string} title
 * @property {string} description
 * @property {string} dataset
 * @property {number[]} input_shape
 * @property {number} classes
 * @property {number} parameters
 * @property {string[]} layers
 * @property {Record<string, number>} parts
 * @property {string | null} augmentation
 * @property {boolean} scored_on_test_data
 * @property {boolean | null} available
 * @property {string | null} unavailable_reason
 *
 * @typedef {object} Grammar
 * @property {string} name
 * @property {string} title
 * @property {string} description
 * @property {string | null} source
 * @property {string} evolves
 * @property {number} first_epoch
 * @property {string} text
 * @property {{name: string, productions: string[]}[]} nonterminals
 *
 * @typedef {object} Sample
 * @property {string} phenotype
 * @property {string} simplified
 * @property {string} words
 * @property {number[] | null} rates
 * @property {RatesAtLoss[] | null} rates_at_losses
 * @property {string | null} formula
 * @property {string | null} cannot_train
 *
 * @typedef {object} Preview
 * @property {any} configuration
 * @property {number} trainings_most
 * @property {number | null} seconds_estimate
 * @property {string} estimate_basis
 * @property {{field: string, preset: any, value: any}[]} differences
 * @property {Sample[]} samples
 * @property {string[]} warnings
 * @property {number | null} benchmark_trainings
 * @property {number | null} benchmark_seconds
 *
 * @typedef {object} Worker
 * @property {string} name
 * @property {string} host
 * @property {number} pid
 * @property {string} queue
 * @property {boolean} alive
 * @property {string} seen_at
 * @property {Record<string, string | null>} problems
 * @property {{id: number, run_id: number | null, benchmark_id: number | null} | null} evaluation
 *
 * @typedef {{pointer?: string, parameter?: string, line?: number, column?: number, detail: string}} Fault
 */
export {};
