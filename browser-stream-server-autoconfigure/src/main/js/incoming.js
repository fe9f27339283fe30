// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Cursor, malformed } from "./cursor.js";
import { ErrorCode, WireError } from "./errors.js";
import * as Type from "./frame-types.js";
import * as OpenKind from "./open-kinds.js";
import { WireStream } from "./wire-stream.js";

/** @import { ErrorName } from "./errors.js" */
/** @import { Open } from "./open.js" */
/** @import { Outgoing } from "./outgoing.js" */
/** @import { FrameHandler, Hello } from "./reader.js" */
/** @import { StreamTable } from "./stream-table.js" */

/**
 * Is told what a relay says of the connection itself.
 * @typedef {object} IncomingOwner
 * @property {boolean} closed
 * @property {(hello: Hello) => void} greeted
 * @property {(stream: WireStream) => void} offered a client wants a stream
 * @property {(spread: number) => void} goingAway the connection ends soon; who is told so comes back within so many milliseconds
 */

/**
 * What comes in over a connection, given to the stream that it is for. It believes the relay as little as docs/protocol.md says: broken
 * rules cost the stream or the connection.
 */
export class Incoming {
  #table;
  #outgoing;
  #maxStreams;
  #owner;
  #greeted = false;

  /**
   * @param {StreamTable} table
   * @param {Outgoing} outgoing
   * @param {number} maxStreams that the relay may open at once
   * @param {IncomingOwner} owner
   */
  constructor(table, outgoing, maxStreams, owner) {
    this.#table = table;
    this.#outgoing = outgoing;
    this.#maxStreams = maxStreams;
    this.#owner = owner;
  }

  get closed() {
    return this.#owner.closed;
  }

  /** @param {Hello} hello */
  hello(hello) {
    if (this.#greeted) throw malformed("HELLO twice");
    this.#greeted = true;
    this.#owner.greeted(hello);
  }

  /**
   * @param {Uint8Array} payload
   * @param {boolean} answer
   */
  ping(payload, answer) {
    this.#expectHello();
    if (answer) this.#outgoing.answered();
    else this.#outgoing.answer(payload);
  }

  /**
   * @param {number} id
   * @param {Open} open
   */
  open(id, open) {
    this.#expectHello();
    this.#table.useTheirs(id);
    if (open.problem) this.#refuse(id, "INVALID_OPEN", open.problem);
    else if (open.kind !== OpenKind.CONNECT) this.#refuse(id, "INVALID_OPEN", "a peer can only be connected to");
    else if (this.#table.theirs >= this.#maxStreams) this.#refuse(id, "LIMIT", `at most ${this.#maxStreams} streams at once`);
    else {
      const stream = new WireStream({ kind: open.kind, target: open.target, meta: open.meta });
      stream.offered(this.#outgoing, id);
      this.#table.addTheirs(id, stream);
      this.#owner.offered(stream);
    }
  }

  /** @param {number} id */
  accept(id) {
    this.#give(id, (stream) => stream.receiveAccept());
  }

  /**
   * @param {number} id
   * @param {number} flags
   * @param {Uint8Array} payload
   * @param {number} whole
   */
  data(id, flags, payload, whole) {
    this.#give(id, (stream) => stream.receiveData(flags, payload, whole));
  }

  /**
   * @param {number} id
   * @param {number} bytes
   */
  credit(id, bytes) {
    this.#give(id, (stream) => stream.receiveCredit(bytes));
  }

  /** @param {number} id */
  end(id) {
    this.#give(id, (stream) => stream.receiveEnd());
  }

  /**
   * @param {number} id
   * @param {number} code
   * @param {string} reason
   */
  reset(id, code, reason) {
    this.#give(id, (stream) => stream.receiveReset(code, reason));
  }

  /**
   * @param {number} type
   * @param {number} _flags
   * @param {number} _id
   * @param {Uint8Array} payload
   */
  skipped(type, _flags, _id, payload) {
    this.#expectHello();
    if (type === Type.GOAWAY) this.#owner.goingAway(payload.length > 0 ? new Cursor(payload).varint() : 0);
  }

  #expectHello() {
    if (!this.#greeted) throw malformed("no HELLO before");
  }

  /**
   * @param {number} id
   * @param {(stream: WireStream) => void} receive
   */
  #give(id, receive) {
    this.#expectHello();
    const stream = this.#table.find(id);
    if (!stream) return;
    try {
      receive(stream);
    } catch (error) {
      if (!(error instanceof WireError) || error.scope !== "stream") throw error;
      stream.abort(error.code, error.message);
    }
  }

  /**
   * @param {number} id
   * @param {ErrorName} code
   * @param {string} reason
   */
  #refuse(id, code, reason) {
    this.#outgoing.writer.reset(id, ErrorCode[code], reason);
    this.#outgoing.changed();
  }
}
