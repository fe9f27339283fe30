// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { WireError } from "./errors.js";
import { FRAME_COST, INITIAL_CREDIT, MAX_INT } from "./frames.js";

/** How much we may still send on a stream. */
export class SendWindow {
  #credit = INITIAL_CREDIT;

  /** Bytes of payload that the next frame may have; negative when there may be no frame at all. */
  get room() {
    return this.#credit - FRAME_COST;
  }

  /** @param {number} length payload of the frame that is sent now */
  spend(length) {
    if (length > this.room) throw new WireError("INTERNAL", "more data than credit", "stream");
    this.#credit -= length + FRAME_COST;
  }

  /** @param {number} bytes */
  add(bytes) {
    if (bytes > MAX_INT - this.#credit) throw new WireError("FLOW_CONTROL", "more credit than can be", "connection");
    this.#credit += bytes;
  }
}

/**
 * How much the other side may still send on a stream. What was consumed is given back in halves of the window, so that a
 * stream of small messages does not cause a CREDIT for each.
 */
export class ReceiveWindow {
  #size = INITIAL_CREDIT;
  #credit = INITIAL_CREDIT;
  #consumed = 0;

  /**
   * @param {number} length payload of a frame that came
   * @returns {number} what it costs, to be given to `consume` later
   */
  receive(length) {
    const cost = length + FRAME_COST;
    if (cost > this.#credit) throw new WireError("FLOW_CONTROL", "more data than credit", "connection");
    this.#credit -= cost;
    return cost;
  }

  /**
   * @param {number} cost of frames whose bytes have left us
   * @returns {number} the credit to give now, 0 for none
   */
  consume(cost) {
    this.#consumed += cost;
    if (this.#consumed < this.#size / 2) return 0;
    const grant = this.#consumed;
    this.#consumed = 0;
    this.#credit += grant;
    return grant;
  }

  /**
   * @param {number} size of the window from now on; it never shrinks
   * @returns {number} the credit to give now, 0 for none
   */
  grow(size) {
    const grant = Math.max(0, size - this.#size);
    this.#size += grant;
    this.#credit += grant;
    return grant;
  }
}
