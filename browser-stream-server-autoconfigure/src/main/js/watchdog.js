// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** @import { Clock } from "./clock.js" */

/** The part of the time after which silence is suspicious. */
const SUSPICIOUS = 0.8;

/**
 * Notices when nothing was heard for too long. In two steps: a page that was frozen finds its timer due before the messages that came
 * meanwhile, so the first alarm only makes it wait a little longer for them.
 */
export class Watchdog {
  #clock;
  #silent;
  #limit = 0;
  #last = 0;
  #suspicious = false;
  /** @type {any} */
  #timer;

  /**
   * @param {Clock} clock
   * @param {() => void} silent
   */
  constructor(clock, silent) {
    this.#clock = clock;
    this.#silent = silent;
  }

  /** @param {number} limit in milliseconds */
  start(limit) {
    this.stop();
    this.#limit = limit;
    this.heard();
    this.#wait(limit * SUSPICIOUS);
  }

  /** Cheap: the timer runs on, and looks how long ago this was. */
  heard() {
    this.#last = this.#clock.now();
    this.#suspicious = false;
  }

  stop() {
    this.#clock.clearTimeout(this.#timer);
  }

  /** @param {number} ms */
  #wait(ms) {
    this.#timer = this.#clock.setTimeout(() => this.#check(), ms);
  }

  #check() {
    const quiet = this.#clock.now() - this.#last;
    const left = this.#limit * SUSPICIOUS - quiet;
    if (left > 0) this.#wait(left);
    else if (this.#suspicious) this.#silent();
    else {
      this.#suspicious = true;
      this.#wait(this.#limit * (1 - SUSPICIOUS));
    }
  }
}
