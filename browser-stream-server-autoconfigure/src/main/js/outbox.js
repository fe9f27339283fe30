// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { FRAME_COST, MAX_PAYLOAD } from "./frames.js";
import { Queue } from "./queue.js";

/** @import { OutgoingMessage } from "./messages.js" */

/** Messages of one stream that wait to be sent, in order. */
export class Outbox {
  /** @type {Queue<OutgoingMessage>} */
  #messages = new Queue();
  #loading = false;

  /** Bytes that wait, and what each message costs beside its bytes, so that empty messages count as well. */
  buffered = 0;

  get empty() {
    return this.#messages.empty;
  }

  /** @param {OutgoingMessage} message */
  push(message) {
    this.#messages.push(message);
    this.buffered += message.size + FRAME_COST;
  }

  /**
   * @param {number} room bytes of payload that credit allows, negative for no frame at all
   * @param {(error?: unknown) => void} loaded is called later when a Blob had to be read first
   * @returns {{ flags: number, payload: Uint8Array } | undefined} the next frame, undefined when there can be none now
   */
  next(room, loaded) {
    const message = this.#messages.peek();
    // Credit first: a Blob is read only when it can be sent.
    if (!message || room < Math.min(message.size, 1)) return undefined;
    if (!message.ready) {
      this.#load(message, loaded);
      return undefined;
    }
    const part = message.take(Math.min(room, MAX_PAYLOAD));
    this.buffered -= part.payload.length;
    if (message.done) {
      this.buffered -= FRAME_COST;
      this.#messages.shift();
    }
    return part;
  }

  clear() {
    this.#messages.clear();
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
