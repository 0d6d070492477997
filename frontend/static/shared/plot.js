// @ts-check
/** Charts: a figure of the API drawn by Plotly in the theme's colours, again only when it changed. */

import { request } from "./api.js";
import { h, show } from "./dom.js";
import { paced } from "./pace.js";
import { CONFIG, heightOf, painted } from "./painting.js";
import { empty, failed } from "./states.js";

/** @type {Promise<any> | null} */
let loading = null;

/** Plotly, loaded once, when the first chart needs it. */
function plotly() {
  loading ??= new Promise((resolve, reject) => {
    const script = h("script", { src: document.body.dataset.plotly });
    script.onload = () => resolve(/** @type {any} */ (window).Plotly);
    script.onerror = () => reject(new Error("Plotly's script could not be loaded."));
    document.head.append(script);
  });
  return loading;
}

/**
 * @param {HTMLElement} place
 * @param {object} options
 * @param {string} options.url below /api/v1
 * @param {string} options.label what the chart shows, for those who cannot see it
 * @param {string} options.nothing what to say while there is nothing to draw
 * @param {(point: any) => void} [options.onClick]
 * @returns {{refresh: () => void, turnTo: (url: string) => void}}
 */
export function chart(place, { url, label, nothing, onClick }) {
  let address = url;
  let tag = "";
  /** @type {any} */
  let figure = null;
  /** @type {HTMLElement | null} */
  let canvas = null;

  async function draw() {
    const Plotly = await plotly();
    const { data, layout } = painted(figure);
    place.style.minHeight = heightOf(figure);
    if (canvas) return Plotly.react(canvas, data, layout, CONFIG);
    canvas = h("div", { class: "fill", style: "width:100%;height:100%" });
    place.replaceChildren(canvas);
    await Plotly.newPlot(canvas, data, layout, CONFIG);
    if (onClick) /** @type {any} */ (canvas).on("plotly_click", (/** @type {any} */ event) => onClick(event.points[0]));
  }

  function clear(/** @type {HTMLElement} */ instead) {
    canvas = null;
    show(place, instead);
  }

  async function update() {
    try {
      const response = await request(address);
      const newTag = `${address} ${response.headers.get("ETag") ?? performance.now()}`;
      if (newTag === tag) return;
      figure = await response.json();
      await (isEmpty(figure) ? clear(empty(nothing)) : draw());
      tag = newTag;
    } catch (error) {
      tag = "";
      // A chart that stands is worth more than a message in its place; the head says that the connection is lost.
      if (!canvas) clear(failed(error, refresh));
    }
  }

  const refresh = paced(1000, update);
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", label);
  document.addEventListener("themechange", () => canvas && draw());
  refresh();
  return {
    refresh,
    turnTo: (other) => {
      address = other;
      refresh();
    },
  };
}

/** @param {any} figure */
function isEmpty(figure) {
  return figure.data.every((/** @type {any} */ trace) =>
    trace.z ? trace.z.flat().every((/** @type {number | null} */ value) => value === null) : !trace.y?.length && !trace.y?.bdata);
}
