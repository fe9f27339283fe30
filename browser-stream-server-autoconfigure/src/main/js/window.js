// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { WireError } from "./errors.js";
import { FRAME_COST, INITIAL_CREDIT, MAX_INT } from "./wire.js";
import { FIRST_WINDOW } from "./limits.js";

/** How much we may still send on a stream. */
export class SendWindow {
  #credit = INITIAL_CREDIT;

  /** Bytes of payload that the next frame may have; negative when there may be no frame at all. */
  get room() {
    return this.#credit - FRAME_COST;
  }

  /** @param {number} length payload of the frame that is sent now */
  spend(length) {
    if (length > this.room) throw new WireError("INTERNAL", "more data than credit");
    this.#credit -= length + FRAME_COST;
  }

  /** @param {number} bytes */
  add(bytes) {
    if (bytes > MAX_INT - this.#credit) throw new WireError("FLOW_CONTROL", "more credit than can be", "connection");
    this.#credit += bytes;
  }
}

/**
 * How much the other side may still send on a stream. What was consumed is given back in halves of the window, so that a stream of small
 * messages does not cause a CREDIT for each. While all that comes is consumed at once it is the window that makes the other side wait, and
 * it doubles.
 */
export class ReceiveWindow {
  #size = INITIAL_CREDIT;
  #most = INITIAL_CREDIT;
  #credit = INITIAL_CREDIT;
  #held = 0;
  #consumed = 0;

  /**
   * @param {number} length payload of a frame that came
   * @returns {number} what it costs, to be given to `consume` later
   */
  receive(length) {
    const cost = length + FRAME_COST;
    if (cost > this.#credit) throw new WireError("FLOW_CONTROL", "more data than credit", "connection");
    this.#credit -= cost;
    this.#held += cost;
    return cost;
  }

  /**
   * @param {number} cost of frames whose bytes have left us
   * @returns {number} the credit to give now, 0 for none
   */
  consume(cost) {
    this.#held -= cost;
    this.#consumed += cost;
    if (this.#consumed < this.#size / 2) return 0;
    const more = this.#held > 0 ? 0 : Math.min(this.#size, this.#most - this.#size);
    const grant = this.#consumed + more;
    this.#consumed = 0;
    this.#size += more;
    this.#credit += grant;
    return grant;
  }

  /**
   * @param {number} most how large the window may become; it never shrinks
   * @returns {number} the credit to give now, 0 for none
   */
  grow(most) {
    this.#most = Math.max(most, this.#size);
    const grant = Math.max(0, Math.min(most, FIRST_WINDOW) - this.#size);
    this.#size += grant;
    this.#credit += grant;
    return grant;
  }
}
