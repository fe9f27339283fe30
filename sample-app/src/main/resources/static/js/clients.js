// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/**
 * A window or a program that is connected to us, by any of its streams.
 * @typedef {object} Client
 * @property {string} label
 * @property {Set<any>} streams
 * @property {any} [chat] its stream for messages
 * @property {import("./files/offers.js").OfferBoard} [board] what we offer to it, if it takes files
 */

/** Those who were here, and whose labels are kept. */
const MAX_LABELS = 1_000;

/** Those who are connected to a host. */
export class Clients {
  #came;
  #left;
  /** By what they call themselves. @type {Map<any, Client>} */
  #all = new Map();
  /** Of those who may come back, the oldest first. @type {Map<string, string>} */
  #labels = new Map();
  #last = 0;

  /** @param {{ came: (client: Client) => void, left: (client: Client) => void }} events */
  constructor({ came, left }) {
    this.#came = came;
    this.#left = left;
  }

  get count() {
    return this.#all.size;
  }

  [Symbol.iterator]() {
    return this.#all.values();
  }

  /** @param {any} stream of a client, who is there as long as one of them is @returns {Client} */
  of(stream) {
    // Who does not say who it is has one stream.
    const id = stream.meta?.client ?? stream;
    const client = this.#all.get(id) ?? this.#add(id);
    client.streams.add(stream);
    stream.on("close", () => {
      client.streams.delete(stream);
      if (client.streams.size > 0) return;
      this.#all.delete(id);
      this.#left(client);
    });
    return client;
  }

  #add(id) {
    const client = { label: this.#labelOf(id), streams: new Set() };
    this.#all.set(id, client);
    this.#came(client);
    return client;
  }

  /** The same as before a line was lost. */
  #labelOf(id) {
    const label = this.#labels.get(id) ?? `Client ${++this.#last}`;
    if (typeof id !== "string") return label;
    this.#labels.delete(id);
    this.#labels.set(id, label);
    if (this.#labels.size > MAX_LABELS) this.#labels.delete(this.#labels.keys().next().value);
    return label;
  }
}
