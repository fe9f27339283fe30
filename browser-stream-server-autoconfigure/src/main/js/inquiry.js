// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { ErrorCode, StreamError } from "./errors.js";

/** @import { Clock } from "./clock.js" */
/** @import { ErrorName } from "./errors.js" */

/** Milliseconds until a request counts as unanswered. */
const PATIENCE = 4_000;

/** What the application says in its answers, so that nobody else's are taken for them. */
const SERVICE = "browser-stream-server";

/** What a redirect is reported as: a browser does not tell which one it was. */
const REDIRECT = 302;

/** Characters of the application's message that are kept. */
const MAX_MESSAGE = 300;

/**
 * What was answered over HTTP.
 * @typedef {object} Answer
 * @property {number} status that the handshake gets too; 302 stands for every redirect
 * @property {boolean} [ours] whether the stream server itself answered, and not a proxy, a login or another application
 * @property {ErrorName} [code] only if it is ours
 * @property {string} [message] only if it is ours
 */

/** @typedef {(uri: string, init: RequestInit) => Promise<Response>} Fetch */

/**
 * Asks the application over HTTP what a handshake would get (docs/protocol.md, section 1): a browser does not tell a page why its handshake was
 * refused, and Firefox delays new WebSockets after failed ones, but no requests.
 */
export class Inquiry {
  #fetch;
  #address;
  #clock;
  #events;
  /** Whether no answer means that the application is away. Elsewhere CORS may hide the answer. */
  #trusted;

  /** Whether the page's Content-Security-Policy allows no requests, as it may while it allows WebSockets. */
  blind = false;

  /**
   * @param {string} uri ws: or wss:
   * @param {Fetch} fetch
   * @param {Clock} clock
   * @param {EventTarget | undefined} events where "securitypolicyviolation" is heard
   */
  constructor(uri, fetch, clock, events) {
    this.#fetch = fetch;
    this.#address = uri.replace(/^ws/, "http");
    this.#clock = clock;
    this.#events = events;
    const page = globalThis.location?.origin;
    this.#trusted = page === undefined || page === new URL(this.#address).origin;
    events?.addEventListener("securitypolicyviolation", this.#onViolation);
  }

  /** Whether no answer means that nothing is there. */
  get decisive() {
    return this.#trusted && !this.blind;
  }

  /**
   * @param {string} [token] with which the handshake was made
   * @returns {Promise<Answer | undefined>} undefined when nothing answered
   */
  async ask(token) {
    const fetch = this.#fetch;
    const aborter = new AbortController();
    const timer = this.#clock.setTimeout(() => aborter.abort(), PATIENCE);
    try {
      const response = await fetch(this.#address, {
        method: "POST",
        headers: token === undefined ? {} : { "Stream-Token": token },
        credentials: "include",
        cache: "no-store",
        redirect: "manual",
        signal: aborter.signal,
      });
      this.#trusted = true;
      return response.type === "opaqueredirect" ? { status: REDIRECT } : await read(response);
    } catch {
      return undefined;
    } finally {
      this.#clock.clearTimeout(timer);
    }
  }

  close() {
    this.#events?.removeEventListener("securitypolicyviolation", this.#onViolation);
  }

  #onViolation = (/** @type {Event} */ event) => {
    const { blockedURI, effectiveDirective } = /** @type {SecurityPolicyViolationEvent} */ (event);
    if (effectiveDirective === "connect-src" && blockedURI && this.#address.startsWith(blockedURI)) this.blind = true;
  };
}

/**
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
async function read(response) {
  const { status } = response;
  if (!/json/.test(response.headers.get("Content-Type") ?? "")) {
    response.body?.cancel().catch(() => {});
    return { status };
  }
  const body = await response.json().catch(() => undefined);
  if (body?.service !== SERVICE) return { status };
  const code = body.code in ErrorCode ? body.code : undefined;
  return { status, ours: true, code, message: String(body.message ?? "").slice(0, MAX_MESSAGE) };
}

/**
 * @param {Answer} answer
 * @returns {boolean} whether a handshake is of no use now: the application is not there yet, or takes nobody
 */
export function isAway({ status, ours }) {
  return ours ? status === 429 || status === 503 : status >= 500;
}

/**
 * Why there is no connection.
 * @param {Answer | undefined} answer
 * @param {string} uri
 * @returns {StreamError}
 */
export function refusal(answer, uri) {
  if (!answer) return new StreamError("CONNECTION_LOST", `nothing answers at ${uri}, or the page may not connect to it; it is tried again`);
  const { status, ours } = answer;
  const code = answer.code ?? codeOf(answer);
  const what = answer.message || textOf(code, status, ours);
  return new StreamError(code, `${uri} ${ours ? "refused the handshake" : "does not answer as a stream server"} (${status}): ${what}`, { status });
}

/**
 * @param {Answer} answer
 * @returns {ErrorName}
 */
function codeOf({ status, ours }) {
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) return "REFUSED";
  if (status === 404) return "NO_SUCH_ROUTE";
  if (status === 429) return "LIMIT";
  if (status >= 500) return ours ? "INTERNAL" : "CONNECTION_LOST";
  return "PROTOCOL_ERROR";
}

/**
 * @param {ErrorName} code
 * @param {number} status
 * @param {boolean | undefined} ours
 */
function textOf(code, status, ours) {
  if (status === 200 && ours) return "WebSockets do not get through; look at the proxies between";
  if (code === "REFUSED") return "a login or a right is missing; it is tried again";
  if (code === "NO_SUCH_ROUTE") return "check the address, and the property browser-stream-server.prefix";
  if (code === "CONNECTION_LOST") return "the application is away; it is tried again";
  return "check the address, and what stands between";
}
