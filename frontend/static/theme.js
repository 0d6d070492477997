// Sets the theme before the first paint; a classic script, because modules run after it.
"use strict";
(() => {
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  /** The choice kept in this browser: "light", "dark", or "system" where there is none. */
  function chosen() {
    try {
      const kept = localStorage.getItem("theme");
      return kept === "light" || kept === "dark" ? kept : "system";
    } catch {
      return "system"; // storage is switched off
    }
  }

  function apply() {
    const choice = chosen();
    const theme = choice === "system" ? (system.matches ? "dark" : "light") : choice;
    if (document.documentElement.dataset.theme === theme) return;
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new Event("themechange"));
  }

  system.addEventListener("change", apply);
  window.addEventListener("storage", apply); // chosen in another tab
  document.addEventListener("themechosen", apply);
  apply();
})();
