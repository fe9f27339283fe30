// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Backoff } from "./backoff.js";
import { Connection } from "./connection.js";
import { SUBPROTOCOL } from "./frames.js";

/** @import { Environment } from "./boot.js" */
/** @import { ConnectionOwner } from "./connection.js" */
/** @import { StreamError } from "./errors.js" */
/** @import { WireStream } from "./wire-stream.js" */

/** Milliseconds after which a connection counts as one that works, so that the next loss is tried again quickly. */
const HELD = 5_000;

/**
 * Something that lives longer than a connection: a server, which listens anew on each.
 * @typedef {object} Resident
 * @property {() => void} online a connection is there
 * @property {(stream: WireStream) => void} offered a client wants a stream
 * @property {() => void} closed there will be no further connection
 */

/**
 * @typedef {object} ConnectorOwner
 * @property {() => void} connected
 * @property {(error: StreamError) => void} disconnected
 */

/**
 * Keeps a connection: makes another when it is lost, and holds what waits for it meanwhile.
 * @implements {ConnectionOwner}
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
    return this.#connection?.opened === true && !this.#connection.closed;
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
    this.#connection?.close();
    for (const resident of [...this.residents.values()]) resident.closed();
    for (const stream of this.#waiting) stream.close(undefined);
    this.#waiting.clear();
  }

  // --- what the connection says

  opened() {
    // Servers first, so that a page finds its own.
    for (const resident of [...this.residents.values()]) resident.online();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const stream of waiting) this.open(stream);
  }

  greeted() {
    this.#since = this.clock.now();
    this.#owner.connected();
  }

  /** @param {WireStream} stream */
  offered(stream) {
    const resident = this.residents.get(stream.request.target);
    if (resident) resident.offered(stream);
    else stream.reset("NO_SUCH_SERVER", "this peer does not listen on that name");
  }

  /** @param {StreamError} error */
  lost(error) {
    const since = this.#since;
    this.#since = undefined;
    if (since !== undefined && this.clock.now() - since >= HELD) this.#backoff.reset();
    this.#retry();
    if (since !== undefined) this.#owner.disconnected(error);
  }

  // --- trying

  #connect() {
    const socket = new this.#options.WebSocket(this.#uri, SUBPROTOCOL);
    this.#connection = new Connection(socket, this.#options, this);
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
