// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/**
 * @typedef {object} LifecycleOwner
 * @property {() => void} woke the network is back, or somebody looks at the page: do not wait any longer
 * @property {(cached: boolean) => void} stopped the page's code will not run for a while; cached: it is in the back/forward cache
 * @property {() => void} resumed it runs again
 */

/**
 * Listens to what a page hears of its own life: https://wicg.github.io/page-lifecycle, and the back/forward cache. A worker hears "online" alone.
 * @param {Partial<EventTarget>} target the window or the worker
 * @param {AbortSignal} signal ends it
 * @param {LifecycleOwner} owner
 */
export function listenToPage(target, signal, owner) {
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {
    // Quoted, as the bundler shortens a name of ours that is the same.
    "online": () => owner.woke(),
    visibilitychange: () => globalThis.document?.hidden || owner.woke(),
    pagehide: (event) => event.persisted && owner.stopped(true),
    pageshow: (event) => event.persisted && owner.resumed(),
    freeze: () => owner.stopped(false),
    resume: () => owner.resumed(),
  };
  // "freeze" and "resume" are events of the document that do not bubble.
  for (const type in listeners) target.addEventListener?.(type, listeners[type], { capture: true, signal });
}
