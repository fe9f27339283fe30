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
  #send;
  #rate;
  /** Why no file can go now. @type {string | undefined} */
  #closed = "Host or connect first: then files have somewhere to go.";

  /**
   * @param {(files: File[]) => void} send
   * @param {import("../rate.js").Rate} rate
   */
  constructor(send, rate) {
    this.#send = send;
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
    if (open) setText(this.#error, "");
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
    for (const old of this.#rows.filter((other, index) => index >= MAX_ROWS && other.over)) {
      old.release();
      this.#rows.splice(this.#rows.indexOf(old), 1);
    }
    return row;
  }

  #chosen(files) {
    if (files.length === 0) return;
    setText(this.#error, this.#closed ?? "");
    if (this.#closed === undefined) this.#send(files);
  }

  #acceptDrops() {
    let depth = 0;
    const over = (now) => {
      depth = now;
      document.documentElement.classList.toggle("dragging", depth > 0);
    };
    window.addEventListener("dragenter", () => over(depth + 1));
    window.addEventListener("dragleave", () => over(Math.max(0, depth - 1)));
    // Else the browser would show the file in place of the page.
    window.addEventListener("dragover", (event) => event.preventDefault());
    window.addEventListener("drop", (event) => {
      event.preventDefault();
      over(0);
      this.#dropped(event.dataTransfer);
    });
  }

  #dropped(transfer) {
    const items = [...(transfer?.items ?? [])].filter((item) => item.kind === "file");
    const folders = new Set(items.filter((item) => item.webkitGetAsEntry?.()?.isDirectory).map((item) => item.getAsFile()?.name));
    const files = [...(transfer?.files ?? [])];
    this.#chosen(files.filter((file) => !folders.has(file.name)));
    for (const name of folders) {
      this.add({ name: name ?? "folder", size: 0, direction: "sent", peer: "nobody" }).failed(new Error("a folder cannot be sent, only the files in it"));
    }
  }
}
