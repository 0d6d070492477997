// @ts-check
/** The best individual so far: its shape large beside constant 0.01, in words, and ready to use. */

import { get } from "../shared/api.js";
import { announce, byId, h, show } from "../shared/dom.js";
import { fitness, fitnessText } from "../shared/format.js";
import { paced } from "../shared/pace.js";
import { chart } from "../shared/plot.js";
import { empty, failed } from "../shared/states.js";

/** @typedef {import("../shared/documents.js").Run} Run */

/**
 * @param {{operator: string, parents: {id: number}[]}} best
 * @returns {import("../shared/dom.js").Child[]}
 */
function origin({ operator, parents }) {
  const ids = [...new Set(parents.map((parent) => parent.id))];
  if (!ids.length) return ["drawn at random"];
  const links = ids.flatMap((id, place) => [place ? " and " : "", h("a", { href: `/individuals/${id}` }, String(id))]);
  return [operator === "elite" ? "surviving from " : `by ${operator} from `, ...links];
}

export function bestOne() {
  let id = 0;
  /** @type {ReturnType<typeof chart> | null} */
  let shape = null;

  const describe = paced(1000, async () => {
    try {
      const best = await get(`/individuals/${id}`);
      if (best.id !== id) return;
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
      if (best === null) return show(byId("best"), empty("No individual has a fitness yet."));
      if (best === id) return undefined;
      if (id) announce(`New best fitness: ${fitnessText(run.best_fitness)}.`);
      id = best;
      const url = `/individuals/${id}/figures/rates`;
      if (shape) shape.turnTo(url);
      else shape = chart(byId("best"), { url, label: "Learning rate of the best individual over the epochs, beside constant 0.01", nothing: "It has no rates." });
      show(byId("best-actions"),
        h("a", { class: "button small", href: `/individuals/${id}` }, "Open"),
        h("a", { class: "button small", id: "export", href: `/api/v1/individuals/${id}/export?format=keras`, download: true }, "Export"));
      return describe();
    },
  };
}
