// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamClient } from "../browser-server/client.js";

/** Milliseconds before another try when the application does not answer on the name "names". */
const PAUSE = 1_000;

/**
 * The live names. The application is the host of the name "names", and sends the whole list whenever it has changed; after a lost
 * connection it is enough to connect again.
 */
export class Names {
  #client;
  #changed;

  /** Those that are live now, the newest first. @type {{ name: string, own: boolean, since: string }[]} */
  list = [];

  /**
   * @param {any} mdm
   * @param {(events: any[]) => void} changed is called with the newest events of all names
   */
  constructor(mdm, changed) {
    this.#client = StreamClient(mdm);
    this.#changed = changed;
    this.#subscribe();
  }

  /** @param {string} name */
  has(name) {
    return this.list.some((live) => live.name === name);
  }

  /** @param {string} name whether it is the application itself that hosts it */
  isOwn(name) {
    return this.list.some((live) => live.name === name && live.own);
  }

  #subscribe() {
    const stream = this.#client.connect("names");
    stream
      .on("data", ({ servers, events }) => this.#show(servers, events))
      .on("end", () => stream.end())
      .on("error", () => {})
      .on("close", () => {
        this.#show([], []);
        // Without a connection the next stream waits until there is one.
        setTimeout(() => this.#subscribe(), stream.errored?.code === "CONNECTION_LOST" ? 0 : PAUSE);
      });
  }

  #show(servers, events) {
    this.list = servers.toSorted((one, other) => other.since.localeCompare(one.since));
    this.#changed(events);
  }
}
