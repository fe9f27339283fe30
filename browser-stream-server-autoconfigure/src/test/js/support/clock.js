// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** A clock that stands still until it is told. */
export class FakeClock {
  #now = 0;
  #timers = new Map();
  #next = 1;

  /** What random() gives. */
  chance = 0.5;

  setTimeout = (callback, ms) => {
    this.#timers.set(this.#next, { callback, due: this.#now + ms });
    return this.#next++;
  };
  clearTimeout = (timer) => this.#timers.delete(timer);
  now = () => this.#now;
  random = () => this.chance;

  /** How many timers run. */
  get pending() {
    return this.#timers.size;
  }

  /** Lets time pass, timer by timer, with the promises between them. */
  async advance(ms) {
    const until = this.#now + ms;
    for (;;) {
      const [id, timer] = [...this.#timers].sort(([, a], [, b]) => a.due - b.due)[0] ?? [];
      if (!timer || timer.due > until) break;
      this.#now = Math.max(this.#now, timer.due);
      this.#timers.delete(id);
      timer.callback();
      await settle();
    }
    this.#now = until;
    await settle();
  }

  /** Time passes while nothing runs, as in a frozen tab. */
  freeze(ms) {
    this.#now += ms;
  }
}

/** Lets everything happen that needs no time. */
export function settle() {
  return new Promise((resolve) => setImmediate(resolve));
}
