// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/**
 * @typedef {object} LifecycleOwner
 * @property {() => void} woke the network is back, or somebody looks at the page: do not wait any longer
 * @property {(cached: boolean) => void} stopped the page's code will not run for a while; cached: it is in the back/forward cache
 * @property {() => void} resumed it runs again
 */

/** "freeze" and "resume" are events of the document that do not bubble. */
const CAPTURE = { capture: true };

/** What a page hears of its own life: https://wicg.github.io/page-lifecycle, and the back/forward cache. A worker hears "online" alone. */
export class Lifecycle {
  #target;
  #owner;
  /** @type {Record<string, (event: any) => void>} */
  #listeners = {
    online: () => this.#owner.woke(),
    visibilitychange: () => globalThis.document?.hidden || this.#owner.woke(),
    pagehide: (event) => event.persisted && this.#owner.stopped(true),
    pageshow: (event) => event.persisted && this.#owner.resumed(),
    freeze: () => this.#owner.stopped(false),
    resume: () => this.#owner.resumed(),
  };

  /**
   * @param {Partial<EventTarget>} target the window or the worker
   * @param {LifecycleOwner} owner
   */
  constructor(target, owner) {
    this.#target = target;
    this.#owner = owner;
    for (const [type, listener] of Object.entries(this.#listeners)) target.addEventListener?.(type, listener, CAPTURE);
  }

  close() {
    for (const [type, listener] of Object.entries(this.#listeners)) this.#target.removeEventListener?.(type, listener, CAPTURE);
  }
}
