// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { find, setText } from "../dom.js";
import { FileRow } from "./file-row.js";

/** Rows that stay in the list when they are over. */
const MAX_ROWS = 40;

/** Where files come from (a drop anywhere in the window, or the button), and the list of those that move. */
export class FilesPanel {
  #list = find("#files");
  #input = find("#file-input");
  #error = find("#files-error");
  #announcer = find("#announcer");
  /** The newest first. @type {FileRow[]} */
  #rows = [];
  #actions;
  #rate;
  /** Why no file can go now. @type {string | undefined} */
  #closed = "Host or connect first: then files have somewhere to go.";

  /**
   * @param {object} actions
   * @param {(files: File[]) => void} actions.send
   * @param {(why: string) => void} actions.refuse tells somebody who has dropped files that they cannot go
   * @param {import("../rate.js").Rate} rate
   */
  constructor(actions, rate) {
    this.#actions = actions;
    this.#rate = rate;
    this.#input.addEventListener("change", () => {
      this.#chosen([...this.#input.files]);
      this.#input.value = "";
    });
    this.#acceptDrops();
  }

  /**
   * @param {boolean} open whether somebody is there to take files
   * @param {string} hint where they go, or why they cannot
   */
  open(open, hint) {
    if (open && this.#closed !== undefined) this.tell("");
    this.#closed = open ? undefined : hint;
    this.#input.disabled = !open;
    find("#drop-zone").classList.toggle("closed", !open);
    setText(find("#drop-hint"), hint);
  }

  /** @param {ConstructorParameters<typeof FileRow>[0]} file */
  add(file) {
    const row = new FileRow(file, {
      announce: (text) => setText(this.#announcer, text),
      count: (direction, bytes) => this.#rate.add(direction, bytes),
    });
    this.#list.prepend(row.element);
    this.#rows.unshift(row);
    for (const old of this.#rows.filter((other, index) => index >= MAX_ROWS && other.disposable)) {
      old.release();
      this.#rows.splice(this.#rows.indexOf(old), 1);
    }
    return row;
  }

  /** Ends all that is not over. */
  cancel() {
    for (const row of this.#rows) row.cancel();
  }

  /** @param {string} why no file can go, at the place where they are dropped */
  tell(why) {
    setText(this.#error, why);
  }

  #chosen(files) {
    if (files.length === 0) return;
    this.tell("");
    if (this.#closed === undefined) this.#actions.send(files);
    else this.#actions.refuse(this.#closed);
  }

  #acceptDrops() {
    let depth = 0;
    const over = (now) => {
      depth = now;
      document.documentElement.classList.toggle("dragging", depth > 0);
    };
    const on = (type, listener) => window.addEventListener(type, (event) => hasFiles(event.dataTransfer) && listener(event));
    on("dragenter", () => over(depth + 1));
    on("dragleave", () => over(Math.max(0, depth - 1)));
    // Else the browser would show the file in place of the page.
    on("dragover", (event) => event.preventDefault());
    on("drop", (event) => {
      event.preventDefault();
      over(0);
      this.#dropped(event.dataTransfer);
    });
  }

  #dropped({ items, files }) {
    const entries = [...items].filter((item) => item.kind === "file");
    const folders = new Set(entries.filter((item) => item.webkitGetAsEntry?.()?.isDirectory).map((item) => item.getAsFile()?.name));
    this.#chosen([...files].filter((file) => !folders.has(file.name)));
    for (const name of folders) {
      this.add({ name: name ?? "folder", size: 0, direction: "sent", peer: "nobody" }).failed(new Error("a folder cannot be sent, only the files in it"));
    }
  }
}

/** @param {DataTransfer | null} transfer which may be a text on its way to the field for messages */
function hasFiles(transfer) {
  return transfer !== null && (transfer.files.length > 0 || transfer.types.includes("Files"));
}
