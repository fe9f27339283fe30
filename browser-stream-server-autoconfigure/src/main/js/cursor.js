// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { WireError } from "./errors.js";
import { MAX_INT } from "./wire.js";

/** Reads bytes one after the other, and ends the connection where they do not suffice. */
export class Cursor {
  #bytes;
  #at = 0;
  /** Not the length of the bytes, which may have been given away when they are read. */
  #end;

  /** What was behind the bytes when they were cut off. @type {Cursor | undefined} */
  next;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
    this.#end = bytes.length;
  }

  get done() {
    return this.#at === this.#end;
  }

  /** Bytes that were read. */
  get at() {
    return this.#at;
  }

  /**
   * Ends here, and leaves a copy of what follows in `next`: the memory up to here can be given away then.
   * @param {number} end at which the bytes are to end
   */
  cut(end) {
    if (end < this.#end) this.next = new Cursor(this.#bytes.slice(end));
    this.#end = end;
  }

  /** @returns {number} */
  byte() {
    if (this.done) throw malformed("the bytes end too early");
    return this.#bytes[this.#at++];
  }

  /**
   * Unsigned LEB128, at most 5 bytes, at most 2147483647, shortest form.
   * @returns {number}
   */
  varint() {
    let value = 0;
    let scale = 1;
    for (let count = 1; count <= 5; count++) {
      const byte = this.byte();
      // Not <<, which would overflow in the fifth byte.
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) {
        if ((byte === 0 && count > 1) || value > MAX_INT) break;
        return value;
      }
    }
    throw malformed("a malformed number");
  }

  /**
   * A view, not a copy.
   * @param {number} length
   * @returns {Uint8Array}
   */
  take(length) {
    const end = this.#at + length;
    if (end > this.#end) throw malformed("the bytes end too early");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** Bytes of the memory that all is in, 0 if there is anything else in it. */
  get memory() {
    const { buffer, byteLength } = this.#bytes;
    return buffer.byteLength === byteLength ? byteLength : 0;
  }

  /** @returns {Cursor} another one, at the same place */
  copy() {
    const copy = new Cursor(this.#bytes);
    copy.#at = this.#at;
    return copy;
  }

  /** @returns {Uint8Array} */
  rest() {
    return this.take(this.#end - this.#at);
  }

  /** @throws a WireError when there is more */
  finish() {
    if (!this.done) throw malformed("bytes are left over");
  }
}

/**
 * @param {string} message
 * @returns {WireError} one that ends the connection
 */
export function malformed(message) {
  return new WireError("PROTOCOL_ERROR", message, "connection");
}
