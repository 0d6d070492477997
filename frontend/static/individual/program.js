// @ts-check
/** What a page says of a schedule program alone: what it reads, and its tree with the dead parts. */

import { get } from "../shared/api.js";
import { byId, h, show, svg } from "../shared/dom.js";
import { counted } from "../shared/format.js";
import { empty, failed } from "../shared/states.js";

/** @typedef {import("../shared/documents.js").WholeIndividual} Individual */
/** @typedef {import("../shared/documents.js").Tree} Tree */
/** @typedef {import("../shared/documents.js").TreeNode} TreeNode */

const READS = /** @type {Record<string, string>} */ ({
  loss: "the loss of the batch before", val_loss: "the validation loss of the epoch before",
  epoch: "the number of the epoch, from 0", epoch_share: "the epoch by the planned epochs",
});
const ROW = 26;
const GAP = 28;
const LETTER = 7.6;

/** @param {Individual} one */
export function symbols({ program }) {
  const read = (program?.reads ?? []).map((name) => `${name}: ${READS[name] ?? name}`);
  return [...(read.length ? read : ["it reads nothing"]), "the rate is kept between 0 and 1; what is no finite number becomes 1 where it comes up"].join(" · ");
}

/** @param {Individual} one */
export function unfoldTree(one) {
  const place = byId("tree");
  const unfold = async () => {
    try {
      show(place, ...drawing(one, await get(`/individuals/${one.id}/tree`)));
    } catch (error) {
      show(place, failed(error, unfold));
    }
  };
  if (one.program) unfold();
  else show(place, empty("It has no tree."));
}

/**
 * @param {Individual} one
 * @param {Tree} tree
 */
function drawing({ program }, tree) {
  if (!program) return [];
  const size = `${counted(program.nodes, "node")}, depth ${program.depth}`;
  const dead = program.dead ? `${counted(program.dead, "node")} ${program.dead === 1 ? "is" : "are"} dead` : "none is dead";
  const cut = tree.left_out ? ` Drawn are the nodes nearest to the root; ${counted(tree.left_out, "node")} further away ${tree.left_out === 1 ? "is" : "are"} left out.` : "";
  return [
    h("p", {}, `${size}; ${dead}, ${counted(program.left, "node")} ${program.left === 1 ? "is" : "are"} left when it is simplified.${cut}`),
    h("div", { class: "tree", tabindex: "0", role: "region", "aria-label": "Drawing of the tree" }, picture(tree, `Tree of ${size}, its root at the left; ${dead}. The outline below says the same in words.`)),
    h("details", {}, h("summary", {}, "as an outline"), h("pre", { class: "code", tabindex: "0", "aria-label": "Outline of the tree" }, outline(tree.nodes))),
  ];
}

/**
 * @param {Tree} tree
 * @param {string} label
 */
function picture({ nodes, levels, rows }, label) {
  const widths = Array.from({ length: levels }, (_, level) => Math.max(...nodes.filter((node) => node.level === level).map(({ label: text }) => width(text))));
  const lefts = widths.map((_, level) => widths.slice(0, level).reduce((sum, one) => sum + one + GAP, 1));
  const boxes = nodes.map((node) => ({ x: lefts[node.level], y: node.row * ROW + ROW / 2, width: width(node.label) }));
  const right = lefts[levels - 1] + widths[levels - 1] + 1;
  return svg("svg", { role: "img", "aria-label": label, width: right, height: rows * ROW, viewBox: `0 0 ${right} ${rows * ROW}` },
    nodes.map((node, place) => node.parent !== null && edge(boxes[node.parent], boxes[place], lefts[node.level], node.dead)),
    nodes.map((node, place) => box(node, boxes[place])));
}

/** @param {string} text */
const width = (text) => Math.max(24, Math.ceil(text.length * LETTER) + 12);

/**
 * @param {{x: number, y: number, width: number}} from
 * @param {{x: number, y: number}} to
 * @param {number} left where the column of `to` begins
 * @param {boolean} dead
 */
const edge = (from, to, left, dead) =>
  svg("path", { class: dead ? "edge dead" : "edge", d: `M${from.x + from.width},${from.y}H${left - GAP / 2}V${to.y}H${to.x}` });

/**
 * @param {TreeNode} node
 * @param {{x: number, y: number, width: number}} at
 */
function box({ label, kind, dead, note }, at) {
  const said = [note, dead ? "dead" : null].filter(Boolean).join("; ");
  return svg("g", { class: `node ${kind}${dead ? " dead" : ""}` },
    said && svg("title", {}, `${label}: ${said}`),
    svg("rect", { x: at.x, y: at.y - 10, width: at.width, height: 20, rx: kind === "operator" ? 10 : 2 }),
    svg("text", { x: at.x + at.width / 2, y: at.y + 4.5, "text-anchor": "middle" }, label));
}

/** @param {TreeNode[]} nodes */
const outline = (nodes) => nodes.map(({ level, label, note, dead }) => `${"  ".repeat(level)}${label}${note ? ` (${note})` : ""}${dead ? "  – dead" : ""}`).join("\n");
