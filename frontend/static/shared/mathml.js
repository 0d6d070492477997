// @ts-check
/** A formula the API sends as MathML, rebuilt from known elements alone: markup from a server is not trusted blindly. */

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";
const ELEMENTS = new Set(["math", "mrow", "mi", "mn", "mo", "mtext", "mfrac", "msqrt", "msup", "msub", "mtable", "mtr", "mtd", "mspace", "mstyle", "mfenced", "mpadded"]);
const ATTRIBUTES = new Set(["display", "stretchy", "fence", "form", "columnalign", "displaystyle", "width", "mathvariant", "rowspacing", "columnspacing"]);

/**
 * @param {string} text
 * @returns {Element | null} null where it is no MathML that is known here
 */
export function formula(text) {
  const parsed = new DOMParser().parseFromString(text, "text/html").body.firstElementChild;
  return parsed?.localName === "math" ? /** @type {Element} */ (rebuilt(parsed)) : null;
}

/**
 * @param {Node} node
 * @returns {Node}
 */
function rebuilt(node) {
  if (!(node instanceof Element)) return document.createTextNode(node.textContent ?? "");
  if (!ELEMENTS.has(node.localName)) return document.createTextNode(node.textContent ?? "");
  const element = document.createElementNS(NAMESPACE, node.localName);
  for (const { name, value } of node.attributes) if (ATTRIBUTES.has(name)) element.setAttribute(name, value);
  element.append(...Array.from(node.childNodes, rebuilt));
  return element;
}
