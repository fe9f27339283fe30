// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Connection } from "./connection.js";
import { checkToken, Dialer } from "./dialer.js";
import { StreamError } from "./errors.js";
import { Lifecycle } from "./lifecycle.js";

/** @import { Environment, Token } from "./boot.js" */
/** @import { ConnectionOwner } from "./connection.js" */
/** @import { WireStream } from "./wire-stream.js" */

/** Milliseconds after which a connection counts as one that works, so that the next loss is tried again quickly. */
const HELD = 5_000;

/** Milliseconds to stay away at most when the application says that it stops. */
const MAX_SPREAD = 60_000;

/** How often a handshake that the browser holds back is waited for, each time as long as for one that is not. */
const MAX_HELD_BACK = 3;

/**
 * Something that lives longer than a connection: a server, which listens anew on each.
 * @typedef {object} Listener
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
 * Keeps a connection: has another one made when it is lost, and holds what waits for it meanwhile.
 */
export class Connector {
  #options;
  #owner;
  #dialer;
  #lifecycle;
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
   * @param {ConnectorOwner} owner
   */
  constructor(uri, options, owner) {
    this.#options = options;
    this.#owner = owner;
    this.#dialer = new Dialer(uri, options, {
      dialed: (socket) => this.#dialed(socket),
      refused: (error) => this.#tell(error),
    });
    this.#dialer.dial();
    this.#lifecycle = new Lifecycle(options.events, {
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
    this.#dialer.close();
    this.#lifecycle.close();
    for (const listener of [...this.listeners.values()]) listener.closed();
    this.#connection?.close();
    for (const connection of this.#leaving) connection.close();
    this.#leaving.clear();
    for (const stream of this.#waiting) stream.close(undefined);
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
    for (const listener of [...this.listeners.values()]) listener.online();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const stream of waiting) this.open(stream);
    this.#owner.connected();
  }

  /** @param {WireStream} stream */
  offered(stream) {
    const listener = this.listeners.get(stream.request.target);
    if (listener) listener.offered(stream);
    else stream.reset("NO_SUCH_SERVER", "no such name");
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
    for (const listener of [...this.listeners.values()]) listener.leaving();
    if (this.#held(since)) this.#dialer.reset();
    // Not sooner than after a loss: an application that says so to all who come would be asked again without a pause.
    this.#dialer.dialLater(this.clock.random() * Math.min(spread, MAX_SPREAD));
    if (since !== undefined) this.#tell(new StreamError("SHUTDOWN", "the application stops"));
  }

  /**
   * @param {StreamError} error
   * @param {Connection} connection
   */
  lost(error, connection) {
    if (this.#leaving.delete(connection)) return;
    const since = this.#since;
    this.#since = undefined;
    if (this.#stopped) this.#tell(error);
    else if (!connection.reached && error.code === "CONNECTION_LOST") this.#dialer.explain();
    else {
      if (this.#held(since)) this.#dialer.reset();
      this.#dialer.dialLater();
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

  /** @param {number | undefined} since */
  #held(since) {
    return since !== undefined && this.clock.now() - since >= HELD;
  }

  /**
   * Says why there is no connection, once for each reason.
   * @param {StreamError} error
   */
  #tell(error) {
    const reason = `${error.code} ${error.status}`;
    if (reason === this.#told) return;
    this.#told = reason;
    this.#owner.disconnected(error);
  }

  // --- what the page says

  #wake() {
    if (!this.#connection?.closed) this.#connection?.check();
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
    if (!this.#connection?.closed) this.#connection?.leave();
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
