// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { ErrorCode, errorName, StreamError, streamError, WireError } from "./errors.js";
import { CLOSE_CODE_BASE, MAX_INT, SETTING_MAX_STREAMS, SUBPROTOCOL } from "./wire.js";
import { Incoming } from "./incoming.js";
import { CLOSE_AFTER_ERROR, HANDSHAKE_TIMEOUT, MAX_CLOSE_REASON, SILENCE_FACTOR, SOCKET_CLOSING } from "./limits.js";
import { Outgoing } from "./outgoing.js";
import { readFrames } from "./reader.js";
import { StreamTable } from "./stream-table.js";
import { decodeUtf8, encodeAtMost } from "./utf8.js";
import { Watchdog } from "./watchdog.js";

/** @import { Clock } from "./clock.js" */
/** @import { ErrorName } from "./errors.js" */
/** @import { Hello } from "./reader.js" */
/** @import { WireStream } from "./wire-stream.js" */

/**
 * Is told what happens to a connection. `lost` comes last, once, and not after `close`.
 * @typedef {object} ConnectionOwner
 * @property {() => void} greeted the relay's HELLO is here: it works and lets us in, so streams can be opened
 * @property {(stream: WireStream) => void} offered a client wants a stream
 * @property {(connection: Connection, spread: number) => void} goingAway nothing more can be opened on it; streams that are open may finish
 * @property {(connection: Connection) => void} stalled its WebSocket does not open: `waitOn` or `fail`
 * @property {(error: StreamError, connection: Connection) => void} lost
 */

/** One WebSocket: its handshake, its streams, and its end. */
export class Connection {
  #socket;
  #options;
  #owner;
  #watchdog;
  #outgoing;
  #incoming;
  #table = new StreamTable();
  #maxStreams = MAX_INT;

  /** Whether its WebSocket was open. */
  reached = false;
  /** Whether streams can be opened. */
  opened = false;
  /** Whether the relay ends it soon. */
  leaving = false;
  /** Whether it has ended, for whatever reason. */
  closed = false;

  /**
   * @param {WebSocket} socket
   * @param {{ clock: Clock, maxStreams: number }} options
   * @param {ConnectionOwner} owner
   */
  constructor(socket, options, owner) {
    this.#socket = socket;
    this.#options = options;
    this.#owner = owner;
    this.#outgoing = new Outgoing(socket, options.clock, {
      forget: (stream) => this.#table.remove(stream),
      broken: () => this.#socketClosed(),
    });
    this.#incoming = new Incoming(this.#table, this.#outgoing, options.maxStreams, this);
    this.#watchdog = new Watchdog(options.clock, () => this.#silent());
    this.waitOn();
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => this.#socketOpened());
    socket.addEventListener("message", (event) => this.#socketReceived(event.data));
    socket.addEventListener("close", (event) => this.#socketClosed(event.code, event.reason));
    socket.addEventListener("error", () => options.clock.setTimeout(() => this.#socketClosed(), CLOSE_AFTER_ERROR));
  }

  /** Waits for the handshake, from now on. */
  waitOn() {
    this.#watchdog.start(HANDSHAKE_TIMEOUT);
  }

  /** @param {WireStream} stream that has no connection yet */
  open(stream) {
    if (this.#table.exhausted) this.fail("LIMIT", "no stream ids are left");
    else if (this.#table.ours >= this.#maxStreams)
      stream.abort("LIMIT", `the application allows ${this.#maxStreams} streams on a connection`);
    else stream.open(this.#outgoing, this.#table.addOurs(stream));
  }

  /** Sends what can still be sent, and says goodbye. Streams are closed without an error. */
  close() {
    if (this.opened) this.#outgoing.flush();
    this.#lose(undefined, 1000);
  }

  /** The page's code stands still from now on. What the page listens on is free at once. */
  leave() {
    this.#lose(new StreamError("CONNECTION_LOST", "the browser stopped the page"), 1000);
  }

  /**
   * A rule was broken that costs the connection.
   * @param {ErrorName} code
   * @param {string} reason
   */
  fail(code, reason) {
    const closeReason = decodeUtf8(encodeAtMost(reason, MAX_CLOSE_REASON));
    this.#lose(new StreamError(code, reason), CLOSE_CODE_BASE + ErrorCode[code], closeReason);
  }

  /** Looks whether the socket has died without telling, as it may have while the page was away. */
  check() {
    if (this.#socket.readyState >= SOCKET_CLOSING) this.#socketClosed();
  }

  // --- what Incoming says

  /** @param {Hello} hello */
  greeted(hello) {
    this.#maxStreams = hello.maxStreams ?? MAX_INT;
    this.#watchdog.stop();
    if (hello.keepalive) this.#watchdog.start(SILENCE_FACTOR * hello.keepalive);
    // Not sooner: what is sent to an application that then refuses us would be lost.
    this.opened = true;
    this.#owner.greeted();
  }

  /** @param {WireStream} stream */
  offered(stream) {
    this.#owner.offered(stream);
  }

  /** @param {number} spread milliseconds */
  goingAway(spread) {
    if (this.leaving) return;
    this.leaving = true;
    this.#owner.goingAway(this, spread);
  }

  // --- what the socket says

  #socketOpened() {
    if (this.closed) return;
    this.reached = true;
    // For HELLO, from now on.
    this.waitOn();
    if (this.#socket.protocol !== SUBPROTOCOL) {
      this.fail("PROTOCOL_ERROR", `the subprotocol is "${this.#socket.protocol}"`);
      return;
    }
    this.#outgoing.writer.hello([{ id: SETTING_MAX_STREAMS, value: this.#options.maxStreams }]);
    this.#outgoing.changed();
  }

  /** @param {unknown} data */
  #socketReceived(data) {
    if (this.closed) return;
    this.#watchdog.heard();
    try {
      if (typeof data === "string") throw new WireError("PROTOCOL_ERROR", "a text message", "connection");
      // Copies a view, which a WebSocket that does not know `binaryType` may give.
      readFrames(new Uint8Array(/** @type {ArrayBuffer} */ (data)), this.#incoming);
    } catch (error) {
      if (error instanceof WireError) this.fail(error.code, error.message);
      else {
        this.fail("INTERNAL", String(error));
        throw error;
      }
    }
  }

  /**
   * @param {number} [code]
   * @param {string} [reason]
   */
  #socketClosed(code = 1006, reason = "") {
    const name = code > CLOSE_CODE_BASE ? errorName(code - CLOSE_CODE_BASE) : "CONNECTION_LOST";
    this.#lose(new StreamError(name, `the WebSocket was closed with ${code}${reason ? `: ${reason}` : ""}`));
  }

  #silent() {
    if (this.reached) this.fail("TIMEOUT", "the application is silent");
    else this.#owner.stalled(this);
  }

  // --- its end

  /**
   * @param {StreamError | undefined} error undefined when it is wanted
   * @param {number} [code] for the socket, which may still be open also after an "error" of its own
   * @param {string} [reason]
   */
  #lose(error, code, reason) {
    if (this.closed) return;
    this.closed = true;
    this.#watchdog.stop();
    this.#outgoing.stop();
    try {
      // Without waiting for the other side's answer, which from a broken line never comes.
      if (this.#socket.readyState < SOCKET_CLOSING) this.#socket.close(code, reason);
    } catch {
      // Whatever a WebSocket that the user brought throws: it is given up.
    }
    // A relay that went may have had no room left to say so on each stream.
    const why = this.leaving ? "SHUTDOWN" : "CONNECTION_LOST";
    for (const stream of this.#table.all()) stream.close(error && streamError(why, stream.request.target, error.message));
    if (error) this.#owner.lost(error, this);
  }
}
