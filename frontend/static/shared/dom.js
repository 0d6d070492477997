// @ts-check
/** Elements without HTML text: whatever a user wrote stays text. */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `null`, `undefined` and `false` are left out; functions become listeners
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  return /** @type {HTMLElement} */ (filled(document.createElement(tag), attributes, children));
}

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  return /** @type {SVGElement} */ (filled(element, attributes, children));
}

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`This page has no element #${id}.`);
  return /** @type {T} */ (element);
}

/**
 * Show these children, and keep those already shown that are the same: focus, selection and scrolling survive.
 * Children are matched by `data-key` where they have one, else by their place.
 * @param {Element} parent
 * @param {...(Child | Child[])} children
 */
export function show(parent, ...children) {
  const fresh = nodes(children);
  const old = new Map(Array.from(parent.childNodes, (node, place) => [keyOf(node, place), node]));
  const shown = fresh.map((node, place) => reused(old.get(keyOf(node, place)), node));
  shown.forEach((node, place) => {
    if (parent.childNodes[place] !== node) parent.insertBefore(node, parent.childNodes[place] ?? null);
  });
  while (parent.childNodes.length > shown.length) parent.lastChild?.remove();
  parent.removeAttribute("aria-busy");
}

/**
 * Let screen readers say something, once.
 * @param {string} sentence
 */
export function announce(sentence) {
  const announcer = byId("announcer");
  if (announcer.textContent !== sentence) announcer.textContent = sentence;
}

/**
 * @param {Element} element
 * @param {Record<string, any>} attributes
 * @param {(Child | Child[])[]} children
 */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...nodes(children));
  return element;
}

/** @param {(Child | Child[])[]} children */
function nodes(children) {
  return children.flat().filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

/**
 * @param {Node} node
 * @param {number} place
 */
function keyOf(node, place) {
  return (node instanceof Element && node.getAttribute("data-key")) || `at ${place}`;
}

/**
 * @param {ChildNode | undefined} old
 * @param {Node} fresh
 * @returns {Node}
 */
function reused(old, fresh) {
  if (!old) return fresh;
  // Equal nodes may carry different listeners only where these close over what the key stands for: the same thing.
  if (old.isEqualNode(fresh)) return old;
  if (old instanceof Element && fresh instanceof Element && old.contains(document.activeElement)) keepFocus(old, fresh);
  return fresh;
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function keepFocus(old, fresh) {
  const reachable = "a[href], button, input, select, textarea, summary, [tabindex]";
  const place = [old, ...old.querySelectorAll(reachable)].indexOf(/** @type {Element} */ (document.activeElement));
  const target = [fresh, ...fresh.querySelectorAll(reachable)][place];
  if (target instanceof HTMLElement) queueMicrotask(() => target.focus({ preventScroll: true }));
}

/** A number that is copied alone is copied whole: `<data value>` holds all its digits. */
document.addEventListener("copy", (event) => {
  const selection = document.getSelection();
  const whole = selection?.anchorNode?.parentElement?.closest("data");
  if (!whole || whole !== selection?.focusNode?.parentElement?.closest("data")) return;
  event.clipboardData?.setData("text/plain", whole.value);
  event.preventDefault();
});
