// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** Files that move at the same time in one direction; more of them would only share the same line. */
const AT_ONCE = 8;

/** Runs tasks in their order, some at a time. */
export class Lanes {
  #free = AT_ONCE;
  /** @type {(() => Promise<unknown>)[]} */
  #waiting = [];

  /** @param {() => Promise<unknown>} task which does not fail */
  run(task) {
    this.#waiting.push(task);
    this.#next();
  }

  async #next() {
    if (this.#free === 0 || this.#waiting.length === 0) return;
    this.#free--;
    try {
      await this.#waiting.shift()?.();
    } finally {
      this.#free++;
      this.#next();
    }
  }
}
