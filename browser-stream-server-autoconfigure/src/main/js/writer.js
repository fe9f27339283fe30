// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import * as Flag from "./frame-flags.js";
import * as Type from "./frame-types.js";
import { FIELD_KEY, MAX_REASON } from "./wire.js";
import { MAX_HEADER } from "./limits.js";
import { EMPTY, encodeAtMost, encodeUtf8 } from "./utf8.js";

/** Frames bytes, one frame behind the other, until they are taken as one WebSocket message. Knows no state. */
export class FrameWriter {
  /** Used over and over. */
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** Bytes that wait to be taken. */
  get length() {
    return this.#length;
  }

  /**
   * What was written since the last time.
   * @returns {Uint8Array<ArrayBuffer>} only valid until something is written again
   */
  take() {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /** @param {Array<{ id: number, value: number }>} settings */
  hello(settings) {
    const payload = settings.flatMap(({ id, value }) => [...varint(id), varint(value).length, ...varint(value)]);
    this.frame(Type.HELLO, 0, payload);
  }

  /**
   * @param {Uint8Array} payload
   * @param {boolean} answer
   */
  ping(payload, answer) {
    this.frame(Type.PING, 0, payload, answer ? Flag.ANSWER : 0);
  }

  /**
   * @param {number} id
   * @param {number} kind
   * @param {string} target
   * @param {Uint8Array} metadata
   * @param {Uint8Array} [key]
   */
  open(id, kind, target, metadata, key) {
    const name = encodeUtf8(target);
    const payload = [kind, ...varint(name.length), ...name, ...varint(metadata.length), ...metadata];
    if (key) payload.push(FIELD_KEY, ...varint(key.length), ...key);
    this.frame(Type.OPEN, id, payload);
  }

  /** @param {number} id */
  accept(id) {
    this.frame(Type.ACCEPT, id, EMPTY);
  }

  /**
   * @param {number} id
   * @param {number} flags
   * @param {Uint8Array} payload
   */
  data(id, flags, payload) {
    this.frame(Type.DATA, id, payload, flags);
  }

  /**
   * @param {number} id
   * @param {number} bytes
   */
  credit(id, bytes) {
    this.frame(Type.CREDIT, id, varint(bytes));
  }

  /** @param {number} id */
  end(id) {
    this.frame(Type.END, id, EMPTY);
  }

  /**
   * @param {number} id
   * @param {number} code
   * @param {string} reason is cut when it is too long
   */
  reset(id, code, reason) {
    this.frame(Type.RESET, id, [...varint(code), ...encodeAtMost(reason, MAX_REASON)]);
  }

  /**
   * @param {number} type
   * @param {number} id
   * @param {Uint8Array | number[]} payload
   * @param {number} [flags]
   */
  frame(type, id, payload, flags = 0) {
    this.#reserve(MAX_HEADER + payload.length);
    this.#bytes[this.#length++] = type;
    this.#bytes[this.#length++] = flags;
    this.#varint(id);
    this.#varint(payload.length);
    this.#bytes.set(payload, this.#length);
    this.#length += payload.length;
  }

  /** @param {number} value */
  #varint(value) {
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.#length++] = rest;
  }

  /** @param {number} more */
  #reserve(more) {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/**
 * @param {number} value
 * @returns {number[]} its bytes
 */
function varint(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
