// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Blocks } from "./blocks.js";
import { FRAME_COST, MAX_PAYLOAD } from "./wire.js";
import { Queue } from "./queue.js";

/** @import { Copy } from "./blocks.js" */
/** @import { OutgoingMessage } from "./messages.js" */

/** Messages of one stream that wait to be sent, in order. Bytes are copied, so that the page may use its own again. */
export class Outbox {
  /** @type {Queue<{ message: OutgoingMessage, copy: Copy }>} */
  #waiting = new Queue();
  #blocks = new Blocks();
  #loading = false;

  /** Bytes that wait, and what each message costs beside its bytes, so that empty messages count as well. */
  buffered = 0;

  get empty() {
    return this.#waiting.empty;
  }

  /** @param {OutgoingMessage} message or what is left of it */
  push(message) {
    const copy = this.#blocks.copy(message.chunk);
    message.chunk = copy.bytes;
    this.#waiting.push({ message, copy });
    this.buffered += message.left + FRAME_COST;
  }

  /**
   * @param {number} room bytes of payload that credit allows, negative for no frame at all
   * @param {(error?: unknown) => void} loaded is called later when a Blob had to be read first
   * @returns {{ flags: number, payload: Uint8Array } | undefined} the next frame, valid until the next call; undefined when there can be none now
   */
  next(room, loaded) {
    const first = this.#waiting.peek();
    // Credit first: a Blob is read only when it can be sent.
    if (!first || !first.message.fits(room)) return undefined;
    const { message, copy } = first;
    if (!message.ready) {
      this.#load(message, loaded);
      return undefined;
    }
    const part = message.take(Math.min(room, MAX_PAYLOAD));
    this.buffered -= part.payload.length;
    if (message.done) {
      this.buffered -= FRAME_COST;
      this.#waiting.shift();
      this.#blocks.free(copy);
    }
    return part;
  }

  clear() {
    for (let first = this.#waiting.shift(); first; first = this.#waiting.shift()) this.#blocks.free(first.copy);
    this.buffered = 0;
  }

  /**
   * @param {OutgoingMessage} message
   * @param {(error?: unknown) => void} loaded
   */
  #load(message, loaded) {
    if (this.#loading) return;
    this.#loading = true;
    const done = (/** @type {unknown} */ error) => {
      this.#loading = false;
      loaded(error);
    };
    message.load().then(() => done(undefined), done);
  }
}
