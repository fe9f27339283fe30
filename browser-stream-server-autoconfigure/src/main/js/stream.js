// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Emitter, emitEnd } from "./emitter.js";
import { StreamError } from "./errors.js";
import { Inbox } from "./inbox.js";
import { encodeMessage } from "./messages.js";
import { pipe } from "./pipe.js";
import { asyncDispose, iterate, toReadable, toWritable } from "./web-streams.js";

/** @import { StreamSettings } from "./options.js" */
/** @import { Destination } from "./pipe.js" */
/** @import { WireStream } from "./wire-stream.js" */

/**
 * @typedef {object} StreamEvents
 * @property {[]} open the host has taken the stream
 * @property {[value: any]} data a message: a Uint8Array, a string, or the JSON value that was written. Nobody else has the array's buffer; that of
 *   a message of more than 16 KiB may be longer than the message
 * @property {[]} end the other side writes no more, and everything that it wrote has been delivered
 * @property {[]} finish everything that was written, and the end, has been sent
 * @property {[]} drain `write` may go on after it returned false
 * @property {[error: any]} error a StreamError, unless it is what `destroy` was given; "close" follows
 * @property {[]} close comes once, and last
 */

/**
 * A stream of messages between a client and a host, in both directions. What one side writes in one `write`, the other side gets as one
 * "data" event, of the same kind.
 *
 * Messages are held until somebody listens to "data" (or calls `resume`, or reads in another way), and the other side is told to
 * wait meanwhile. Errors come as "error" and then "close"; an error that nobody listens to goes to the console and does no further harm.
 *
 * @extends {Emitter<StreamEvents>}
 */
export class BrowserStream extends Emitter {
  #wire;
  #settings;
  #inbox;
  /** `write` has returned false, and "drain" is owed. */
  #full = false;
  #writableEnded = false;
  #writableFinished = false;
  /** Something was written to a side that had said its last. */
  #wroteLate = false;
  /** With what the other side left behind its end, while that is not read yet. @type {StreamError | undefined} */
  #left;
  #wireClosed = false;
  /** No more events but "error" and "close", which are on their way. */
  #done = false;
  /** @type {unknown} */
  #error;
  /** @type {ReadableStream<any> | undefined} */
  #readable;
  /** @type {WritableStream<any> | undefined} */
  #writable;

  /**
   * Made by StreamClient and StreamServer.
   * @param {WireStream} wire
   * @param {StreamSettings} settings
   */
  constructor(wire, settings) {
    super();
    this.#wire = wire;
    this.#settings = settings;
    this.#inbox = new Inbox(wire, {
      deliver: (value) => this.emit("data", value),
      end: () => this.#ended(),
      hears: () => this.listenerCount("end") > 0 || this.#writableEnded,
    });
    wire.owner = {
      accepted: () => this.emit("open"),
      message: (value, cost) => this.#inbox.push(value, cost),
      wantsMore: () => this.#inbox.wantsMore,
      ended: () => this.#inbox.end(),
      sent: () => this.#sent(),
      finished: () => this.#finished(),
      closed: (error) => this.#closed(error),
    };
    /** The name that the client connected to. @type {string} */
    this.name = wire.request.target;
    /** What the client gave as metadata, undefined when it gave none. @type {any} */
    this.meta = wire.request.meta;
  }

  /** Bytes that were written but not yet sent. */
  get bufferedAmount() {
    return this.#wire.buffered;
  }

  /** Whether "end" was emitted. */
  get readableEnded() {
    return this.#inbox.ended;
  }

  /** Whether `end` was called. */
  get writableEnded() {
    return this.#writableEnded;
  }

  /** Whether everything that was written, and the end, has been sent. */
  get writableFinished() {
    return this.#writableFinished;
  }

  /** Whether the stream is closed: nothing can be read or written any more. */
  get destroyed() {
    return this.#done;
  }

  /** What the stream ended with, undefined when it has not ended or has ended well. */
  get errored() {
    return this.#error;
  }

  /**
   * Sends a message: a string, bytes (an ArrayBuffer, a typed array, a Blob), or any other JSON value. Bytes are copied at once, but a
   * Blob is read while it is sent, and is never in memory as a whole.
   *
   * Writing may begin at once; what is written before the stream is open is kept. On a stream that is closed it does nothing.
   *
   * @param {any} value
   * @returns {boolean} false when much is waiting to be sent: wait for "drain" before writing more
   * @throws {TypeError} when it is none of these values
   */
  write(value) {
    if (this.#writableEnded) throw new Error("write() after end()");
    const message = encodeMessage(value);
    if (this.#done) return false;
    this.#wroteLate ||= this.#inbox.ended || this.#wireClosed;
    this.#wire.send(message);
    this.#full = this.#wire.buffered >= this.#settings.highWaterMark;
    return !this.#full;
  }

  /**
   * Ends our direction, behind all that was written. The other side may go on writing. A second call has no effect.
   * @param {any} [value] is written before
   * @returns {this}
   */
  end(value) {
    if (this.#writableEnded) return this;
    if (value !== undefined) this.write(value);
    this.#writableEnded = true;
    this.#wire.end();
    this.#inbox.wake();
    return this;
  }

  /**
   * Closes both directions at once; what is under way is lost. The other side gets the error CANCELLED, or the code of a StreamError.
   * "error" is emitted if there is an error, and "close". On a stream that is closed it has no effect.
   * @param {unknown} [error] its message is what the other side gets to read
   * @returns {this}
   */
  destroy(error) {
    if (this.#done) return this;
    const code = error instanceof StreamError && error.code !== "CONNECTION_LOST" ? error.code : "CANCELLED";
    this.#wire.reset(code, error instanceof Error ? error.message : String(error ?? ""));
    this.#finish(error);
    return this;
  }

  /**
   * No more "data" until `resume`. The other side is told to wait when the window is full.
   * @returns {this}
   */
  pause() {
    this.#inbox.flowing = false;
    return this;
  }

  /**
   * Messages flow from now on, also if nobody listens to them.
   * @returns {this}
   */
  resume() {
    this.#inbox.flow();
    return this;
  }

  /**
   * Writes all that comes to another stream, at the speed that it takes it.
   * @template {Destination} D
   * @param {D} destination
   * @param {{ end?: boolean }} [options] end: whether the destination ends with this stream (true)
   * @returns {D} the destination
   */
  pipe(destination, options = {}) {
    return pipe(this, destination, options.end ?? true);
  }

  /** What comes, as a Web Stream. It asks for a message only when it is read. */
  get readable() {
    this.#readable ??= toReadable(this);
    return this.#readable;
  }

  /** What goes, as a Web Stream. */
  get writable() {
    this.#writable ??= toWritable(this);
    return this.#writable;
  }

  /** Leaving the loop before the end destroys the stream. @returns {AsyncGenerator<any, void, undefined>} */
  [Symbol.asyncIterator]() {
    return iterate(this);
  }

  /** For `await using`. */
  async [asyncDispose]() {
    this.destroy();
  }

  /**
   * @template {keyof StreamEvents} K
   * @param {K} event
   * @param {(...args: StreamEvents[K]) => void} listener
   * @returns {this}
   */
  on(event, listener) {
    super.on(event, listener);
    if (event === "data" && this.#inbox.flowing === undefined) this.#inbox.flow();
    if (event === "end") this.#inbox.wake();
    return this;
  }

  /**
   * @template {keyof StreamEvents} K
   * @param {K} event
   * @param {(...args: StreamEvents[K]) => void} listener
   * @returns {this}
   */
  removeListener(event, listener) {
    super.removeListener(event, listener);
    // Without it, what comes between two once("data") would be lost.
    if (event === "data" && this.#inbox.flowing && this.listenerCount("data") === 0) this.#inbox.flowing = undefined;
    return this;
  }

  /** What is delivered has come to its end. */
  #ended() {
    this.emit("end");
    if (!this.#settings.allowHalfOpen) this.end();
    if (this.#wireClosed) this.#finish(this.#wroteLate ? this.#left : undefined);
  }

  #sent() {
    if (!this.#full || this.#wire.buffered >= this.#settings.highWaterMark) return;
    this.#full = false;
    // Not now: we are being sent at this moment.
    queueMicrotask(() => {
      if (!this.#done && !this.#full) this.emit("drain");
    });
  }

  #finished() {
    this.#writableFinished = true;
    queueMicrotask(() => this.emit("finish"));
  }

  /** @param {StreamError | undefined} error */
  #closed(error) {
    this.#wireClosed = true;
    const ended = error === undefined && this.#writableEnded;
    // Whoever has ended and then cancels wants no more of us: nothing is lost if we had nothing under way, and wrote nothing behind that.
    const left = error?.code === "CANCELLED" && this.#wire.buffered === 0 && !this.#wroteLate;
    const orderly = this.#inbox.ending && (ended || left);
    this.#left = error;
    // What came in time may still be taken; "end" and "close" follow then.
    if (!orderly || this.#inbox.ended) this.#finish(orderly ? undefined : error);
  }

  /** @param {unknown} error */
  #finish(error) {
    if (this.#done) return;
    this.#done = true;
    this.#error = error;
    this.#inbox.clear();
    emitEnd(/** @type {Emitter<any>} */ (this), error);
  }
}
