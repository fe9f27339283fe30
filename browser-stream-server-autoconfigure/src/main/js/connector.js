// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Connection } from "./connection.js";
import { checkToken, Dialer } from "./dialer.js";
import { StreamError } from "./errors.js";
import { listenToPage } from "./lifecycle.js";
import { MAX_HELD_BACK, MAX_SPREAD, STABLE } from "./limits.js";

/** @import { Environment, MdmEvents, Token } from "./boot.js" */
/** @import { Emitter } from "./emitter.js" */
/** @import { WireStream } from "./wire-stream.js" */

/**
 * Something that lives longer than a connection: a server, which listens anew on each.
 * @typedef {object} Listener
 * @property {() => void} online a connection is there
 * @property {(stream: WireStream) => void} offered a client wants a stream
 * @property {() => void} leaving the connection ends soon, and another will be there
 * @property {() => void} closed there will be no further connection
 */

/**
 * Keeps a connection: has another one made when it is lost, and holds what waits for it meanwhile.
 */
export class Connector {
  #options;
  #owner;
  #dialer;
  #aborter = new AbortController();
  /** @type {Connection | undefined} */
  #connection;
  /** When the relay greeted. @type {number | undefined} */
  #since;
  /** Whether the page's code does not run, or is about to stop. */
  #stopped = false;
  /** Why there is no connection, as it was told last. */
  #told = "";
  #heldBack = 0;
  /** Streams that wait for a connection, in order. @type {Set<WireStream>} */
  #waiting = new Set();

  /** Connections that the application ends soon. @type {Set<Connection>} */
  #leaving = new Set();

  /** Servers by their names. @type {Map<string, Listener>} */
  listeners = new Map();
  closed = false;

  /**
   * @param {string} uri ws: or wss:
   * @param {Environment} options
   * @param {Emitter<MdmEvents>} owner
   */
  constructor(uri, options, owner) {
    this.#options = options;
    this.#owner = owner;
    const { signal } = this.#aborter;
    this.#dialer = new Dialer(uri, options, signal, {
      dialed: (socket) => this.#dialed(socket),
      refused: (error) => this.#tell(error),
    });
    this.#dialer.dial();
    listenToPage(options.events, signal, {
      woke: () => this.#wake(),
      stopped: (cached) => this.#stop(cached),
      resumed: () => this.#resume(),
    });
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
    this.#dialer.stop();
    this.#aborter.abort();
    for (const listener of this.listeners.values()) listener.closed();
    this.#connection?.close();
    for (const connection of this.#leaving) connection.close();
    this.#leaving.clear();
    for (const stream of this.#waiting) stream.close();
    this.#waiting.clear();
  }

  /** @param {WebSocket} socket */
  #dialed(socket) {
    this.#heldBack = 0;
    this.#connection = new Connection(socket, this.#options, this);
  }

  // --- what the connection says

  greeted() {
    this.#since = this.clock.now();
    this.#told = "";
    // Servers first, so that a page finds its own.
    for (const listener of this.listeners.values()) listener.online();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const stream of waiting) this.open(stream);
    this.#owner.emit("connect");
  }

  /** @param {WireStream} stream */
  offered(stream) {
    const listener = this.listeners.get(stream.request.target);
    if (listener) listener.offered(stream);
    else stream.reset("NO_SUCH_SERVER", "nobody listens on it here");
  }

  /**
   * The application stops, or this node of it: what is opened from now on goes over another connection, which is not made at once, as
   * many others are told the same in this moment.
   * @param {Connection} connection
   * @param {number} spread milliseconds
   */
  goingAway(connection, spread) {
    if (connection !== this.#connection || this.closed) return;
    const { connected } = this;
    this.#leaving.add(connection);
    this.#disconnected();
    for (const listener of this.listeners.values()) listener.leaving();
    // Not sooner than after a loss: an application that says so to all who come would be asked again without a pause.
    this.#dialer.dialLater(this.clock.random() * Math.min(spread, MAX_SPREAD));
    if (connected) this.#tell(new StreamError("SHUTDOWN", "the application stops"));
  }

  /**
   * @param {StreamError} error
   * @param {Connection} connection
   */
  lost(error, connection) {
    if (this.#leaving.delete(connection)) return;
    this.#disconnected();
    if (!this.#stopped && !connection.reached && error.code === "CONNECTION_LOST") this.#dialer.explain();
    else {
      if (!this.#stopped) this.#dialer.dialLater();
      this.#tell(error);
    }
  }

  /**
   * A handshake takes long. Firefox holds back those that follow a failure: only the application can tell the two apart.
   * @param {Connection} connection
   */
  async stalled(connection) {
    const heldBack = ++this.#heldBack <= MAX_HELD_BACK && this.#options.fetch && (await this.#dialer.isAnswered());
    if (connection.closed || connection.reached) return;
    if (heldBack) connection.waitOn();
    else connection.fail("TIMEOUT", "the application is silent");
  }

  #disconnected() {
    if (this.#since !== undefined && this.clock.now() - this.#since >= STABLE) this.#dialer.reset();
    this.#since = undefined;
  }

  /**
   * Says why there is no connection, once for each reason.
   * @param {StreamError} error
   */
  #tell(error) {
    const reason = `${error.code} ${error.status}`;
    if (reason === this.#told) return;
    this.#told = reason;
    this.#owner.emit("disconnect", error);
  }

  // --- what the page says

  #wake() {
    this.#connection?.check();
    this.#dialer.hurry();
  }

  /**
   * The page's code is about to stand still, while the browser would keep the connection, and answer for it: nobody else could have the names.
   * @param {boolean} cached a page in the back/forward cache may have no connection at all
   */
  #stop(cached) {
    if (this.#stopped || (!cached && this.listeners.size === 0)) return;
    this.#stopped = true;
    this.#dialer.stop();
    for (const connection of this.#leaving) connection.leave();
    this.#connection?.leave();
  }

  #resume() {
    if (this.#stopped) {
      this.#stopped = false;
      this.#dialer.reset();
      this.#dialer.dialLater();
    }
    this.#wake();
  }
}
