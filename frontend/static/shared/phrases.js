// @ts-check
/** Words that several pages say alike. */

/** What evolves, as a word in a sentence. */
export const KINDS = /** @type {Record<string, string>} */ ({
  schedule: "schedule", schedule_program: "schedule program", update_rule: "update rule",
});

/** How an individual came to be, as a few words. */
export const OPERATORS = /** @type {Record<string, string>} */ ({
  create: "drawn", seed: "seed", mutation: "mutation", crossover: "crossover", copy: "copy", elite: "elite",
});

/** Of a problem that was published with this flaw. */
export const TEST_DATA = "Its fitness part is the published test data; it has no test part. A fitness here says nothing of data that evolution has not seen.";

/** How the small shapes of schedule programs are to be read. */
export const AT_LOSSES = "What reads a loss has three lines: solid at the loss of guessing, dashed at half of it, dotted at a tenth; val_loss is taken to be the same.";
