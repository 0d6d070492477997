// @ts-check
/** The REST API: every reply as a value, every failure as a `Refusal` that says in one sentence what happened. */

const BASE = "/api/v1";

/** Why a request got no answer. */
export class Refusal extends Error {
  /**
   * @param {string} detail one plain sentence
   * @param {number} status the HTTP status; 0 if the server was not reached
   * @param {import("./documents.js").Fault[]} faults
   */
  constructor(detail, status, faults = []) {
    super(detail);
    this.status = status;
    this.faults = faults;
  }
}

/**
 * @param {string} path below /api/v1
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
export async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(BASE + path, { cache: "no-cache", ...options });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refusal("The server does not answer. It may have been stopped; this page tries again by itself.", 0);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

/**
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function get(path, signal) {
  return (await request(path, { signal })).json();
}

/**
 * @param {string} path
 * @param {unknown} [body]
 * @param {{signal?: AbortSignal, headers?: Record<string, string>}} [options]
 * @returns {Promise<any>}
 */
export async function post(path, body = {}, { signal, headers = {} } = {}) {
  const content = JSON.stringify(body);
  const response = await request(path, {
    method: "POST", body: content, signal, headers: { "Content-Type": "application/json", ...headers },
  });
  return response.json();
}

/**
 * Fetch a list page by page.
 * @param {string} path
 * @param {number} most items after which it is enough
 * @returns {Promise<any[]>}
 */
export async function list(path, most = 1000) {
  /** @type {any[]} */
  const items = [];
  let token = null;
  do {
    const page = await get(token ? `${path}${path.includes("?") ? "&" : "?"}page_token=${encodeURIComponent(token)}` : path);
    items.push(...page.items);
    token = page.next_page_token;
  } while (token && items.length < most);
  return items;
}

/** A key that makes a repeated POST harmless. `crypto.randomUUID` exists on secure origins only. */
export function idempotencyKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {Response} response
 * @returns {Promise<Refusal>}
 */
async function refusal(response) {
  const document = await response.json().catch(() => null);
  const detail = document?.detail ?? `The server answered ${response.status} ${response.statusText}.`;
  return new Refusal(detail, response.status, document?.errors ?? []);
}
