// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { find, setText } from "./dom.js";

/** What is seen of a session: its state in words, its messages and files. A session has the words, this the places. */
export class SessionView {
  #status = find("#status");
  #parts;

  /**
   * @param {object} parts
   * @param {import("./conversation.js").Conversation} parts.conversation
   * @param {import("./files/panel.js").FilesPanel} parts.files
   * @param {import("./log.js").Log} parts.log
   * @param {import("./rate.js").Rate} parts.rate
   * @param {(error?: string) => void} parts.stopped
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {string} state
   * @param {string} text
   * @param {string} [waitsFor] away (the application), host or name
   */
  status(state, text, waitsFor = "") {
    this.#status.dataset.state = state;
    document.body.dataset.session = state;
    setText(find("#status-text"), text);
    find("#retry").hidden = waitsFor !== "host";
  }

  /**
   * @param {number} number of others who are connected to us, or we to them
   * @param {string} hint where files go; or why there can be none
   */
  peers(number, hint) {
    this.#parts.conversation.open = number > 0;
    this.#parts.files.open(number > 0, hint);
    document.body.dataset.peers = String(Math.min(number, 2));
  }

  note(text) {
    this.#parts.conversation.note(text);
  }

  said(who, value) {
    this.#count("sent", value);
    this.#parts.conversation.add(who, value, "mine");
  }

  heard(who, value) {
    this.#count("received", value);
    this.#parts.conversation.add(who, value, "theirs");
  }

  /** @param {ConstructorParameters<typeof import("./files/file-row.js").FileRow>[0]} file */
  file(file) {
    return this.#parts.files.add(file);
  }

  /** @param {string} why no file can go */
  refuseFiles(why) {
    this.#parts.files.tell(why);
  }

  /** Nobody is left to see how they go. */
  cancelFiles() {
    this.#parts.files.cancel();
  }

  log(type, name, reason) {
    this.#parts.log.add(type, name, reason);
  }

  /** @param {string} [error] why, if nobody wanted it */
  stopped(error) {
    this.#parts.stopped(error);
  }

  #count(direction, value) {
    const bytes = value instanceof Uint8Array ? value.byteLength : new Blob([typeof value === "string" ? value : JSON.stringify(value)]).size;
    this.#parts.rate.add(direction, bytes);
  }
}
