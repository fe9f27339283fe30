// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { ErrorCode, StreamError } from "./errors.js";
import { INQUIRY_TIMEOUT, MAX_REASON_TEXT, REDIRECT_STATUS } from "./limits.js";

/** @import { Clock } from "./clock.js" */
/** @import { ErrorName } from "./errors.js" */

/** What the application says in its answers, so that nobody else's are taken for them. */
const SERVICE = "browser-stream-server";

/**
 * What was answered over HTTP.
 * @typedef {object} Answer
 * @property {number} status that the handshake gets too; 302 stands for every redirect, 0 for no answer
 * @property {boolean} [ours] whether the stream server itself answered, and not a proxy, a login or another application
 * @property {ErrorName} [code] only if it is ours
 * @property {string} [message] only if it is ours, or of the platform
 */

/** @typedef {(uri: string, init: RequestInit) => Promise<Response>} Fetch */

/**
 * Asks the application over HTTP what a handshake would get (docs/protocol.md, section 1): a browser does not tell a page why its handshake was
 * refused, and Firefox delays new WebSockets after failed ones, but no requests.
 */
export class Inquiry {
  #environment;
  #address;
  /** Whether no answer means that the application is away. Elsewhere CORS may hide the answer. */
  #trusted;
  /** So that a login with HTTP's Basic does not make the browser ask for a password. Elsewhere CORS would not let it pass. @type {Record<string, string>} */
  #headers;
  /** Whether the page's Content-Security-Policy allows no requests, as it may while it allows WebSockets. */
  #blind = false;

  /**
   * @param {string} uri ws: or wss:
   * @param {{ fetch: Fetch, clock: Clock, events: Partial<EventTarget> }} environment "securitypolicyviolation" is heard on `events`
   * @param {AbortSignal} signal ends that
   */
  constructor(uri, environment, signal) {
    this.#environment = environment;
    const address = new URL(uri.replace("ws", "http"));
    // Not the location's: a sandboxed frame has another. Outside a page the WebSocket may know ways that `fetch` does not.
    this.#trusted = globalThis.origin === address.origin;
    this.#headers = this.#trusted ? { "X-Requested-With": "XMLHttpRequest" } : {};
    // With them `fetch` takes no address.
    address.username = address.password = "";
    this.#address = address.href;
    environment.events.addEventListener?.("securitypolicyviolation", (event) => this.#violated(event), { signal });
  }

  /**
   * @param {string} [token] with which the handshake was made
   * @returns {Promise<Answer>}
   */
  async ask(token) {
    if (this.#blind) return { status: 0 };
    const { fetch, clock } = this.#environment;
    const aborter = new AbortController();
    const timer = clock.setTimeout(() => aborter.abort(), INQUIRY_TIMEOUT);
    try {
      const response = await fetch(this.#address, {
        method: "POST",
        headers: token === undefined ? this.#headers : { ...this.#headers, "Stream-Token": token },
        credentials: "include",
        redirect: "manual",
        signal: aborter.signal,
      });
      this.#trusted = true;
      return await read(response);
    } catch {
      return { status: 0 };
    } finally {
      clock.clearTimeout(timer);
    }
  }

  /**
   * @param {Answer} answer
   * @returns {boolean} whether a handshake is of no use now: the application is not there yet, or takes nobody
   */
  isAway({ status, ours }) {
    if (!status) return this.#trusted && !this.#blind;
    return ours ? status === 429 || status === 503 : status >= 500;
  }

  /** @param {Event} event */
  #violated(event) {
    const { blockedURI, effectiveDirective } = /** @type {SecurityPolicyViolationEvent} */ (event);
    if (effectiveDirective === "connect-src" && blockedURI && this.#address.startsWith(blockedURI)) this.#blind = true;
  }
}

/**
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
async function read(response) {
  // A redirect that is not followed has the status 0.
  const status = response.status || REDIRECT_STATUS;
  const isJson = /json/.test(String(response.headers.get("Content-Type")));
  const body = await (isJson ? response.json() : response.body?.cancel())?.catch(() => {});
  if (body?.service !== SERVICE) return { status };
  return { status, ours: true, code: body.code in ErrorCode ? body.code : undefined, message: `${body.message ?? ""}`.slice(0, MAX_REASON_TEXT) };
}

/**
 * Why there is no connection.
 * @param {Answer & { cause?: unknown }} answer
 * @param {string} uri
 * @returns {StreamError}
 */
export function refusal(answer, uri) {
  const { status } = answer;
  const [code, text] = explanation(answer);
  const why = (answer.message || text) + (status ? ` (${status})` : "");
  return new StreamError(answer.code ?? code, `no connection to ${uri}, which is tried again: ${why}`, answer);
}

/**
 * What an answer says by itself, without a code and a message of the application.
 * @param {Answer} answer
 * @returns {[ErrorName, string]}
 */
function explanation({ status, ours }) {
  if (!status) return ["CONNECTION_LOST", "nothing answers, or the page may not connect"];
  if (status === 200 && ours) return ["PROTOCOL_ERROR", "no WebSocket gets through; check the proxies between"];
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) return ["REFUSED", "a login or a right is missing; tried within 30 s"];
  if (status === 404) return ["NO_SUCH_ROUTE", "check the address and browser-stream-server.prefix"];
  if (status >= 500) return ["CONNECTION_LOST", "a proxy answers; the application is away"];
  return [status === 429 ? "LIMIT" : "PROTOCOL_ERROR", "no stream server answers; check the address and the proxies between"];
}
