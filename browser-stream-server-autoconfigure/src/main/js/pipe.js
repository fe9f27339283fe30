// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** @import { BrowserStream } from "./stream.js" */

/**
 * What a stream can be piped to: another of our streams, one of Node's, or whatever looks like them.
 * @typedef {object} Destination
 * @property {(value: any) => unknown} write false: wait for "drain"
 * @property {() => unknown} [end]
 * @property {(error?: any) => unknown} [destroy]
 * @property {(event: any, listener: (...args: any[]) => void) => unknown} [on]
 * @property {(event: any, listener: (...args: any[]) => void) => unknown} [removeListener]
 */

/**
 * @template {Destination} D
 * @param {BrowserStream} source
 * @param {D} destination
 * @param {boolean} end whether the destination ends with the source
 * @returns {D}
 */
export function pipe(source, destination, end) {
  const onData = (/** @type {any} */ value) => {
    if (destination.write(value) === false) source.pause();
  };
  const onDrain = () => source.resume();
  const onEnd = () => {
    stop();
    if (end) destination.end?.();
  };
  const onSourceClose = () => {
    stop();
    // It would wait for ever for the rest, or take a part for the whole.
    if (end) destination.destroy?.(source.errored);
  };
  const onDestinationClose = () => {
    stop();
    source.pause();
  };
  const stop = () => {
    source.removeListener("data", onData).removeListener("end", onEnd).removeListener("close", onSourceClose);
    destination.removeListener?.("drain", onDrain);
    destination.removeListener?.("close", onDestinationClose);
  };
  destination.on?.("drain", onDrain);
  destination.on?.("close", onDestinationClose);
  source.on("data", onData).on("end", onEnd).on("close", onSourceClose);
  return destination;
}
