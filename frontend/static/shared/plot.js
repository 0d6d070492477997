// @ts-check
/** Charts: a figure of the API drawn by Plotly in the theme's colours, again only when it changed. */

import { request } from "./api.js";
import { h, show } from "./dom.js";
import { paced } from "./pace.js";
import { empty, failed } from "./states.js";

const CONFIG = {
  displaylogo: false,
  // Plotly offers to upload a chart to its maker's servers. What is drawn here stays here.
  showSendToCloud: false,
  plotlyServerURL: "",
  responsive: true,
  modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d"],
};

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

/**
 * The figure in the colours of the theme: traces by their role, the rest from the page.
 * @param {any} figure
 */
function painted(figure) {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const scale = Array.from({ length: 7 }, (_, place) => [place / 6, colour(`--fitness-${place}`)]);
  const data = figure.data.map((/** @type {any} */ trace) =>
    trace.type === "heatmap" ? { ...trace, colorscale: scale } : repainted(trace, colour(`--series-${trace.meta?.role}`)));
  const template = structuredClone(figure.layout.template);
  const family = getComputedStyle(document.body).fontFamily;
  const axis = { color: colour("--muted"), gridcolor: colour("--line"), linecolor: colour("--line-strong") };
  Object.assign(template.layout, {
    font: { ...template.layout.font, family, color: colour("--text") },
    hoverlabel: { ...template.layout.hoverlabel, bgcolor: colour("--panel"), bordercolor: colour("--line-strong"), font: { family, color: colour("--text") } },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: colour("--muted"), activecolor: colour("--accent") },
    xaxis: { ...template.layout.xaxis, ...axis },
    yaxis: { ...template.layout.yaxis, ...axis },
  });
  return { data, layout: { ...figure.layout, template, autosize: true } };
}

/**
 * @param {any} trace
 * @param {string} colour
 */
function repainted(trace, colour) {
  if (!colour) return trace;
  const changed = { ...trace };
  if (trace.fillcolor) changed.fillcolor = colour;
  if (trace.line) changed.line = { ...trace.line, color: colour };
  if (trace.marker) changed.marker = { ...trace.marker, color: colour };
  return changed;
}
