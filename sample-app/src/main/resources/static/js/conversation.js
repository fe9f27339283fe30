// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { el, find, setError } from "./dom.js";
import { FileRow } from "./file-row.js";

const MAX_ENTRIES = 300;
const MAX_TEXT = 4_000;
const MAX_BYTES = 32;

/** Messages and files, as both panels have them: a log, a line to write, a place to drop files. */
export class Conversation {
  #log;
  #list;
  #status;
  #input;
  #kind;
  #hint;
  #controls;
  #zone;
  #actions;
  #enabled = false;

  /**
   * @param {HTMLElement} panel
   * @param {string} prefix of the test ids
   * @param {{ message: (value: any) => void, files: (files: File[]) => void }} actions
   */
  constructor(panel, prefix, actions) {
    const content = find("#conversation").content.cloneNode(true);
    for (const element of content.querySelectorAll("[data-testid]")) element.dataset.testid = `${prefix}-${element.dataset.testid}`;
    this.#actions = actions;
    this.#log = find(".log", content);
    this.#log.setAttribute("aria-label", `Messages, ${prefix}`);
    this.#status = find(".announcer", content);
    this.#list = find(".files", content);
    this.#input = find(".message", content);
    this.#kind = find(".kind", content);
    this.#hint = find(".hint", content);
    this.#zone = find(".drop", content);
    this.#controls = [...content.querySelectorAll("input, select, button")];
    find("form", content).addEventListener("submit", (event) => this.#submit(event));
    const files = find("input[type=file]", content);
    files.addEventListener("change", () => {
      this.#drop([...files.files]);
      files.value = "";
    });
    this.#acceptDrops(panel);
    panel.append(content);
    this.enable(false);
  }

  /** @param {boolean} enabled whether there is anybody to write to */
  enable(enabled) {
    this.#enabled = enabled;
    for (const control of this.#controls) control.disabled = !enabled;
    this.#zone.classList.toggle("disabled", !enabled);
  }

  /**
   * @param {string} who
   * @param {any} value a text, bytes or a JSON value
   * @param {"mine" | "theirs"} side
   */
  add(who, value, side) {
    this.#append(el("li", { class: `entry ${side}`, "data-testid": "log-entry" }, el("span", { class: "who" }, who), show(value)));
  }

  /** @param {string} text what happened */
  note(text) {
    this.#append(el("li", { class: "note", "data-testid": "log-note" }, text));
  }

  /**
   * @param {{ name: string, size: number, direction: "sent" | "received", peer: string }} file
   */
  addFile(file) {
    return new FileRow(this.#list, file, (text) => {
      this.#status.textContent = text;
    });
  }

  #append(entry) {
    const log = this.#log;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    find(".empty", log)?.remove();
    log.append(entry);
    if (log.children.length > MAX_ENTRIES) log.firstElementChild.remove();
    if (atEnd) log.scrollTop = log.scrollHeight;
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#input.value;
    if (!this.#enabled || text === "") return;
    try {
      this.#actions.message(this.#kind.value === "json" ? JSON.parse(text) : text);
      setError(this.#hint);
      this.#input.value = "";
    } catch (error) {
      setError(this.#hint, error);
    }
    this.#input.focus();
  }

  #drop(files) {
    if (this.#enabled && files.length > 0) this.#actions.files(files);
  }

  #acceptDrops(panel) {
    let depth = 0;
    const over = (change) => {
      depth = change === 0 ? 0 : Math.max(0, depth + change);
      this.#zone.classList.toggle("over", depth > 0 && this.#enabled);
    };
    panel.addEventListener("dragenter", () => over(1));
    panel.addEventListener("dragleave", () => over(-1));
    panel.addEventListener("drop", (event) => {
      over(0);
      // A folder looks like a file of no type that cannot be read.
      const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
      const folder = items.some((item) => item.webkitGetAsEntry?.()?.isDirectory);
      if (folder) setError(this.#hint, new Error("a folder cannot be sent, only the files in it"));
      else this.#drop([...event.dataTransfer.files]);
    });
  }
}

/** @param {any} value @returns {HTMLElement} */
function show(value) {
  if (typeof value === "string") return el("span", { class: "text", "data-kind": "text" }, shorten(value));
  if (value instanceof Uint8Array) {
    const hex = Array.from(value.subarray(0, MAX_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const more = value.length > MAX_BYTES ? " …" : "";
    return el("code", { class: "text", "data-kind": "bytes" }, `${value.length} bytes: ${hex}${more}`);
  }
  const line = JSON.stringify(value);
  return el("code", { class: "text", "data-kind": "json" }, shorten(line.length > 60 ? JSON.stringify(value, null, 2) : line));
}

/** @param {string} text */
function shorten(text) {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)} … and ${text.length - MAX_TEXT} characters more` : text;
}
