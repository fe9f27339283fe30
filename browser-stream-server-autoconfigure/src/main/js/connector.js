// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Backoff } from "./backoff.js";
import { Connection } from "./connection.js";
import { report } from "./emitter.js";
import { StreamError } from "./errors.js";
import { SUBPROTOCOL } from "./frames.js";

/** @import { Environment, Token } from "./boot.js" */
/** @import { ConnectionOwner } from "./connection.js" */
/** @import { WireStream } from "./wire-stream.js" */

/** Milliseconds after which a connection counts as one that works, so that the next loss is tried again quickly. */
const HELD = 5_000;

/** Milliseconds to stay away at most when the application says that it stops. */
const MAX_SPREAD = 60_000;

/** What the application finds a token by among the subprotocols. */
const TOKEN_PREFIX = "token.";

/**
 * @param {unknown} token
 * @returns {string}
 */
function checkToken(token) {
  if (typeof token === "string" && /^[\w.~-]+$/.test(token)) return token;
  throw new TypeError("a token must be a text of letters, digits, '-', '.', '_' and '~'");
}

/**
 * Something that lives longer than a connection: a server, which listens anew on each.
 * @typedef {object} Resident
 * @property {() => void} online a connection is there
 * @property {(stream: WireStream) => void} offered a client wants a stream
 * @property {() => void} leaving the connection ends soon, and another will be there
 * @property {() => void} closed there will be no further connection
 */

/**
 * @typedef {object} ConnectorOwner
 * @property {() => void} connected
 * @property {(error: StreamError) => void} disconnected
 */

/**
 * Keeps a connection: makes another when it is lost, and holds what waits for it meanwhile.
 */
export class Connector {
  #uri;
  #options;
  #owner;
  #backoff;
  /** @type {Connection | undefined} */
  #connection;
  /** When the relay greeted. @type {number | undefined} */
  #since;
  /** @type {any} */
  #timer;
  /** Streams that wait for a connection, in order. @type {Set<WireStream>} */
  #waiting = new Set();

  /** Connections that the application ends soon. @type {Set<Connection>} */
  #leaving = new Set();

  /** Servers by their names. @type {Map<string, Resident>} */
  residents = new Map();
  closed = false;

  /**
   * @param {string} uri ws: or wss:
   * @param {Environment} options
   * @param {ConnectorOwner} owner
   */
  constructor(uri, options, owner) {
    this.#uri = uri;
    this.#options = options;
    this.#owner = owner;
    this.#backoff = new Backoff(options.clock.random);
    this.#connect();
    options.events?.addEventListener("online", this.#wake);
    options.events?.addEventListener("pageshow", this.#wake);
  }

  get settings() {
    return this.#options.settings;
  }

  get clock() {
    return this.#options.clock;
  }

  get connected() {
    return this.#since !== undefined;
  }

  /** Whether streams can be opened at once. */
  get online() {
    return this.#connection?.opened === true && !this.#connection.closed && !this.#connection.leaving;
  }

  /**
   * Whether who has this token may share the connection: it must not be taken for somebody else. Of two functions nobody can tell.
   * @param {Token | undefined} token
   */
  serves(token) {
    if (token === undefined) return true;
    const ours = this.#options.token;
    return typeof token === "function" ? typeof ours === "function" : checkToken(token) === ours;
  }

  /**
   * Opens a stream now, or as soon as there is a connection.
   * @param {WireStream} stream
   */
  open(stream) {
    if (this.online) {
      this.#connection?.open(stream);
      return;
    }
    this.#waiting.add(stream);
    stream.abandoned = () => this.#waiting.delete(stream);
  }

  close() {
    if (this.closed) return;
    this.closed = true;
    this.#since = undefined;
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#options.events?.removeEventListener("online", this.#wake);
    this.#options.events?.removeEventListener("pageshow", this.#wake);
    for (const resident of [...this.residents.values()]) resident.closed();
    this.#connection?.close();
    for (const connection of this.#leaving) connection.close();
    this.#leaving.clear();
    for (const stream of this.#waiting) stream.close(undefined);
    this.#waiting.clear();
  }

  // --- what the connection says

  greeted() {
    this.#since = this.clock.now();
    // Servers first, so that a page finds its own.
    for (const resident of [...this.residents.values()]) resident.online();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const stream of waiting) this.open(stream);
    this.#owner.connected();
  }

  /** @param {WireStream} stream */
  offered(stream) {
    const resident = this.residents.get(stream.request.target);
    if (resident) resident.offered(stream);
    else stream.reset("NO_SUCH_SERVER", "this peer does not listen on that name");
  }

  /**
   * The application stops, or this node of it: what is opened from now on goes over another connection, which is not made at once, as
   * many others are told the same in this moment.
   * @param {Connection} connection
   * @param {number} spread milliseconds
   */
  goingAway(connection, spread) {
    if (connection !== this.#connection || this.closed) return;
    const since = this.#since;
    this.#leaving.add(connection);
    this.#since = undefined;
    for (const resident of [...this.residents.values()]) resident.leaving();
    if (this.#held(since)) this.#backoff.reset();
    // Not sooner than after a loss: an application that says so to all who come would be asked again without a pause.
    const wait = Math.max(this.clock.random() * Math.min(spread, MAX_SPREAD), this.#backoff.next());
    this.#timer = this.clock.setTimeout(() => this.#tryAgain(), wait);
    if (since !== undefined) this.#owner.disconnected(new StreamError("SHUTDOWN", "the application stops"));
  }

  /**
   * @param {StreamError} error
   * @param {Connection} connection
   */
  lost(error, connection) {
    if (this.#leaving.delete(connection)) return;
    const since = this.#since;
    this.#since = undefined;
    if (this.#held(since)) this.#backoff.reset();
    this.#retry();
    // One that was refused is told why, as nothing else says it.
    if (since !== undefined || error.code !== "CONNECTION_LOST") this.#owner.disconnected(error);
  }

  /** @param {number | undefined} since */
  #held(since) {
    return since !== undefined && this.clock.now() - since >= HELD;
  }

  // --- trying

  #connect() {
    const { token } = this.#options;
    if (typeof token === "function") this.#ask(token);
    else this.#open(token === undefined ? SUBPROTOCOL : [SUBPROTOCOL, TOKEN_PREFIX + checkToken(token)]);
  }

  /**
   * A token may be good for a short time only, so each connection has one of its own.
   * @param {() => string | Promise<string>} token
   */
  async #ask(token) {
    try {
      const text = checkToken(await token());
      if (!this.closed) this.#open([SUBPROTOCOL, TOKEN_PREFIX + text]);
    } catch (error) {
      if (this.closed) return;
      report(error);
      this.#retry();
    }
  }

  /** @param {string | string[]} protocols */
  #open(protocols) {
    this.#connection = new Connection(new this.#options.WebSocket(this.#uri, protocols), this.#options, this);
  }

  #retry() {
    this.#timer = this.clock.setTimeout(() => this.#tryAgain(), this.#backoff.next());
  }

  #tryAgain() {
    this.#timer = undefined;
    try {
      this.#connect();
    } catch {
      // What the constructor refuses now, a change of policy or of the network may allow later.
      this.#retry();
    }
  }

  /** The network is back, or the page is: do not wait any longer. */
  #wake = (/** @type {Event} */ event) => {
    if (event.type === "pageshow" && !(/** @type {PageTransitionEvent} */ (event).persisted)) return;
    if (!this.#connection?.closed) this.#connection?.check();
    if (this.#timer === undefined) return;
    this.clock.clearTimeout(this.#timer);
    this.#backoff.reset();
    this.#tryAgain();
  };
}
