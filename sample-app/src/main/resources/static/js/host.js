// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamError, StreamServer } from "../browser-server/client.js";
import { Clients } from "./clients.js";
import { count, find } from "./dom.js";
import { OfferBoard } from "./files/offers.js";
import { receiveFile } from "./files/receive.js";
import { sendFile } from "./files/send.js";
import { ofHost } from "./words.js";

const MAX_MESSAGE = 16 * 1024 * 1024;

/** Milliseconds for which a page that was loaded anew waits for its own name, and between two tries. */
const PATIENCE = 40_000;
const PAUSE = 1_000;

/** This window listens on a name. What a client wants with a stream is in the stream's metadata. */
export class Host {
  role = "host";
  #mdm;
  #ui;
  /** @type {any} */
  #server;
  #stopped = false;
  #listened = false;
  #since = performance.now();
  #patient;
  #clients = new Clients({
    came: ({ label }) => this.#told(`${label} connected`),
    left: ({ label }) => this.#told(`${label} left`),
  });

  /**
   * @param {any} mdm
   * @param {string} name
   * @param {import("./session-view.js").SessionView} ui
   * @param {{ patient?: boolean }} [options] whether the name may be this window's own, from before it was loaded anew
   */
  constructor(mdm, name, ui, { patient = false } = {}) {
    this.name = name;
    this.#mdm = mdm;
    this.#ui = ui;
    this.#patient = patient;
  }

  /** Throws if it cannot be a name. */
  start() {
    const server = StreamServer(this.#mdm, { maxMessageSize: MAX_MESSAGE }, (stream) => this.#joined(stream)).listen(this.name);
    /** @type {any} */
    let failure;
    this.#server = server;
    this.name = server.name;
    server
      .on("listening", () => {
        this.#ui.log("server.listening", this.name);
        this.#listened = true;
        this.show();
      })
      .on("error", (error) => {
        failure = error;
        this.#ui.log("server.error", this.name, error.code ?? error.message);
      })
      .on("close", () => this.#closed(failure));
    this.show();
  }

  stop() {
    this.#stopped = true;
    // Before the name: the streams that still stand are then ended in good order.
    this.#ui.cancelFiles();
    this.#server?.end();
    this.#ui.stopped();
  }

  /** The name again, at once. */
  retry() {
    if (!this.#server) this.start();
  }

  /** The connection to the application came or went, or the live names have changed. */
  refresh() {
    this.show();
  }

  show() {
    if (this.#stopped) return;
    const clients = count(this.#clients.count, "window");
    if (!this.#mdm.connected) this.#ui.status("waiting", `“${this.name}” comes back when the application does.`, "away");
    else if (!this.#server) this.#ui.status("waiting", `“${this.name}” is taken, perhaps by a window that has just gone. Trying again.`, "name");
    else if (!this.#server.listening) this.#ui.status("starting", `Asking for the name “${this.name}”`);
    else if (this.#clients.count === 0) this.#ui.status("hosting", `Hosting “${this.name}”. Nobody is connected yet.`);
    else this.#ui.status("hosting", `Hosting “${this.name}”. ${clients} connected.`);
    this.#ui.peers(this.#clients.count, this.#fileHint());
  }

  #fileHint() {
    if (this.#clients.count === 0) {
      return this.#mdm.connected ? "Nobody is connected yet: open a second window first." : "Nobody can be reached while the application is away.";
    }
    return this.#clients.count === 1 ? "They go to the connected window." : `Each goes to all ${count(this.#clients.count, "window")} that are connected.`;
  }

  #told(text) {
    if (this.#stopped) return;
    this.#ui.note(text);
    this.show();
  }

  /** @param {any} value */
  say(value) {
    const chats = [...this.#clients].flatMap(({ chat }) => chat ?? []);
    for (const chat of chats) chat.write(value);
    this.#ui.said(chats.length > 1 ? `You, to ${chats.length}` : "You", value);
  }

  /** @param {File[]} files go to every client */
  send(files) {
    for (const client of this.#clients) for (const file of files) this.#offer(file, client);
  }

  #offer(file, client) {
    const again = () => this.#sendAgain(file, client);
    const row = this.#ui.file({ name: file.name, size: file.size, direction: "sent", peer: client.label, again });
    if (client.board) client.board.offer(file, row);
    else row.failed(new StreamError("REFUSED", `${client.label} takes no files`));
  }

  /** A window that was loaded anew is another client: if just one is there, that is the one. */
  #sendAgain(file, { label }) {
    const now = [...this.#clients];
    const client = now.find((other) => other.label === label) ?? (now.length === 1 ? now[0] : undefined);
    if (client) this.#offer(file, client);
    else if (now.length === 0) this.#ui.refuseFiles(this.#fileHint());
    else this.#ui.refuseFiles(`${label} is gone. Drop the file again to send it to all ${now.length} windows.`);
  }

  #closed(error) {
    this.#server = undefined;
    if (this.#stopped) return;
    // The relay keeps a name for a few seconds for a host whose line broke.
    if (/waits for its owner/.test(error?.message)) this.#patient = true;
    const mayBeOurs = this.#patient && !this.#listened && error?.code === "NAME_TAKEN" && performance.now() - this.#since < PATIENCE;
    if (mayBeOurs) {
      this.show();
      setTimeout(() => this.#stopped || this.retry(), PAUSE);
      return;
    }
    this.#stopped = true;
    this.#ui.stopped(error ? ofHost(error, this.name) : `“${this.name}” is no longer hosted here.`);
  }

  // --- what clients want

  #joined(stream) {
    switch (stream.meta?.kind) {
      case "ask":
        return this.#asked(stream);
      case "offers":
        return this.#boardFor(stream);
      case "file":
        return this.#moveFile(stream);
      default:
        return this.#chat(stream);
    }
  }

  #chat(stream) {
    const client = this.#clients.of(stream);
    client.chat = stream;
    this.show();
    stream
      .on("data", (value) => this.#stopped || this.#ui.heard(client.label, value))
      .on("end", () => stream.end())
      .on("error", (error) => this.#ui.log("stream.error", client.label, error.code ?? error.message))
      .on("close", () => {
        if (client.chat === stream) client.chat = undefined;
      });
  }

  #boardFor(stream) {
    const client = this.#clients.of(stream);
    const board = new OfferBoard(stream);
    client.board = board;
    stream.on("close", () => {
      if (client.board === board) client.board = undefined;
    });
  }

  #moveFile(stream) {
    const { take } = stream.meta;
    if (take !== undefined) return this.#taken(stream, take);
    const { label } = this.#clients.of(stream);
    return receiveFile(stream, (offer) => this.#ui.file({ ...offer, direction: "received", peer: label }));
  }

  #taken(stream, id) {
    for (const { board } of this.#clients) {
      const offer = board?.take(id);
      if (offer) return sendFile(stream, offer.file, offer.row);
    }
    return stream.on("error", () => {}).destroy(new StreamError("REFUSED", "no such file is on offer, or it was taken already"));
  }

  /** Java code asks: one text, and it waits for one message. */
  #asked(stream) {
    stream
      .once("data", (question) => {
        const answer = find("#ask-answer").value.replaceAll("{q}", () => String(question));
        this.#ui.heard("Java asks", question);
        this.#ui.said("Answered", answer);
        stream.end(answer);
      })
      .on("end", () => stream.end())
      // It has what it wanted, or waits no longer.
      .on("error", () => {});
  }
}
