// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamClient, StreamError } from "../browser-server/client.js";
import { Lanes } from "./files/lanes.js";
import { VERSION } from "./files/messages.js";
import { OfferTaker } from "./files/offers.js";
import { receiveFile } from "./files/receive.js";
import { sendFile } from "./files/send.js";
import { ofClient } from "./words.js";

const MAX_MESSAGE = 16 * 1024 * 1024;

/** Milliseconds before another try when the name is there, and its host did not answer. */
const PAUSE = 500;

/** Milliseconds that a host has to end its side when we have ended ours. */
const PATIENCE = 1_000;

/** Why a stream is over that is worth another one when the name is there again. */
const PASSING = new Set(["CONNECTION_LOST", "HOST_GONE", "SHUTDOWN", "NO_SUCH_SERVER", "TIMEOUT"]);

/** Tells the host which streams are of the same window. */
const CLIENT = crypto.getRandomValues(new Uint32Array(2)).join("-");

/** This window is connected to a name. */
export class Guest {
  role = "client";
  #mdm;
  #client;
  #ui;
  #names;
  #patient;
  #lanes = new Lanes();
  /** For messages; while it is open we are connected. @type {any} */
  #chat;
  /** Whether the host has taken it, now or at any time before. */
  #open = false;
  #wasOpen = false;
  #stopped = false;
  /** Why we wait for the name. @type {any} */
  #lost;

  /**
   * @param {any} mdm
   * @param {string} name
   * @param {import("./session-view.js").SessionView} ui
   * @param {import("./names.js").Names} names
   * @param {{ patient?: boolean }} [options] whether to wait for the name when nobody has it
   */
  constructor(mdm, name, ui, names, { patient = false } = {}) {
    this.name = name;
    this.#mdm = mdm;
    this.#client = StreamClient(mdm, { maxMessageSize: MAX_MESSAGE });
    this.#ui = ui;
    this.#names = names;
    this.#patient = patient;
  }

  /** Throws if it cannot be a name. */
  start() {
    // First, so that the host can offer files as soon as it sees us.
    const offers = this.#takeOffers();
    const stream = this.#connect("chat");
    this.#chat = stream;
    stream
      .on("open", () => this.#opened())
      .on("data", (value) => this.#stopped || this.#ui.heard(this.name, value))
      .on("end", () => stream.end())
      .on("error", (error) => this.#ui.log("stream.error", this.name, error.code ?? error.message))
      .on("close", () => {
        offers.destroy();
        if (stream === this.#chat) this.#closed(stream.errored);
      });
    this.show();
  }

  stop() {
    this.#stopped = true;
    this.#ui.cancelFiles();
    const chat = this.#chat;
    if (chat && !chat.destroyed) {
      chat.end();
      setTimeout(() => chat.destroy(), PATIENCE);
    }
    this.#ui.stopped();
  }

  retry() {
    if (!this.#chat && !this.#stopped) this.start();
  }

  show() {
    if (this.#stopped) return;
    if (this.#open) this.#ui.status("connected", `Connected to “${this.name}”${this.#names.isOwn(this.name) ? ", the application's own" : ""}.`);
    else if (!this.#mdm.connected) this.#ui.status("waiting", `This window connects to “${this.name}” again when the application is back.`, "away");
    else if (this.#chat && !this.#lost) this.#ui.status("connecting", `Connecting to “${this.name}”`);
    else if (this.#wasOpen) this.#ui.status("waiting", `The host of “${this.name}” is gone. This window connects again when it is back.`, "host");
    else this.#ui.status("waiting", `Nobody hosts “${this.name}” yet. This window connects as soon as somebody does.`, "host");
    this.#ui.peers(this.#open ? 1 : 0, this.#open ? `They go to the host of “${this.name}”.` : "Nobody is there to take them now.");
  }

  /** The connection to the application came or went, or the live names have changed. */
  refresh() {
    if (this.#names.has(this.name)) this.retry();
    this.show();
  }

  /** @param {any} value */
  say(value) {
    this.#chat?.write(value);
    this.#ui.said("You", value);
  }

  /** @param {File[]} files */
  send(files) {
    for (const file of files) {
      const row = this.#ui.file({ name: file.name, size: file.size, direction: "sent", peer: this.name, again: () => this.send([file]) });
      this.#lanes.run(async () => {
        // Not to somebody who has the name later.
        if (this.#stopped) row.failed(new StreamError("CANCELLED", "this window was disconnected"));
        if (!row.over) await sendFile(this.#connect("file", { version: VERSION }), file, row);
      });
    }
  }

  #connect(kind, meta = {}) {
    return this.#client.connect(this.name, { meta: { kind, client: CLIENT, ...meta } });
  }

  #opened() {
    this.#open = true;
    this.#wasOpen = true;
    this.#lost = undefined;
    this.#ui.log("stream.open", this.name);
    this.#ui.note(`Connected to ${this.name}`);
    this.show();
  }

  #takeOffers() {
    const offers = this.#connect("offers", { version: VERSION });
    new OfferTaker(offers, async (id) => {
      // The lanes of files that were cancelled are free for those that waited behind them.
      if (this.#stopped) return;
      const stream = this.#connect("file", { version: VERSION, take: id });
      await receiveFile(stream, (offer) => this.#ui.file({ ...offer, direction: "received", peer: this.name }));
    });
    return offers;
  }

  #closed(error) {
    if (this.#open) this.#ui.note(`Disconnected from ${this.name}`);
    this.#chat = undefined;
    this.#open = false;
    if (this.#stopped) return;
    if (!(this.#wasOpen || this.#patient) || (error && !PASSING.has(error.code))) {
      this.#stopped = true;
      this.#ui.stopped(error ? ofClient(error, this.name) : `The host of “${this.name}” has ended the conversation.`);
      return;
    }
    this.#lost = error ?? {};
    this.show();
    setTimeout(() => this.refresh(), PAUSE);
  }
}
