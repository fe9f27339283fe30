// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** @typedef {(...args: any[]) => void} AnyListener */

/**
 * Events as in Node, as far as the original's users know them. A listener that throws is reported and hurts nobody else: neither the
 * other listeners nor the connection that the event came from.
 * @template {{ [K in keyof Events]: any[] }} Events names of the events, and what their listeners are given
 */
export class Emitter {
  /** @type {Map<PropertyKey, AnyListener[]>} */
  #listeners = new Map();

  /**
   * @template {keyof Events} K
   * @param {K} event
   * @param {(...args: Events[K]) => void} listener
   * @returns {this}
   */
  on(event, listener) {
    if (typeof listener !== "function") throw new TypeError("a listener must be a function");
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), /** @type {AnyListener} */ (listener)]);
    return this;
  }

  /**
   * @template {keyof Events} K
   * @param {K} event
   * @param {(...args: Events[K]) => void} listener
   * @returns {this}
   */
  addListener(event, listener) {
    return this.on(event, listener);
  }

  /**
   * @template {keyof Events} K
   * @param {K} event
   * @param {(...args: Events[K]) => void} listener
   * @returns {this}
   */
  once(event, listener) {
    if (typeof listener !== "function") throw new TypeError("a listener must be a function");
    const once = Object.assign(
      (/** @type {Events[K]} */ ...args) => {
        this.removeListener(event, once);
        listener.apply(this, args);
      },
      { listener },
    );
    return this.on(event, once);
  }

  /**
   * @template {keyof Events} K
   * @param {K} event
   * @param {(...args: Events[K]) => void} listener
   * @returns {this}
   */
  removeListener(event, listener) {
    const left = [...(this.#listeners.get(event) ?? [])];
    const index = left.findLastIndex((each) => each === listener || /** @type {any} */ (each).listener === listener);
    if (index >= 0) left.splice(index, 1);
    this.#listeners.set(event, left);
    return this;
  }

  /**
   * @template {keyof Events} K
   * @param {K} event
   * @param {(...args: Events[K]) => void} listener
   * @returns {this}
   */
  off(event, listener) {
    return this.removeListener(event, listener);
  }

  /**
   * @param {keyof Events} event
   * @returns {number}
   */
  listenerCount(event) {
    return this.#listeners.get(event)?.length ?? 0;
  }

  /**
   * An "error" that nobody listens to goes to the console. It does not end the page or the process.
   * @template {keyof Events} K
   * @param {K} event
   * @param {Events[K]} args
   * @returns {boolean} whether anybody listened
   */
  emit(event, ...args) {
    const listeners = this.#listeners.get(event) ?? [];
    for (const listener of listeners) {
      try {
        listener.apply(this, args);
      } catch (error) {
        report(error);
      }
    }
    if (listeners.length === 0 && event === "error") console.error("browser-stream-server: unhandled error:", args[0]);
    return listeners.length > 0;
  }
}

/**
 * Shows what a user's callback threw, as the page shows what its own listeners throw.
 * @param {unknown} error
 */
export function report(error) {
  if (typeof globalThis.reportError === "function") globalThis.reportError(error);
  else console.error(error);
}
