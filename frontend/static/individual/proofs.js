// @ts-check
/** The files to take away, and whether each computes what it should: a worker runs it beside our own arithmetic. */

import { get, post } from "../shared/api.js";
import { announce, byId, h, show } from "../shared/dom.js";
import { paced } from "../shared/pace.js";
import { failed, stateMark } from "../shared/states.js";

/** @typedef {import("../shared/documents.js").Proof} Proof */

export const FORMATS = /** @type {Record<string, string>} */ ({ keras: "Keras", torch: "PyTorch", optax: "Optax" });

/**
 * @param {number} id
 * @param {() => void} onUnderWay called whenever something is being proven
 * @returns {{refresh: () => void, exported: (format: string) => void}} `exported` when a file is taken away
 */
export function proofs(id, onUnderWay) {
  const place = byId("proofs");
  /** @type {Proof[]} */
  let known = [];

  const refresh = paced(500, async () => {
    try {
      know((await get(`/individuals/${id}/proofs`)).items);
    } catch (error) {
      show(place, failed(error, refresh));
    }
  });

  /** @param {string} format */
  async function request(format) {
    try {
      know((await post(`/individuals/${id}/proofs`, { format })).items);
    } catch (error) {
      show(place, failed(error, refresh));
    }
  }

  /** @param {Proof[]} now */
  function know(now) {
    for (const before of known) {
      const proof = now.find((one) => one.format === before.format);
      if (isUnderWay(before) && proof?.text) announce(`${FORMATS[proof.format]}: ${proof.text}`);
    }
    known = now;
    if (known.some(isUnderWay)) onUnderWay();
    show(place, h("dl", { class: "pairs proofs" }, known.flatMap((proof) => line(proof, request))));
  }

  return {
    refresh,
    exported(format) {
      if (known.some((proof) => proof.format === format && canBeAsked(proof))) request(format);
    },
  };
}

/** @param {Proof} proof */
const isUnderWay = ({ state }) => state === "pending" || state === "running";

/** @param {Proof} proof */
const canBeAsked = ({ state, outcome }) => state === "none" || outcome === "not_proven";

/**
 * @param {Proof} proof
 * @param {(format: string) => void} request
 */
function line(proof, request) {
  const name = FORMATS[proof.format] ?? proof.format;
  const word = proof.outcome ? "Try again" : "Prove it";
  const button = canBeAsked(proof) && h("button", { class: "button small", type: "button", "aria-label": `${word}: ${name}`, click: () => request(proof.format) }, word);
  return [h("dt", { "data-key": proof.format }, name), h("dd", { class: "state-line", "data-key": `${proof.format} proof` }, said(proof), button)];
}

/** @param {Proof} proof */
function said({ state, outcome, text }) {
  if (state === "none") return h("span", { class: "muted" }, "not proven yet");
  if (state === "pending") return stateMark("running", "waits for a worker");
  if (state === "running") return stateMark("running", "being proven");
  const mark = outcome === "proven" ? "finished" : outcome === "wrong" ? "failed" : "stopped";
  return stateMark(mark, text ?? "");
}
