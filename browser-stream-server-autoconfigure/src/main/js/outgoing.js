// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { FRAME_COST } from "./wire.js";
import { BATCH_SIZE, MAX_BUFFERED, POLL_PAUSE } from "./limits.js";
import { EMPTY } from "./utf8.js";
import { FrameWriter } from "./writer.js";

/** @import { Clock } from "./clock.js" */
/** @import { WireStream } from "./wire-stream.js" */

/**
 * @typedef {object} OutgoingOwner
 * @property {(stream: WireStream) => void} forget it has nothing more to send
 * @property {() => void} broken the socket takes nothing
 */

/**
 * The way out of a connection: frames that were written in one turn of the event loop leave in one WebSocket message, and streams that
 * have much to say take turns by bytes.
 */
export class Outgoing {
  #socket;
  #clock;
  #owner;
  /** Streams that have something to send, in the order of their turns. @type {Set<WireStream>} */
  #ready = new Set();
  #scheduled = false;
  #stopped = false;
  /** @type {any} */
  #timer;
  /** The newest PING that waits for its answer. @type {Uint8Array | undefined} */
  #ping;
  /** Whether a PING of ours is behind the data in the socket. */
  #probing = false;

  /** Whether the socket may still read what it was given when `send` has returned. That of a platform must not. */
  #lazy;
  /** What was sent past the turns since the last flush, in bytes of credit. */
  #passed = 0;

  writer = new FrameWriter();

  /**
   * @param {WebSocket} socket that is open
   * @param {Clock} clock
   * @param {OutgoingOwner} owner
   */
  constructor(socket, clock, owner) {
    this.#socket = socket;
    this.#clock = clock;
    this.#owner = owner;
    this.#lazy = !(globalThis.WebSocket && socket instanceof WebSocket);
  }

  /**
   * Whether nobody waits for a turn and the socket has room, so that what is written now may go into the next WebSocket message at once,
   * without being copied a second time. Only as much as the socket holds anyway: in a while it is another's turn.
   */
  get free() {
    return this.#ready.size === 0 && this.#passed < BATCH_SIZE && !this.#full;
  }

  /**
   * A DATA frame, past the turns: only when it is `free`.
   * @param {number} id
   * @param {number} flags
   * @param {Uint8Array} payload
   */
  pass(id, flags, payload) {
    this.#passed += payload.length + FRAME_COST;
    this.writer.data(id, flags, payload);
    this.changed();
  }

  /** Something was written: it leaves at the end of this turn of the event loop. */
  changed() {
    if (this.writer.length >= BATCH_SIZE) this.#send();
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  /** @param {WireStream} stream */
  ready(stream) {
    this.#ready.add(stream);
    this.changed();
  }

  /** @param {WireStream} stream */
  forget(stream) {
    this.#ready.delete(stream);
    this.#owner.forget(stream);
  }

  /**
   * Answers a PING when the socket has room. Only the newest: a relay that asks faster than it reads must not fill our memory.
   * @param {Uint8Array} payload
   */
  answer(payload) {
    this.#ping = payload.slice();
    this.changed();
  }

  /** The PING behind the data was answered, so the data has left. */
  answered() {
    this.#probing = false;
    if (this.#ready.size > 0 || this.#ping) this.changed();
  }

  /** Sends what can be sent now. */
  flush() {
    this.#passed = 0;
    if (this.#stopped) return;
    if (this.#ping && !this.#full) {
      this.writer.ping(this.#ping, true);
      this.#ping = undefined;
    }
    // A stream that goes back into the set comes last in this very loop: that is the turn-taking.
    for (const stream of this.#ready) {
      if (this.#full) break;
      this.#ready.delete(stream);
      if (stream.takeTurn()) this.#ready.add(stream);
      if (this.writer.length >= BATCH_SIZE) this.#send();
    }
    if (this.#ready.size > 0) this.#probe();
    if (this.writer.length > 0) this.#send();
    if (this.#ready.size > 0 || this.#ping) this.#poll();
  }

  /** Nothing is sent from now on. */
  stop() {
    this.#stopped = true;
    this.#clock.clearTimeout(this.#timer);
  }

  /** The socket holds enough. */
  get #full() {
    return this.#socket.bufferedAmount > MAX_BUFFERED;
  }

  #send() {
    // Early, so that the answer comes while there is still something under way.
    if (this.#socket.bufferedAmount > MAX_BUFFERED / 2) this.#probe();
    const bytes = this.writer.take();
    if (this.#stopped) return;
    try {
      this.#socket.send(this.#lazy ? bytes.slice() : bytes);
    } catch {
      // Later, as a stream that is in the middle of its turn is not to be closed.
      queueMicrotask(() => this.#owner.broken());
    }
  }

  /** A PING, whose answer says that what was sent before has left. */
  #probe() {
    if (this.#probing) return;
    this.#probing = true;
    this.writer.ping(EMPTY, false);
  }

  #poll() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => this.flush(), POLL_PAUSE);
  }
}
