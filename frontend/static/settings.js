// @ts-check
/** The settings of this browser: the theme. */

import { byId } from "./shared/dom.js";

const radios = /** @type {HTMLInputElement[]} */ ([...byId("theme").querySelectorAll("input")]);

function kept() {
  try {
    return localStorage.getItem("theme") ?? "system";
  } catch {
    return "system";
  }
}

/** @param {string} theme */
function keep(theme) {
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    byId("theme").querySelector(".about")?.replaceChildren("This browser keeps nothing, so the theme cannot be chosen here.");
  }
  document.dispatchEvent(new Event("themechosen"));
}

for (const radio of radios) {
  radio.checked = radio.value === kept();
  radio.addEventListener("change", () => keep(radio.value));
}
