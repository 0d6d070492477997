// @ts-check
/** The best individual so far: its shape large beside constant 0.01, in words, and ready to use. */

import { get } from "../shared/api.js";
import { announce, byId, h, show } from "../shared/dom.js";
import { fitness, fitnessText } from "../shared/format.js";
import { paced } from "../shared/pace.js";
import { chart } from "../shared/plot.js";
import { empty, failed } from "../shared/states.js";

/** @typedef {import("../shared/documents.js").Run} Run */

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
        h("p", { class: "muted" }, "fitness ", fitness(best.fitness), ` · from generation ${best.generation} by ${best.operator} · `,
          best.parents.length ? `parents ${best.parents.map((/** @type {{index: number}} */ parent) => parent.index).join(" and ")}` : "no parents"));
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
