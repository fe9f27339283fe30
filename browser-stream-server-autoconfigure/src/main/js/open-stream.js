// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { ownError, StreamError } from "./errors.js";
import { MAX_TIMEOUT } from "./limits.js";
import { checkName, encodeMetadata } from "./open.js";
import { streamSettings, wholeNumber } from "./options.js";
import { BrowserStream } from "./stream.js";
import { WireStream } from "./wire-stream.js";

/** @import { Clock } from "./clock.js" */
/** @import { Connector } from "./connector.js" */
/** @import { StreamOptions } from "./options.js" */

/**
 * @typedef {object} ConnectOnly
 * @property {any} [meta] a small JSON value (4 KiB) that the host sees as `stream.meta`
 * @property {number} [timeout] milliseconds until the host must have taken the stream, also while there is no connection; without it a stream
 *   waits for a connection as long as it takes, and then for the host as long as the application allows (30 s)
 * @property {AbortSignal} [signal] destroys the stream
 */

/** @typedef {StreamOptions & ConnectOnly} ConnectOptions */

/**
 * Opens a stream to a server or to a route of the application.
 * @param {Connector} connector
 * @param {number} kind
 * @param {unknown} target
 * @param {ConnectOptions} options
 * @returns {BrowserStream}
 */
export function openStream(connector, kind, target, options) {
  const settings = streamSettings(options, connector.settings);
  const request = { kind, target: checkName(target), meta: options.meta, metadata: encodeMetadata(options.meta) };
  const { timeout, signal } = options;
  if (timeout !== undefined) wholeNumber(timeout, "timeout", 1, MAX_TIMEOUT);
  const wire = new WireStream(request, settings);
  const stream = new BrowserStream(wire, settings);
  if (connector.closed) stream.destroy(ownError("CANCELLED", stream.name, "the mdm is closed"));
  else connector.open(wire);
  if (timeout) limitTime(stream, timeout, connector.clock);
  if (signal) obey(signal, stream, (error) => stream.destroy(error));
  return stream;
}

/**
 * @param {BrowserStream} stream
 * @param {number} timeout
 * @param {Clock} clock
 */
function limitTime(stream, timeout, clock) {
  const tooLate = () => stream.destroy(ownError("TIMEOUT", stream.name, `the host did not take the stream within ${timeout} ms`));
  const timer = clock.setTimeout(tooLate, timeout);
  const stop = () => clock.clearTimeout(timer);
  stream.on("open", stop).on("close", stop);
}

/**
 * @param {AbortSignal} signal
 * @param {{ on: (event: "close", listener: () => void) => unknown }} subject is listened to, so that a signal that lives long does not hold it
 * @param {(error: StreamError) => void} abort
 */
export function obey(signal, subject, abort) {
  const onAbort = () => abort(new StreamError("CANCELLED", "it was aborted by its signal", { cause: signal.reason }));
  if (signal.aborted) onAbort();
  else {
    signal.addEventListener("abort", onAbort, { once: true });
    subject.on("close", () => signal.removeEventListener("abort", onAbort));
  }
}
