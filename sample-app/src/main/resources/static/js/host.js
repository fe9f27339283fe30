// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamError, StreamServer } from "../browser-server/client.js";
import { Conversation } from "./conversation.js";
import { el, find, setError, setText, swap } from "./dom.js";
import { FileStream } from "./file-stream.js";

const MAX_MESSAGE = 16 * 1024 * 1024;

/** Offers that are kept for clients that are slow to fetch them. */
const MAX_OFFERS = 200;

/** The panel that listens on a name. What a client wants is in the metadata of its stream. */
export class HostPanel {
  #mdm;
  #panel = find("#host");
  #name = find("#host-name");
  #conversation;
  /** @type {any} */
  #server;
  /** Streams for messages, and what we call their clients. @type {Map<any, string>} */
  #clients = new Map();
  #lastClient = 0;
  /** Files that clients may fetch. @type {Map<string, { file: File, progress: import("./file-row.js").FileRow }>} */
  #offers = new Map();
  #onChange;

  /**
   * @param {any} mdm
   * @param {() => void} onChange
   */
  constructor(mdm, onChange) {
    this.#mdm = mdm;
    this.#onChange = onChange;
    this.#conversation = new Conversation(this.#panel, "host", {
      message: (value) => this.#say(value),
      files: (files) => this.#offer(files),
    });
    find("#host-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.start(this.#name.value);
    });
    this.#name.addEventListener("input", () => this.#showCommand());
    find("#host-stop").addEventListener("click", () => this.#server?.end());
    find("#host-copy").addEventListener("click", () => this.#copy());
    mdm.on("disconnect", () => this.#show());
    this.#show();
    this.#showClients();
  }

  /** The name that is hosted, or that somebody means to host. */
  get name() {
    return this.#server ? this.#server.name : undefined;
  }

  /** @param {string} name */
  start(name) {
    this.#name.value = name;
    setError(find("#host-hint"));
    try {
      this.#server = StreamServer(this.#mdm, { maxMessageSize: MAX_MESSAGE }, (stream) => this.#joined(stream)).listen(name);
    } catch (error) {
      setError(find("#host-hint"), error);
      return;
    }
    let listening = false;
    this.#server
      .on("listening", () => {
        this.#conversation.note(listening ? `Listening on ${name} again` : `Listening on ${name}`);
        listening = true;
        this.#show();
      })
      .on("error", (error) => setError(find("#host-hint"), error))
      .on("close", () => {
        if (listening) this.#conversation.note(`No longer listening on ${name}`);
        this.#server = undefined;
        this.#offers.clear();
        this.#show();
      });
    this.#show();
  }

  // --- clients

  #joined(stream) {
    switch (stream.meta?.kind) {
      case "ask":
        this.#asked(stream);
        return;
      case "file":
        this.#receiveFiles(stream);
        return;
      case "fetch":
        this.#sendFile(stream);
        return;
      default:
        this.#chat(stream);
    }
  }

  #chat(stream) {
    const client = `Client ${++this.#lastClient}`;
    this.#clients.set(stream, client);
    this.#conversation.note(`${client} connected`);
    this.#showClients();
    stream
      .on("data", (value) => this.#conversation.add(client, value, "theirs"))
      .on("end", () => stream.end())
      .on("error", (error) => this.#conversation.note(`${client}: ${error.code ?? error.message}`))
      .on("close", () => {
        this.#clients.delete(stream);
        this.#conversation.note(`${client} left`);
        this.#showClients();
      });
  }

  /** Java code asks: one text, and it waits for one message. */
  #asked(stream) {
    stream
      .once("data", (question) => {
        const answer = find("#host-answer").value.replaceAll("{q}", () => String(question));
        this.#conversation.add("Java asks", question, "theirs");
        this.#conversation.add("Answered", answer, "mine");
        stream.end(answer);
      })
      .on("end", () => stream.end())
      // It has what it wanted, or waits no longer.
      .on("error", () => {});
  }

  #say(value) {
    for (const stream of this.#clients.keys()) stream.write(value);
    this.#conversation.add(this.#clients.size === 1 ? "You" : `You, to ${this.#clients.size}`, value, "mine");
  }

  // --- files

  #receiveFiles(stream) {
    return new FileStream(stream, (file) => this.#conversation.addFile({ ...file, direction: "received", peer: this.#clientOf(stream) }));
  }

  /** What we call the client of a stream, by the messages that it sends us on another. */
  #clientOf(stream) {
    for (const [other, client] of this.#clients) if (other.meta?.client === stream.meta?.client) return client;
    return "a client";
  }

  #offer(files) {
    for (const file of files) {
      for (const [stream, client] of this.#clients) {
        const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
        const progress = this.#conversation.addFile({ name: file.name, size: file.size, direction: "sent", peer: client });
        const withdraw = (error) => {
          if (this.#offers.delete(id)) progress.failed(error);
        };
        this.#offers.set(id, { file, progress });
        progress.cancellable(() => withdraw(new StreamError("CANCELLED", "cancelled")));
        stream.on("close", () => withdraw(new StreamError("CLIENT_GONE", `${client} left`)));
        stream.write({ type: "file-offer", id });
      }
    }
  }

  #sendFile(stream) {
    const offer = this.#offers.get(stream.meta.id);
    if (!offer) {
      stream.on("error", () => {}).destroy(new StreamError("REFUSED", "there is no such file, or it was fetched already"));
      return;
    }
    this.#offers.delete(stream.meta.id);
    this.#receiveFiles(stream).send(offer.file, offer.progress);
  }

  // --- what is seen

  #show() {
    const { status, text } = this.#state();
    const badge = find("#host-status");
    badge.dataset.state = status;
    setText(badge, text);
    this.#name.readOnly = status !== "idle";
    if (status === "idle") swap(find("#host-start"), find("#host-stop"));
    else swap(find("#host-stop"), find("#host-start"));
    this.#showCommand();
    this.#onChange();
  }

  #state() {
    if (!this.#server) return { status: "idle", text: "Not hosting" };
    if (this.#server.listening) return { status: "live", text: "Live" };
    return this.#mdm.connected ? { status: "starting", text: "Starting" } : { status: "waiting", text: "Reconnecting" };
  }

  #showClients() {
    const clients = [...this.#clients.values()];
    const list = find("#host-clients");
    if (clients.length === 0) list.replaceChildren(el("li", { class: "none" }, "none yet"));
    else list.replaceChildren(...clients.map((client) => el("li", { "data-testid": "host-client" }, client)));
    this.#conversation.enable(clients.length > 0);
  }

  #showCommand() {
    const name = (this.#server?.name ?? (this.#name.value || "demo")).split("/").map(encodeURIComponent).join("/").replaceAll("'", "%27");
    setText(find("#host-command"), `curl '${new URL(`ask/${name}?q=How+are+you`, document.baseURI).href}'`);
  }

  async #copy() {
    const button = find("#host-copy");
    try {
      await navigator.clipboard.writeText(find("#host-command").textContent);
      setText(button, "Copied");
    } catch {
      setText(button, "Not allowed");
    }
    setTimeout(() => setText(button, "Copy"), 1500);
  }
}
