// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** Milliseconds: bound of the first wait, and of all. */
const FIRST = 500;
const CAP = 4_000;

/** How long to wait before the next try: exponential, with full jitter so that the tabs of a restarted application do not come all at once. */
export class Backoff {
  #random;
  /** Since the last reset. */
  tries = 0;

  /** @param {() => number} random 0 to 1 */
  constructor(random) {
    this.#random = random;
  }

  /** @returns {number} milliseconds */
  next() {
    const bound = Math.min(CAP, FIRST * 2 ** this.tries++);
    return this.#random() * bound;
  }

  reset() {
    this.tries = 0;
  }
}
