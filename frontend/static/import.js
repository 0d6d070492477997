// @ts-check
/** Import from the original AutoLR: files in, an experiment or a grammar out, and what was left behind. */

import { request } from "./shared/api.js";
import { byId, h, show } from "./shared/dom.js";
import { counted } from "./shared/format.js";
import { keepImported } from "./shared/imported.js";
import { leftovers } from "./shared/leftovers.js";
import { copyable, failed } from "./shared/states.js";
import { zipped } from "./shared/zip.js";

/** @typedef {{path: string, file: File}} Chosen */
/** @typedef {import("./shared/documents.js").Import} Import */

const drop = byId("drop");
const status = byId("status");
let busy = false;

/** @param {Chosen[]} files */
async function bring(files) {
  if (busy || !files.length) return;
  busy = true;
  drop.classList.add("busy");
  show(byId("result"));
  status.textContent = `Reading ${counted(files.length, "file")} …`;
  try {
    const only = files.length === 1 && files[0].path.toLowerCase().endsWith(".zip") ? files[0].file : null;
    const body = only ?? (await zipped(files));
    const response = await request("/imports", { method: "POST", body, headers: { "Content-Type": "application/zip", "X-AutoLR": "1" } });
    showResult(await response.json());
  } catch (error) {
    status.textContent = "";
    show(byId("result"), failed(error));
  } finally {
    busy = false;
    drop.classList.remove("busy");
  }
}

/** @param {Import} found */
function showResult(found) {
  const runs = found.run_ids.length;
  status.textContent = runs ? `${counted(runs, "run")} imported.` : "There were no runs, so nothing was stored.";
  show(byId("result"),
    h("section", { class: "panel", "aria-labelledby": "came-title" },
      h("h2", { id: "came-title" }, found.name),
      h("div", { class: "actions" }, ...found.run_ids.map((id, place) => h("a", { class: place ? "button" : "button primary", href: `/runs/${id}` }, runs > 1 ? `See run ${place + 1}` : "See the run")),
        launchButton(found, !runs)),
      h("details", {}, h("summary", {}, "Its settings, as ours"), copyable(JSON.stringify(settings(found), null, 2))),
      found.grammar && h("details", { open: !runs }, h("summary", {}, "Its grammar in our words"), copyable(found.grammar))),
    found.not_taken_over.length > 0 && h("section", { class: "panel", "aria-labelledby": "left-title" },
      h("h2", { id: "left-title" }, "Not taken over, or not as it is"), leftovers(found.not_taken_over)));
}

/** @param {Import} found */
function settings(found) {
  return Object.fromEntries(Object.entries(found.overrides).filter(([name]) => name !== "grammar"));
}

/**
 * @param {Import} found
 * @param {boolean} first
 */
function launchButton(found, first) {
  const word = Object.keys(settings(found)).length > 1 ? "Launch with these settings" : "Launch with this grammar";
  const link = h("a", { class: first ? "button primary" : "button", href: "/launch?imported=1" }, word);
  link.addEventListener("click", () => keepImported(found.configuration));
  return link;
}

/** @param {HTMLInputElement} input */
function chosen(input) {
  const files = Array.from(input.files ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));
  input.value = "";
  bring(files);
}

/**
 * @param {FileSystemEntry} entry
 * @returns {Promise<Chosen[]>} the file, or all files below the folder
 */
async function filesOf(entry) {
  if (entry.isFile) {
    const one = /** @type {FileSystemFileEntry} */ (entry);
    const file = await new Promise((resolve, reject) => one.file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {Chosen[]} */
  const found = [];
  for (;;) {
    // A reader gives some at a time, and none at the end.
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    for (const each of some) found.push(...(await filesOf(each)));
  }
}

/** @param {DragEvent} event */
async function dropped(event) {
  event.preventDefault();
  drop.classList.remove("over");
  const entries = Array.from(event.dataTransfer?.items ?? [], (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  bring((await Promise.all(entries.map(filesOf))).flat());
}

for (const name of ["files", "folder"]) {
  const input = /** @type {HTMLInputElement} */ (byId(name));
  input.addEventListener("change", () => chosen(input));
  // Whoever was quicker than this script has chosen already, and nobody heard it.
  if (input.files?.length) chosen(input);
}
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", dropped);
