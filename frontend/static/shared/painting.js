// @ts-check
/**
 * A figure of the API in the colours of the page that shows it. It needs nothing else, and imports nothing: a report in one
 * file holds it as it is.
 */

export const CONFIG = {
  displaylogo: false,
  // Plotly offers to upload a chart to its maker's servers. What is drawn here stays here.
  showSendToCloud: false,
  plotlyServerURL: "",
  responsive: true,
  modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d"],
};

/**
 * The figure in the colours of the theme: traces by their role, the rest from the page.
 * @param {any} figure
 */
export function painted(figure) {
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
 * What a figure with a row for each of many things needs at least, for CSS; empty where any height will do.
 * @param {any} figure
 */
export const heightOf = (figure) => (figure.layout.meta?.least_height ? `${figure.layout.meta.least_height}px` : "");

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
