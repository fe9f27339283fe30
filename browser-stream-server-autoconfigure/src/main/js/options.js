// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { INITIAL_CREDIT, MAX_INT } from "./wire.js";

/**
 * What can be set for one stream or, in `boot`, for all.
 * @typedef {object} StreamOptions
 * @property {number} [window] bytes that the other side may send before the page has taken them (2 MiB): at first 256 KiB, and more while the page takes them at once
 * @property {number} [maxMessageSize] bytes of the largest message that is received; a larger one resets the stream with LIMIT (256 MiB)
 * @property {number} [highWaterMark] bytes that may wait to be sent before `write` returns false (256 KiB)
 * @property {boolean} [allowHalfOpen] whether we may go on writing when the other side has ended (true)
 */

/** @typedef {Required<StreamOptions>} StreamSettings */

/** @type {StreamSettings} */
export const DEFAULTS = { window: 2 ** 21, maxMessageSize: 2 ** 28, highWaterMark: 2 ** 18, allowHalfOpen: true };

/**
 * @param {StreamOptions} options
 * @param {StreamSettings} defaults
 * @returns {StreamSettings}
 */
export function streamSettings(options, defaults) {
  const number = (/** @type {"window" | "maxMessageSize" | "highWaterMark"} */ name, /** @type {number} */ least, most = Number.MAX_SAFE_INTEGER) =>
    wholeNumber(options[name] ?? defaults[name], name, least, most);
  return {
    window: number("window", INITIAL_CREDIT, MAX_INT),
    maxMessageSize: number("maxMessageSize", 0),
    highWaterMark: number("highWaterMark", 1),
    allowHalfOpen: options.allowHalfOpen ?? defaults.allowHalfOpen,
  };
}

/**
 * @param {number} value
 * @param {string} name of the option
 * @param {number} least
 * @param {number} most
 * @returns {number}
 */
export function wholeNumber(value, name, least, most) {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
}
