// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { el, find } from "./dom.js";

const MAX_ENTRIES = 200;

const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** What happens, in the words of the library. */
export class Log {
  #list = find("#log");
  /** Events of names that were told last, and are in the list already. @type {Set<string>} */
  #known = new Set();

  /**
   * @param {string} type
   * @param {string} name
   * @param {string} [reason]
   * @param {Date} [at]
   */
  add(type, name, reason = "", at = new Date()) {
    const entry = el(
      "li",
      { "data-testid": "log-entry", "data-type": type, "data-name": name, "data-at": String(at.getTime()) },
      el("time", {}, time.format(at)),
      " ",
      el("code", {}, type),
      " ",
      el("span", { class: "log-name" }, name),
      " ",
      el("code", { class: "log-reason" }, reason),
    );
    // What the application tells may be older than what we saw ourselves.
    const older = [...this.#list.children].find((other) => Number(other.dataset.at) <= at.getTime());
    this.#list.insertBefore(entry, older ?? null);
    if (this.#list.children.length > MAX_ENTRIES) this.#list.lastElementChild.remove();
  }

  /** @param {{ type: string, name: string, at: string, reason?: string }[]} events of the application, the newest last */
  addEvents(events) {
    if (events.length === 0) return;
    const keys = events.map(({ type, name, at }) => `${type} ${name} ${at}`);
    for (const [index, { type, name, at, reason }] of events.entries())
      if (!this.#known.has(keys[index])) this.add(type, name, reason ?? "", new Date(at));
    this.#known = new Set(keys);
  }
}
