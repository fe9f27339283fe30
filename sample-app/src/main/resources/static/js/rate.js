// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { find, setText, size } from "./dom.js";

/** Milliseconds of one step of the sketch, and how many there are. */
const STEP = 500;
const STEPS = 60;

const WIDTH = 300;
const HEIGHT = 64;

/** A sketch of the bytes per second of the last half minute. */
export class Rate {
  #current = { sent: 0, received: 0 };
  /** @type {{ sent: number, received: number }[]} */
  #steps = Array.from({ length: STEPS }, () => ({ sent: 0, received: 0 }));
  #blank = true;

  constructor() {
    setInterval(() => this.#step(), STEP);
  }

  /** @param {string} direction sent or received @param {number} bytes */
  add(direction, bytes) {
    this.#current[direction] += bytes;
  }

  #step() {
    this.#steps.push(this.#current);
    this.#steps.shift();
    const { sent, received } = this.#current;
    this.#current = { sent: 0, received: 0 };
    const peak = Math.max(...this.#steps.map((step) => Math.max(step.sent, step.received)));
    if (peak === 0 && this.#blank) return;
    this.#blank = peak === 0;
    for (const direction of ["sent", "received"]) find(`#rate-${direction}`).setAttribute("d", this.#path(direction, peak || 1));
    const perSecond = (bytes) => `${size((bytes * 1000) / STEP)}/s`;
    setText(find("#rate-now-sent"), perSecond(sent));
    setText(find("#rate-now-received"), perSecond(received));
    setText(find("#rate-peak"), peak === 0 ? "" : `peak ${perSecond(peak)}`);
  }

  #path(direction, peak) {
    const points = this.#steps.map((step, index) => `${((index * WIDTH) / (STEPS - 1)).toFixed(1)},${(HEIGHT - (step[direction] / peak) * (HEIGHT - 4)).toFixed(1)}`);
    return `M0,${HEIGHT} L${points.join(" L")} L${WIDTH},${HEIGHT} Z`;
  }
}
