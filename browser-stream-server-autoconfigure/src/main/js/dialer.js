// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Backoff } from "./backoff.js";
import { report } from "./emitter.js";
import { SUBPROTOCOL } from "./wire.js";
import { Inquiry, refusal } from "./inquiry.js";
import { DIAL_ANYWAY, LOGIN_PAUSE } from "./limits.js";

/** @import { Environment } from "./boot.js" */
/** @import { StreamError } from "./errors.js" */
/** @import { Fetch } from "./inquiry.js" */

/** What the application finds a token by among the subprotocols. */
const TOKEN_PREFIX = "token.";

/**
 * @param {unknown} token
 * @returns {string}
 */
export function checkToken(token) {
  if (typeof token === "string" && /^[\w.~-]+$/.test(token)) return token;
  throw new TypeError("a token must be letters, digits and -._~ alone");
}

/**
 * @typedef {object} DialerOwner
 * @property {(socket: WebSocket) => void} dialed a handshake has begun
 * @property {(error: StreamError) => void} refused there is no connection, and why; it is tried again
 */

/** Makes WebSockets: when, with which token, and what to say when one does not come about. */
export class Dialer {
  #uri;
  #environment;
  #owner;
  #backoff;
  /** @type {Inquiry | undefined} */
  #inquiry;
  /** @type {any} */
  #timer;
  /** Counts attempts: what was begun for an earlier one has no effect. */
  #attempt = 0;
  /** Whether an attempt waits for its time, or for an answer. */
  #pending = false;
  /** When there was a handshake, or a connection, last. */
  #lastDialed = -DIAL_ANYWAY;
  /** Handshakes that failed although the application says that it takes them. */
  #unexplained = 0;
  /** Of the last handshake. @type {string | undefined} */
  #token;

  /**
   * @param {string} uri ws: or wss:
   * @param {Environment} environment
   * @param {AbortSignal} signal ends what is listened to
   * @param {DialerOwner} owner
   */
  constructor(uri, environment, signal, owner) {
    this.#uri = uri;
    this.#environment = environment;
    this.#owner = owner;
    this.#backoff = new Backoff(environment.clock.random);
    if (environment.fetch) this.#inquiry = new Inquiry(uri, /** @type {Environment & { fetch: Fetch }} */ (environment), signal);
  }

  /**
   * Begins a handshake.
   * @throws a SyntaxError when the address can be none, a TypeError when the token can be none
   */
  dial() {
    const { token } = this.#environment;
    if (typeof token === "function") this.#dialWith(token, ++this.#attempt);
    else this.#open(token === undefined ? undefined : checkToken(token));
  }

  /**
   * Tries again.
   * @param {number} [least] milliseconds to wait at least
   */
  dialLater(least = 0) {
    this.#begin();
    this.#timer = this.#environment.clock.setTimeout(() => this.#redial(), Math.max(least, this.#backoff.next()));
  }

  /** Tries again at once, if it would later. */
  hurry() {
    if (!this.#pending) return;
    this.#backoff.reset();
    this.#redial();
  }

  /** A connection held: the next loss is another story. */
  reset() {
    this.#backoff.reset();
    this.#unexplained = 0;
    this.#lastDialed = this.#environment.clock.now();
  }

  /**
   * @returns {Promise<boolean>} whether the application answers, so that a handshake which does not end is held back by the browser
   */
  async isAnswered() {
    return !!(await this.#inquiry?.ask())?.status;
  }

  /** Tries no more until it is told to. */
  stop() {
    this.#attempt++;
    this.#pending = false;
    this.#environment.clock.clearTimeout(this.#timer);
  }

  #redial() {
    if (this.#inquiry && this.#environment.clock.now() - this.#lastDialed < DIAL_ANYWAY) this.explain(false);
    else {
      this.#begin();
      this.dial();
    }
  }

  #begin() {
    this.stop();
    this.#pending = true;
  }

  /**
   * Asks the application, says why there is no connection, and tries again later; or at once, if nothing is known against it.
   * @param {boolean} [failed] whether a handshake has failed just now
   */
  async explain(failed = true) {
    this.#begin();
    const attempt = this.#attempt;
    const answer = (await this.#inquiry?.ask(failed ? this.#token : undefined)) ?? { status: 0 };
    if (attempt !== this.#attempt) return;
    if (!failed && !this.#inquiry?.isAway(answer)) {
      this.dial();
      return;
    }
    this.#unexplained = answer.ours && answer.status === 200 ? this.#unexplained + 1 : 0;
    const error = refusal(answer, this.#uri);
    this.dialLater(error.code === "REFUSED" ? LOGIN_PAUSE * (0.5 + this.#environment.clock.random() / 2) : 0);
    // At first it may have come back in this very moment.
    if (this.#unexplained !== 1) this.#owner.refused(error);
  }

  /**
   * A token may be good for a short time only, so each connection has one of its own.
   * @param {() => string | Promise<string>} token
   * @param {number} attempt
   */
  async #dialWith(token, attempt) {
    let text;
    try {
      text = checkToken(await token());
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.dialLater();
      report(error);
    }
    if (attempt === this.#attempt) this.#open(text);
  }

  /** @param {string | undefined} token */
  #open(token) {
    const { WebSocket, clock } = this.#environment;
    this.#token = token;
    this.#lastDialed = clock.now();
    let socket;
    try {
      socket = new WebSocket(this.#uri, token === undefined ? SUBPROTOCOL : [SUBPROTOCOL, TOKEN_PREFIX + token]);
    } catch (error) {
      // Of an address that can be none boot() tells at once. What else is refused now, a change of policy or of the network may allow later.
      if (this.#attempt === 0 && /** @type {Error | undefined} */ (error)?.name === "SyntaxError") throw error;
      this.dialLater();
      // Later, so that whoever has just called boot() can hear it.
      queueMicrotask(() => this.#owner.refused(refusal({ status: 0, message: String(error), cause: error }, this.#uri)));
      return;
    }
    this.#pending = false;
    this.#owner.dialed(socket);
  }
}
