// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** How many taken items may stay in the array before it is cut. */
const SLACK = 1024;

/**
 * First in, first out. Array.shift would move all other items each time.
 * @template T
 */
export class Queue {
  /** @type {T[]} */
  #items = [];
  #taken = 0;

  get empty() {
    return this.#taken === this.#items.length;
  }

  /** @returns {T | undefined} the oldest, which stays */
  peek() {
    return this.#items[this.#taken];
  }

  /** @param {T} item */
  push(item) {
    this.#items.push(item);
  }

  /** @returns {T | undefined} the oldest, which goes */
  shift() {
    if (this.empty) return undefined;
    const item = this.#items[this.#taken++];
    if (this.empty || this.#taken === SLACK) {
      this.#items = this.#items.slice(this.#taken);
      this.#taken = 0;
    }
    return item;
  }
}
