// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamClient } from "../browser-server/client.js";
import { Conversation } from "./conversation.js";
import { find, setError, setText, swap } from "./dom.js";
import { FileStream } from "./file-stream.js";

const MAX_MESSAGE = 16 * 1024 * 1024;

/** Milliseconds that a host has to end its side when we have ended ours. */
const PATIENCE = 1_000;

/** Milliseconds before another try when the name is there, and its host did not answer. */
const PAUSE = 500;

/** Why a stream was lost that is worth another one when the name is there again. */
const PASSING = new Set(["CONNECTION_LOST", "HOST_GONE", "SHUTDOWN", "NO_SUCH_SERVER"]);

/** Tells the host which of its streams belong together. */
const CLIENT = crypto.getRandomValues(new Uint32Array(2)).join("-");

/** The panel that connects to a name. */
export class ConnectPanel {
  #client;
  #mdm;
  #panel = find("#connect");
  #name = find("#connect-name");
  #conversation;
  /** The stream for messages. @type {any} */
  #stream;
  /** Whether the host has taken it. */
  #opened = false;
  /** The name that we want to be connected to. @type {string | undefined} */
  #wanted;
  /** Whether we wait for the name to be there. */
  #waiting = false;
  /** @type {Set<string>} */
  #live = new Set();
  #onChange;

  /**
   * @param {any} mdm
   * @param {() => void} onChange
   */
  constructor(mdm, onChange) {
    this.#mdm = mdm;
    this.#client = StreamClient(mdm, { maxMessageSize: MAX_MESSAGE });
    this.#onChange = onChange;
    this.#conversation = new Conversation(this.#panel, "connect", {
      message: (value) => this.#say(value),
      files: (files) => this.#send(files),
    });
    find("#connect-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.start(this.#name.value);
    });
    find("#connect-stop").addEventListener("click", () => this.stop());
    this.#show();
  }

  /** The name that we are connected to, or want to be. */
  get name() {
    return this.#wanted;
  }

  /**
   * @param {string} name
   * @param {object} [options]
   * @param {boolean} [options.patient] whether to wait for the name when it is not there yet
   */
  start(name, { patient = false } = {}) {
    if (this.#wanted !== undefined) this.stop();
    this.#name.value = name;
    setError(find("#connect-hint"));
    try {
      this.#open(name, patient);
    } catch (error) {
      setError(find("#connect-hint"), error);
    }
  }

  stop() {
    const stream = this.#stream;
    this.#wanted = undefined;
    this.#waiting = false;
    setError(find("#connect-hint"));
    if (stream && !stream.destroyed) {
      stream.end();
      setTimeout(() => stream.destroy(), PATIENCE);
    }
    this.#show();
  }

  /** @param {Set<string>} names that are live now */
  namesChanged(names) {
    this.#live = names;
    this.#tryAgain();
  }

  #open(name, patient) {
    const stream = this.#client.connect(name, { meta: { kind: "chat", client: CLIENT } });
    this.#stream = stream;
    this.#wanted = name;
    this.#waiting = false;
    this.#opened = false;
    stream
      .on("open", () => {
        this.#opened = true;
        setError(find("#connect-hint"));
        this.#conversation.note(`Connected to ${name}`);
        this.#show();
      })
      .on("data", (value) => this.#received(name, value))
      .on("end", () => stream.end())
      .on("close", () => {
        if (stream === this.#stream) this.#closed(stream.errored, patient);
      })
      .on("error", () => {});
    this.#show();
  }

  #closed(error, patient) {
    const again = this.#opened || patient;
    if (this.#opened) this.#conversation.note("Disconnected");
    this.#stream = undefined;
    this.#opened = false;
    if (this.#wanted === undefined) return this.#show();
    // While we wait, the first error says more than the tries that follow.
    if (error && !find("#connect-hint").classList.contains("error")) setError(find("#connect-hint"), error);
    this.#waiting = again && PASSING.has(error?.code);
    if (!this.#waiting) this.#wanted = undefined;
    this.#show();
    setTimeout(() => this.#tryAgain(), PAUSE);
  }

  #tryAgain() {
    if (this.#waiting && this.#wanted !== undefined && this.#live.has(this.#wanted)) this.#open(this.#wanted, true);
  }

  #received(name, value) {
    if (value?.type === "file-offer") this.#fetch(name, value.id);
    else this.#conversation.add(name, value, "theirs");
  }

  #say(value) {
    this.#stream?.write(value);
    this.#conversation.add("You", value, "mine");
  }

  // --- files: each on a stream of its own

  #send(files) {
    const name = this.#wanted;
    if (name === undefined) return;
    for (const file of files) {
      const stream = this.#client.connect(name, { meta: { kind: "file", client: CLIENT } });
      const progress = this.#conversation.addFile({ name: file.name, size: file.size, direction: "sent", peer: name });
      this.#files(stream, name).send(file, progress);
    }
  }

  #fetch(name, id) {
    this.#files(this.#client.connect(name, { meta: { kind: "fetch", client: CLIENT, id: String(id) } }), name);
  }

  #files(stream, name) {
    return new FileStream(stream, (file) => this.#conversation.addFile({ ...file, direction: "received", peer: name }));
  }

  // --- what is seen

  #show() {
    const { status, text } = this.#state();
    const badge = find("#connect-status");
    badge.dataset.state = status;
    setText(badge, text);
    this.#name.readOnly = status !== "idle";
    if (status === "idle") swap(find("#connect-start"), find("#connect-stop"));
    else swap(find("#connect-stop"), find("#connect-start"));
    this.#conversation.enable(status === "live");
    this.#onChange();
  }

  #state() {
    if (this.#wanted === undefined) return { status: "idle", text: "Not connected" };
    if (this.#waiting) return { status: "waiting", text: this.#mdm.connected ? "Waiting for host" : "Reconnecting" };
    return this.#opened ? { status: "live", text: "Connected" } : { status: "starting", text: "Connecting" };
  }
}
