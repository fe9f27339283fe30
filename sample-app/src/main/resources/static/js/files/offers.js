// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamError } from "../../browser-server/client.js";
import { Lanes } from "./lanes.js";
import { offerOf, VERSION } from "./messages.js";

/** Offers of one host that wait for their turn; more are declined. */
const MAX_OFFERS = 1_000;

/*
 * A host cannot open streams. It puts its offers on a stream that each client opens for them, and a client takes one by opening
 * another stream with its id: docs/file-protocol.md.
 */

/** A host's offers to one client. */
export class OfferBoard {
  #stream;
  /** @type {Map<string, { file: File, row: import("./file-row.js").FileRow }>} */
  #offers = new Map();

  /** @param {any} stream that the client opened for them */
  constructor(stream) {
    this.#stream = stream;
    stream
      .on("data", (message) => {
        if (message?.type === "decline") this.#drop(message.id, new StreamError("REFUSED", String(message.reason ?? "declined")));
      })
      .on("end", () => stream.end())
      .on("error", () => {})
      .on("close", () => {
        for (const id of this.#offers.keys()) this.#drop(id, stream.errored ?? new StreamError("CLIENT_GONE", "the client has left"));
      });
  }

  /** @param {File} file @param {import("./file-row.js").FileRow} row */
  offer(file, row) {
    const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
    this.#offers.set(id, { file, row });
    row.onCancel = (reason) => {
      this.#stream.write({ type: "withdraw", id, reason });
      this.#drop(id, new StreamError("CANCELLED", reason));
    };
    this.#stream.write({ ...offerOf(file), id });
  }

  /** @param {unknown} id @returns what is offered under it, once */
  take(id) {
    const offer = this.#offers.get(String(id));
    this.#offers.delete(String(id));
    return offer;
  }

  #drop(id, error) {
    this.take(id)?.row.failed(error);
  }
}

/** What a client does with the offers of its host: it takes all, some at a time. */
export class OfferTaker {
  #lanes = new Lanes();
  #take;
  /** @type {Set<string>} */
  #open = new Set();
  /** Offers that were not looked at yet, also those that were withdrawn. */
  #waiting = 0;

  /**
   * @param {any} stream that we opened for offers
   * @param {(id: string) => Promise<unknown>} take settles when that file is over
   */
  constructor(stream, take) {
    this.#take = take;
    stream
      .on("data", (message) => this.#told(stream, message))
      .on("end", () => stream.end())
      .on("error", () => {})
      .on("close", () => this.#open.clear());
  }

  #told(stream, message) {
    const id = String(message?.id);
    if (message?.type === "withdraw") this.#open.delete(id);
    if (message?.type !== "offer") return;
    if (message.version !== VERSION) stream.write({ type: "decline", id, reason: `only version ${VERSION} of the file protocol is known here` });
    else if (this.#waiting >= MAX_OFFERS) stream.write({ type: "decline", id, reason: `${MAX_OFFERS} files wait already` });
    else this.#taken(id);
  }

  #taken(id) {
    this.#open.add(id);
    this.#waiting++;
    this.#lanes.run(async () => {
      this.#waiting--;
      if (this.#open.delete(id)) await this.#take(id);
    });
  }
}
