// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** Bytes of a block. What is larger gets memory of its own. */
const BLOCK = 64 * 1024;

/** Blocks that are kept for the next time: to get fresh memory costs far more than to copy into it. */
const MAX_SPARE = 8;

/** @typedef {{ bytes: Uint8Array, used: number, users: number }} Block */

/** @type {Block[]} */
const spare = [];

/** Copies of bytes that wait, close together in few blocks. They go in the order in which they came. */
export class Blocks {
  /** The one that is being filled. @type {Block | undefined} */
  #current;

  /**
   * @param {Uint8Array} bytes
   * @returns {Copy}
   */
  copy(bytes) {
    if (bytes.length > BLOCK) return { bytes: bytes.slice(), block: undefined };
    const block = this.#withRoom(bytes.length);
    const copy = block.bytes.subarray(block.used, block.used + bytes.length);
    copy.set(bytes);
    block.used += bytes.length;
    block.users++;
    return { bytes: copy, block };
  }

  /** @param {Copy} copy that nobody reads any more */
  free({ block }) {
    if (!block || --block.users > 0) return;
    if (block === this.#current) this.#current = undefined;
    block.used = 0;
    if (spare.length < MAX_SPARE) spare.push(block);
  }

  /** @param {number} length */
  #withRoom(length) {
    if (!this.#current || this.#current.used + length > BLOCK) this.#current = spare.pop() ?? { bytes: new Uint8Array(BLOCK), used: 0, users: 0 };
    return this.#current;
  }
}

/**
 * @typedef {object} Copy
 * @property {Uint8Array} bytes
 * @property {Block | undefined} block that they are in
 */
