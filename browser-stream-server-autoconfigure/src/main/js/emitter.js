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
    this.#listeners.set(event, [...this.#of(event), checked(listener)]);
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
    const once = (/** @type {Events[K]} */ ...args) => {
      this.removeListener(event, once);
      listener.apply(this, args);
    };
    once.listener = checked(listener);
    return this.on(event, once);
  }

  /**
   * @template {keyof Events} K
   * @param {K} event
   * @param {(...args: Events[K]) => void} listener
   * @returns {this}
   */
  removeListener(event, listener) {
    const listeners = this.#of(event);
    const last = listeners.findLastIndex((each) => each === listener || /** @type {any} */ (each).listener === listener);
    this.#listeners.set(
      event,
      listeners.filter((_each, index) => index !== last),
    );
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
    return this.#of(event).length;
  }

  /**
   * An "error" that nobody listens to goes to the console. It does not end the page or the process.
   * @template {keyof Events} K
   * @param {K} event
   * @param {Events[K]} args
   * @returns {boolean} whether anybody listened
   */
  emit(event, ...args) {
    const listeners = this.#of(event);
    for (const listener of listeners) {
      try {
        listener.apply(this, args);
      } catch (error) {
        report(error);
      }
    }
    if (listeners.length === 0 && event === "error") console.error("browser-stream-server: nobody listens to", args[0]);
    return listeners.length > 0;
  }

  /**
   * @param {PropertyKey} event
   * @returns {AnyListener[]} is replaced and never changed
   */
  #of(event) {
    return this.#listeners.get(event) ?? [];
  }
}

/**
 * Says that something is over, later, so that whoever has caused it can hear it.
 * @param {Emitter<{ error: [error: any], close: [] }>} emitter
 * @param {unknown} error undefined when nothing went wrong
 */
export function emitEnd(emitter, error) {
  queueMicrotask(() => {
    if (error !== undefined) emitter.emit("error", error);
    emitter.emit("close");
  });
}

/**
 * @param {unknown} listener
 * @returns {AnyListener}
 */
function checked(listener) {
  if (typeof listener === "function") return /** @type {AnyListener} */ (listener);
  throw new TypeError("a listener must be a function");
}

/**
 * Shows what a user's callback threw, as the page shows what its own listeners throw.
 * @param {unknown} error
 */
export function report(error) {
  // Outside pages and their workers, as in Deno, what is reported ends the process.
  ((globalThis.origin && globalThis.reportError) || console.error)(error);
}
