// @ts-check
/** What is being trained now: whom, which fold, how far, how the loss moves, and where. */

import { list } from "../shared/api.js";
import { byId, h, show } from "../shared/dom.js";
import { counted, duration } from "../shared/format.js";
import { paced } from "../shared/pace.js";
import { seriesShape } from "../shared/shapes.js";
import { empty, failed } from "../shared/states.js";

/** @typedef {import("../shared/documents.js").Evaluation} Evaluation */

/**
 * @param {number} runId
 * @param {() => {epochs: number, folds: number, active: boolean}} protocol
 */
export function trainingNow(runId, protocol) {
  const place = byId("training");
  const refresh = paced(1000, async () => {
    try {
      const evaluations = await list(`/runs/${runId}/evaluations?state=running&page_size=50`, 50);
      show(place, ...(evaluations.length ? evaluations.map((one) => row(one, protocol())) : [nobody(protocol().active)]));
    } catch (error) {
      show(place, failed(error, refresh));
    }
  });
  return { refresh };
}

/** @param {boolean} active */
const nobody = (active) => empty(active ? "Nothing at this moment." : "The run has ended; nothing is being trained.");

/**
 * @param {Evaluation} evaluation
 * @param {{epochs: number, folds: number}} protocol
 */
function row(evaluation, { epochs, folds }) {
  const last = evaluation.epochs.at(-1);
  const loss = evaluation.epochs.map((epoch) => epoch.loss);
  const validation = evaluation.epochs.map((epoch) => epoch.val_loss);
  return h("div", { class: "training-row", "data-key": `evaluation ${evaluation.id}` },
    h("p", {}, who(evaluation), h("br"), h("span", { class: "muted" }, [folds > 1 && `fold ${evaluation.fold + 1} of ${folds}`, evaluation.attempt > 1 && `attempt ${evaluation.attempt}`, evaluation.worker].filter(Boolean).join(" · "))),
    seriesShape(loss, { second: validation, label: "loss so far; dashed: validation" }),
    h("p", {}, `epoch ${evaluation.epochs.length} of ${epochs}`, h("br"),
      h("span", { class: "muted" }, last?.loss !== undefined && last.loss !== null ? `loss ${last.loss.toPrecision(3)} · ` : "", duration(evaluation.seconds))));
}

/** @param {Evaluation} evaluation */
function who({ individual_ids: ids, label, ablation_of: whole }) {
  if (!ids.length && whole) return h("span", {}, "a term less of ", h("a", { href: `/individuals/${whole}` }, `individual ${whole}`));
  if (label) return h("span", {}, `baseline ${label}`);
  const [first, ...others] = ids;
  if (first === undefined) return "nobody any more";
  return h("span", {}, h("a", { href: `/individuals/${first}` }, `individual ${first}`), others.length > 0 && ` and ${counted(others.length, "twin")}`);
}
