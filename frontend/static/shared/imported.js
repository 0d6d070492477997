// @ts-check
/** A configuration on its way from the import page to the launch form, within this tab. */

const KEY = "autolr.imported";

/** @param {unknown} configuration */
export function keepImported(configuration) {
  sessionStorage.setItem(KEY, JSON.stringify(configuration));
}

/** @returns {any} the configuration that was imported last, null if there is none */
export function importedConfiguration() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
}
