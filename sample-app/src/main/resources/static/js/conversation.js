// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { el, find, setFieldError } from "./dom.js";

const MAX_ENTRIES = 300;
const MAX_TEXT = 4_000;
const MAX_BYTES = 32;

/** Messages both ways, as text or as JSON. */
export class Conversation {
  #list = find("#messages");
  #field = find("#message");
  #json = find("#json");
  #error = find("#message-error");
  #sendButton = find("#send");
  #say;
  #open = false;

  /** @param {(value: any) => void} say */
  constructor(say) {
    this.#say = say;
    find("#message-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#json.addEventListener("change", () => {
      this.#field.placeholder = this.#json.checked ? '{ "any": ["JSON", 1, true] }' : "Write a message";
      this.#field.classList.toggle("code", this.#json.checked);
      this.#tellError();
    });
    this.#field.addEventListener("input", () => this.#tellError());
  }

  /** @param {boolean} open whether there is anybody to write to */
  set open(open) {
    this.#open = open;
    this.#sendButton.disabled = !open;
  }

  /**
   * @param {string} who
   * @param {any} value a text, bytes or a JSON value
   * @param {"mine" | "theirs"} side
   */
  add(who, value, side) {
    const { kind, text } = show(value);
    const body = el(kind === "text" ? "span" : "code", { class: "message-text", "data-testid": "message-text" }, text);
    this.#append(el("div", { class: "message", "data-testid": "message-entry", "data-side": side, "data-kind": kind }, el("span", { class: "who" }, who), body));
  }

  /** @param {string} text what happened */
  note(text) {
    this.#append(el("p", { class: "note", "data-testid": "message-note" }, text));
  }

  clear() {
    this.#list.replaceChildren();
  }

  #append(entry) {
    const list = this.#list;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(entry);
    if (list.children.length > MAX_ENTRIES) list.firstElementChild.remove();
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  #submit() {
    const text = this.#field.value;
    this.#field.focus();
    if (!this.#open || text === "") return;
    const message = this.#json.checked ? parse(text) : { value: text };
    this.#tellError(message.error);
    if (message.error !== undefined) return;
    this.#say(message.value);
    this.#field.value = "";
  }

  #tellError(error) {
    setFieldError(this.#error, this.#field, error);
  }
}

/** @param {string} text @returns {{ value?: any, error?: string }} */
function parse(text) {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: `This is not JSON: ${error.message}` };
  }
}

/** @param {any} value @returns {{ kind: string, text: string }} */
function show(value) {
  if (typeof value === "string") return { kind: "text", text: shorten(value) };
  if (value instanceof Uint8Array) {
    const hex = Array.from(value.subarray(0, MAX_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    return { kind: "bytes", text: `${value.length} bytes: ${hex}${value.length > MAX_BYTES ? " …" : ""}` };
  }
  const line = JSON.stringify(value);
  return { kind: "json", text: shorten(line.length > 60 ? JSON.stringify(value, null, 2) : line) };
}

/** @param {string} text */
function shorten(text) {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)} … and ${text.length - MAX_TEXT} characters more` : text;
}
