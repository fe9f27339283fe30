// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Queue } from "./queue.js";

/**
 * Messages of one stream that the page has not taken yet. It begins neither flowing nor paused: messages are held until somebody
 * listens, and so is the end, as whoever listens later would otherwise miss it.
 */
export class Inbox {
  /** @type {Queue<{ value: any, cost: number }>} */
  #held = new Queue();
  #scheduled = false;
  #source;
  #owner;

  /** True, false when paused, undefined when nobody has asked for either: held until somebody listens. @type {boolean | undefined} */
  flowing;
  /** Whether the end is known. */
  ending = false;
  /** Whether the end was delivered. */
  ended = false;

  /**
   * @param {object} source
   * @param {(cost: number) => void} source.release a message was taken
   * @param {() => void} source.releaseStored no message is left, and more are wanted
   * @param {object} owner
   * @param {(value: any) => void} owner.deliver
   * @param {() => void} owner.end
   * @param {() => boolean} owner.hears whether anybody would hear the end
   */
  constructor(source, owner) {
    this.#source = source;
    this.#owner = owner;
  }

  /** Whether the next message would be taken at once. */
  get wantsMore() {
    return this.flowing === true && this.#held.empty;
  }

  /**
   * @param {any} value
   * @param {number} cost
   */
  push(value, cost) {
    if (this.wantsMore) this.#give(value, cost);
    else this.#held.push({ value, cost });
    this.#deliver();
  }

  /** No more messages will come. */
  end() {
    this.ending = true;
    this.#deliver();
  }

  flow() {
    this.flowing = true;
    this.wake();
  }

  /** Delivers what can be delivered, in a microtask so that whoever attaches several listeners has attached them all. */
  wake() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#deliver();
    });
  }

  /** Drops what is held, and the end. */
  clear() {
    this.#held = new Queue();
    this.ending = false;
  }

  /**
   * @param {any} value
   * @param {number} cost
   */
  #give(value, cost) {
    this.#owner.deliver(value);
    this.#source.release(cost);
  }

  #deliver() {
    while (this.flowing && !this.#held.empty) {
      const { value, cost } = /** @type {{ value: any, cost: number }} */ (this.#held.shift());
      this.#give(value, cost);
    }
    if (!this.#held.empty) return;
    if (this.flowing) this.#source.releaseStored();
    if (!this.ending || this.ended) return;
    if (this.flowing === undefined && !this.#owner.hears()) return;
    this.ended = true;
    this.#owner.end();
  }
}
