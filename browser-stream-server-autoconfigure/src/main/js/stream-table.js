// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { malformed } from "./cursor.js";
import { MAX_INT } from "./wire.js";

/** @import { WireStream } from "./wire-stream.js" */

/** The streams of one connection by their ids: odd ones are ours, even ones the relay's, both only ever grow. */
export class StreamTable {
  /** @type {Map<number, WireStream>} */
  #streams = new Map();
  #lastOurs = -1;
  #lastTheirs = 0;

  /** How many of each side's are open. */
  ours = 0;
  theirs = 0;

  /** Whether an id is left for us. */
  get exhausted() {
    return this.#lastOurs + 2 > MAX_INT;
  }

  /**
   * @param {WireStream} stream
   * @returns {number} its id
   */
  addOurs(stream) {
    this.#lastOurs += 2;
    this.ours++;
    this.#streams.set(this.#lastOurs, stream);
    return this.#lastOurs;
  }

  /**
   * Marks an id of the relay's as used, also if the stream is going to be refused.
   * @param {number} id
   */
  useTheirs(id) {
    if (id % 2 || id <= this.#lastTheirs) throw malformed(`stream ${id} is not the next`);
    this.#lastTheirs = id;
  }

  /**
   * @param {number} id that was marked as used
   * @param {WireStream} stream
   */
  addTheirs(id, stream) {
    this.theirs++;
    this.#streams.set(id, stream);
  }

  /**
   * @param {number} id
   * @returns {WireStream | undefined} undefined when it is closed
   */
  find(id) {
    const stream = this.#streams.get(id);
    if (!stream && id > (id % 2 ? this.#lastOurs : this.#lastTheirs)) throw malformed(`stream ${id} was never opened`);
    return stream;
  }

  /** @param {WireStream} stream */
  remove(stream) {
    if (!this.#streams.delete(stream.id)) return;
    if (stream.id % 2) this.ours--;
    else this.theirs--;
  }

  /** @returns {Array<WireStream>} */
  all() {
    return [...this.#streams.values()];
  }
}
