// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { ownError } from "./errors.js";

/** @import { BrowserStream } from "./stream.js" */

/** Browsers that do not know it have no `await using` either. @type {typeof Symbol.asyncDispose} */
export const asyncDispose = Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");

/**
 * @param {BrowserStream} stream
 * @returns {ReadableStream<any>}
 */
export function toReadable(stream) {
  // With a mark of 0 nothing is taken in advance: each read takes one message, and the credit for it is given then.
  return new ReadableStream(
    {
      start(controller) {
        let fail = (/** @type {unknown} */ error) => controller.error(error);
        const end = () => {
          // What is not read yet stays.
          fail = () => {};
          controller.close();
        };
        if (stream.readableEnded) end();
        else if (stream.destroyed) fail(closedEarly(stream));
        else {
          stream.pause();
          stream.on("data", (value) => {
            stream.pause();
            controller.enqueue(value);
          });
          stream.on("end", end);
          stream.on("error", (error) => fail(error));
          stream.on("close", () => fail(closedEarly(stream)));
        }
      },
      pull() {
        stream.resume();
      },
      cancel(reason) {
        stream.destroy(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * @param {BrowserStream} stream
 * @returns {WritableStream<any>}
 */
export function toWritable(stream) {
  /** Settles the write or the close that is under way: also one on a stream that was destroyed just now, whose "close" is still to come. */
  let settle = { resolve: () => {}, reject: (/** @type {unknown} */ _error) => {} };
  const wait = () =>
    new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
      settle = { resolve, reject };
    });
  return new WritableStream({
    start(controller) {
      const fail = (/** @type {unknown} */ error) => {
        controller.error(error);
        settle.reject(error);
      };
      stream.on("drain", () => settle.resolve());
      stream.on("finish", () => settle.resolve());
      stream.on("error", fail);
      stream.on("close", () => stream.writableFinished || fail(closedEarly(stream)));
      if (stream.destroyed) fail(closedEarly(stream));
    },
    write(value) {
      return stream.write(value) ? undefined : wait();
    },
    close() {
      if (stream.writableFinished) return undefined;
      const finished = wait();
      stream.end();
      return finished;
    },
    abort(reason) {
      stream.destroy(reason);
    },
  });
}

/**
 * @param {BrowserStream} stream
 * @returns {AsyncGenerator<any, void, undefined>}
 */
export async function* iterate(stream) {
  const reader = stream.readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
    if (!stream.readableEnded) stream.destroy();
  }
}

/**
 * What a reader or a writer gets to see when the stream was closed before its end.
 * @param {BrowserStream} stream
 */
function closedEarly(stream) {
  return stream.errored ?? ownError("CANCELLED", stream.name, "the stream was closed on this side");
}
