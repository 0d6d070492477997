// @ts-check
/** The best individual so far: its shape or formula large, in words, and ready to use. */

import { get } from "../shared/api.js";
import { announce, byId, h, show } from "../shared/dom.js";
import { fitness, fitnessText } from "../shared/format.js";
import { ruleFormula } from "../shared/formulas.js";
import { formula } from "../shared/mathml.js";
import { paced } from "../shared/pace.js";
import { chart } from "../shared/plot.js";
import { empty, failed } from "../shared/states.js";

/** @typedef {import("../shared/documents.js").Run} Run */

const FIGURES = /** @type {Record<string, {name: string, label: string, nothing: string}>} */ ({
  schedule: { name: "rates", label: "Learning rate of the best individual over the epochs, beside constant 0.01", nothing: "It has no rates." },
  schedule_program: { name: "rates", label: "Learning rate of the best individual over the epochs, at three losses, beside constant 0.001", nothing: "It has no rates." },
  update_rule: { name: "response", label: "What the best rule does to a constant, an alternating and a noisy gradient, beside Adam and SGD", nothing: "It has no response." },
});

/**
 * @param {{operator: string, parents: {id: number}[]}} best
 * @returns {import("../shared/dom.js").Child[]}
 */
function origin({ operator, parents }) {
  const ids = [...new Set(parents.map((parent) => parent.id))];
  if (!ids.length) return [operator === "seed" ? "planted as a seed" : "drawn at random"];
  const links = ids.flatMap((id, place) => [place ? " and " : "", h("a", { href: `/individuals/${id}` }, String(id))]);
  const words = operator === "elite" ? "surviving from " : operator === "copy" ? "a copy of " : `by ${operator} from `;
  return [words, ...links];
}

/**
 * @param {string} look
 * @param {Node} content
 */
const written = (look, content) =>
  h("div", { class: `formula ${look}`, tabindex: "0", role: "region", "aria-label": "Formula of the best individual" }, content);

/** @param {Run} run */
function nobody(run) {
  if (run.evolves !== "schedule") show(byId("best-formula"));
  show(byId("best"), empty("No individual has a fitness yet."));
}

export function bestOne() {
  let id = 0;
  /** @type {ReturnType<typeof chart> | null} */
  let shape = null;

  const describe = paced(1000, async () => {
    try {
      const best = await get(`/individuals/${id}`);
      if (best.id !== id) return;
      if (best.formula) show(byId("best-formula"), written("rule large", ruleFormula(best.formula, best.simplified)));
      else if (best.program) show(byId("best-formula"), written("", formula(best.mathml) ?? h("code", {}, best.simplified)));
      show(byId("best-words"),
        h("p", {}, best.words),
        h("p", { class: "muted" }, `individual ${best.id} of generation ${best.generation}, fitness `, fitness(best.fitness), ", ", ...origin(best)));
    } catch (error) {
      show(byId("best-words"), failed(error, describe));
    }
  });

  return {
    /** @param {Run} run */
    know(run) {
      const best = run.best_individual_id;
      if (best === null) return nobody(run);
      if (best === id) return undefined;
      if (id) announce(`New best fitness: ${fitnessText(run.best_fitness)}.`);
      id = best;
      const { name, label, nothing } = FIGURES[run.evolves];
      const url = `/individuals/${id}/figures/${name}`;
      if (shape) shape.turnTo(url);
      else shape = chart(byId("best"), { url, label, nothing });
      show(byId("best-actions"),
        h("a", { class: "button small", href: `/individuals/${id}` }, "Open"),
        h("a", { class: "button small", id: "export", href: `/api/v1/individuals/${id}/export?format=keras`, download: true }, "Export"));
      return describe();
    },
  };
}
