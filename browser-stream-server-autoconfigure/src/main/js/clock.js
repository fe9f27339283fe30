// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/**
 * Time and chance. Passed in so that tests need to wait for neither.
 * @typedef {object} Clock
 * @property {(callback: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} now in milliseconds
 * @property {() => number} random 0 to 1
 */

/** @type {Clock} */
export const systemClock = {
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  now: () => performance.now(),
  random: () => Math.random(),
};
