// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { WireError } from "./errors.js";
import * as Flag from "./frame-flags.js";
import { FIRST_BLOCK, LARGEST_BLOCK } from "./limits.js";
import * as Kind from "./message-kinds.js";
import { decodeUtf8 } from "./utf8.js";

/**
 * Puts frames together again. Stores bytes in blocks and not frame by frame, so that a message in a million frames of a byte costs no
 * more than one in a few large ones, and copies each byte twice at most; only once when the message is as large as the one before. A
 * message that came in one piece is put together in the memory that it came in: fresh memory costs a page more than the copy.
 */
export class Assembler {
  #limit;
  #expectable;
  /** Kind of the message that has begun, -1 between messages. */
  #kind = -1;
  #size = 0;
  /** Bytes of the last message that came in parts, as far as they may be expected again. */
  #expected = 0;
  /** @type {Uint8Array<ArrayBuffer>[]} all full but the last */
  #blocks = [];
  /** Bytes used of the last block. */
  #used = 0;

  /**
   * @param {number} limit bytes of the largest message
   * @param {number} [expectable] bytes that may be had ready for a message whose first part has come
   */
  constructor(limit, expectable = 0) {
    this.#limit = limit;
    this.#expectable = expectable;
  }

  /** Whether a message has begun and not ended. */
  get inside() {
    return this.#kind >= 0;
  }

  /**
   * @param {number} flags
   * @param {Uint8Array} payload
   * @param {number} [whole] bytes of the message that begins, if it may be put together where it is; see FrameHandler
   * @returns {{ value: any } | undefined} the message that is complete now
   */
  push(flags, payload, whole = 0) {
    const kind = flags & Flag.KIND;
    const first = (flags & Flag.FIRST) !== 0;
    const last = (flags & Flag.LAST) !== 0;
    if (kind === Flag.KIND || first === this.inside || (!first && kind !== this.#kind)) throw broken("a part of no message");
    if (this.#size + payload.length > this.#limit) throw new WireError("LIMIT", `a message of more than ${this.#limit} bytes`);
    if (first && last) return { value: decode(kind, payload) };
    this.#kind = kind;
    // What is in front of it in that memory was read, and what is behind moves to where something was read before.
    if (whole > 0) this.#blocks.push(new Uint8Array(/** @type {ArrayBuffer} */ (payload.buffer), 0, whole));
    this.#store(payload);
    if (!last) return undefined;
    const bytes = this.#join();
    this.#expected = bytes.length > this.#expectable ? 0 : bytes.length;
    this.clear();
    return { value: decode(kind, bytes, true) };
  }

  /** Forgets what was stored. */
  clear() {
    this.#kind = -1;
    this.#size = 0;
    this.#blocks = [];
    this.#used = 0;
  }

  /** @param {Uint8Array} payload */
  #store(payload) {
    this.#size += payload.length;
    for (let rest = payload; rest.length > 0; ) {
      let block = this.#blocks.at(-1);
      if (!block || this.#used === block.length) {
        block = new Uint8Array(block ? Math.min(2 * block.length, LARGEST_BLOCK) : this.#expected || FIRST_BLOCK);
        this.#blocks.push(block);
        this.#used = 0;
      }
      const part = rest.length <= block.length - this.#used ? rest : rest.subarray(0, block.length - this.#used);
      block.set(part, this.#used);
      this.#used += part.length;
      if (part === rest) return;
      rest = rest.subarray(part.length);
    }
  }

  #join() {
    if (this.#blocks.length === 1 && this.#blocks[0].length === this.#size) return this.#blocks[0];
    const whole = new Uint8Array(this.#size);
    let at = 0;
    for (const block of this.#blocks) {
      const part = block.subarray(0, this.#size - at);
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

/**
 * @param {number} kind
 * @param {Uint8Array} bytes
 * @param {boolean} [owned] whether nobody else has them
 * @returns {any}
 */
function decode(kind, bytes, owned = false) {
  // A copy and no view: the page may transfer the buffer, or keep it without all that came with it. Not slice(), which fills it with zeros first.
  if (kind === Kind.BINARY) return owned ? bytes : new Uint8Array(bytes);
  const text = decodeUtf8(bytes);
  try {
    // Throws what decodeUtf8 did not, too.
    return kind === Kind.TEXT && text !== undefined ? text : JSON.parse(/** @type {string} */ (text));
  } catch {
    throw broken("a message that is not UTF-8, or not JSON");
  }
}

/** @param {string} message */
function broken(message) {
  return new WireError("PROTOCOL_ERROR", message);
}
