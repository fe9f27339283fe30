// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Backoff } from "./backoff.js";
import { report } from "./emitter.js";
import { StreamError } from "./errors.js";
import { SUBPROTOCOL } from "./frames.js";
import { Inquiry, isAway, refusal } from "./inquiry.js";

/** @import { Environment, Token } from "./boot.js" */

/** What the application finds a token by among the subprotocols. */
const TOKEN_PREFIX = "token.";

/** Milliseconds to wait at most after a refusal that only a login ends. */
const LOGIN_PAUSE = 30_000;

/** Milliseconds after which a handshake is tried whatever HTTP says: what stands between may treat the two differently. */
const ANYWAY = 60_000;

/**
 * @param {unknown} token
 * @returns {string}
 */
export function checkToken(token) {
  if (typeof token === "string" && /^[\w.~-]+$/.test(token)) return token;
  throw new TypeError("a token must be a text of letters, digits and -._~");
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
  #lastDialed = Number.NEGATIVE_INFINITY;
  /** Handshakes that failed although the application says that it takes them. */
  #unexplained = 0;
  /** Of the last handshake. @type {string | undefined} */
  #token;

  /**
   * @param {string} uri ws: or wss:
   * @param {Environment} environment
   * @param {DialerOwner} owner
   */
  constructor(uri, environment, owner) {
    this.#uri = uri;
    this.#environment = environment;
    this.#owner = owner;
    this.#backoff = new Backoff(environment.clock.random);
    if (environment.fetch) this.#inquiry = new Inquiry(uri, environment.fetch, environment.clock, environment.events);
  }

  /**
   * Begins the first handshake.
   * @throws what the constructor of the WebSocket throws
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
    this.stop();
    this.#pending = true;
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

  /** Finds out why the last handshake failed, says it, and tries again. */
  explain() {
    if (this.#inquiry) this.#explainFrom(this.#inquiry, ++this.#attempt);
    else {
      this.dialLater();
      this.#owner.refused(refusal(undefined, this.#uri));
    }
  }

  /**
   * @returns {Promise<boolean>} whether the application answers, so that a handshake which does not end is held back by the browser
   */
  async isAnswered() {
    return (await this.#inquiry?.ask()) !== undefined;
  }

  /** Tries no more until it is told to. */
  stop() {
    this.#attempt++;
    this.#pending = false;
    this.#environment.clock.clearTimeout(this.#timer);
  }

  close() {
    this.stop();
    this.#inquiry?.close();
  }

  #redial() {
    this.stop();
    this.#pending = true;
    if (this.#inquiry && this.#environment.clock.now() - this.#lastDialed < ANYWAY) this.#dialIfThere(this.#inquiry, this.#attempt);
    else this.#tryToDial();
  }

  /**
   * @param {Inquiry} inquiry
   * @param {number} attempt
   */
  async #dialIfThere(inquiry, attempt) {
    const answer = inquiry.blind ? undefined : await inquiry.ask();
    if (attempt !== this.#attempt) return;
    if (answer ? isAway(answer) : inquiry.decisive) {
      this.dialLater();
      this.#owner.refused(refusal(answer, this.#uri));
    } else this.#tryToDial();
  }

  #tryToDial() {
    try {
      this.dial();
    } catch (error) {
      // What the constructor refuses now, a change of policy or of the network may allow later.
      this.dialLater();
      this.#owner.refused(new StreamError("CONNECTION_LOST", `no WebSocket to ${this.#uri} can be made: ${error}`, { cause: error }));
    }
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
      return;
    }
    if (attempt !== this.#attempt) return;
    try {
      this.#open(text);
    } catch (error) {
      report(error);
      this.dialLater();
    }
  }

  /** @param {string | undefined} token */
  #open(token) {
    this.#token = token;
    this.#lastDialed = this.#environment.clock.now();
    const socket = new this.#environment.WebSocket(this.#uri, token === undefined ? SUBPROTOCOL : [SUBPROTOCOL, TOKEN_PREFIX + token]);
    this.#pending = false;
    this.#owner.dialed(socket);
  }

  /**
   * @param {Inquiry} inquiry
   * @param {number} attempt
   */
  async #explainFrom(inquiry, attempt) {
    this.#pending = true;
    const answer = inquiry.blind ? undefined : await inquiry.ask(this.#token);
    if (attempt !== this.#attempt) return;
    // It may have come back in this very moment.
    this.#unexplained = answer?.ours && answer.status === 200 ? this.#unexplained + 1 : 0;
    const error = refusal(answer, this.#uri);
    this.dialLater(error.code === "REFUSED" ? LOGIN_PAUSE * (0.5 + this.#environment.clock.random() / 2) : 0);
    if (this.#unexplained !== 1) this.#owner.refused(error);
  }
}
