// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamError } from "../../browser-server/client.js";
import { duration, el, setText, size } from "../dom.js";
import { ofFile } from "../words.js";

/** Milliseconds between two looks at the numbers. */
const REFRESH = 200;

/** Milliseconds over which the speed is measured while the file moves. */
const SPAN = 2_000;

/** A file on its way, in a list: how far it is, how fast, and whether both sides have the same SHA-256. */
export class FileRow {
  #file;
  #tell;
  #start = performance.now();
  #moved = 0;
  /** Bytes at times, for the speed. @type {{ time: number, bytes: number }[]} */
  #samples = [];
  #timer;
  #state = "offered";
  /** @type {string | undefined} */
  #url;
  /** Whether it was saved once. */
  #saved = false;

  /** What the button calls, with the reason for the other side. @type {(reason: string) => void} */
  onCancel = () => {};

  /**
   * @param {object} file
   * @param {string} file.name
   * @param {number} file.size
   * @param {"sent" | "received"} file.direction
   * @param {string} file.peer who has it, or gets it
   * @param {() => void} [file.again] sends it another time
   * @param {object} tell
   * @param {(text: string) => void} tell.announce for those who listen to the page
   * @param {(direction: string, bytes: number) => void} tell.count what has moved since the last time
   */
  constructor(file, tell) {
    this.#file = file;
    this.#tell = tell;
    this.peer = file.peer;
    const { name, direction, peer } = file;
    this.words = el("span", { class: "file-words", "data-testid": "file-words" }, direction === "sent" ? `Waiting for ${peer}` : "Waiting");
    this.bar = el("progress", { max: 1, value: 0, "aria-label": `${name}: part that was ${direction}`, "data-testid": "file-progress" });
    this.amount = el("span", { "data-testid": "file-amount" }, size(file.size));
    this.speed = el("span", { "data-testid": "file-speed" });
    this.left = el("span", { "data-testid": "file-left" });
    this.hash = el("p", { class: "file-hash", "data-testid": "file-hash", hidden: true });
    this.action = this.#button("Cancel", "file-cancel", () => this.cancel());
    this.element = el(
      "li",
      { class: "file", "data-testid": "file-row", "data-direction": direction, "data-state": this.#state, "data-name": name },
      el("span", { class: "file-way", "aria-hidden": "true" }, direction === "sent" ? "↑" : "↓"),
      el(
        "div",
        { class: "file-title" },
        el("bdi", { class: "file-name", "data-testid": "file-name" }, name),
        el("span", { class: "file-peer", "data-testid": "file-peer" }, direction === "sent" ? `to ${peer}` : `from ${peer}`),
      ),
      this.action,
      this.bar,
      el("div", { class: "file-facts" }, this.words, this.amount, this.speed, this.left),
      this.hash,
    );
    this.#timer = setInterval(() => this.#show(), REFRESH);
  }

  /** Whether nothing will change any more. */
  get over() {
    return ["done", "failed", "cancelled"].includes(this.#state);
  }

  /** Whether it may go: nothing will change, and nobody can still want to save it. */
  get disposable() {
    return this.over && (!this.#url || this.#saved);
  }

  /** @param {number} bytes so many in all */
  moved(bytes) {
    if (this.over) return;
    if (this.#state === "offered") {
      this.#start = performance.now();
      this.#samples = [{ time: this.#start, bytes: 0 }];
      this.#become("moving", this.#file.direction === "sent" ? "Sending" : "Receiving");
    }
    if (bytes > this.#moved) {
      this.#tell.count(this.#file.direction, bytes - this.#moved);
      this.#moved = bytes;
    }
  }

  checking() {
    this.moved(this.#file.size);
    this.#show();
    this.#become("checking", "Comparing SHA-256");
    this.#tellSpeed();
  }

  /** @param {{ own: string, other: string, blob?: Blob }} result */
  done({ own, other, blob }) {
    if (own !== other) return this.failed(new Error("SHA-256 differs: the other side has another file"));
    const seconds = Math.max(performance.now() - this.#start, 1) / 1000;
    this.#end("done", this.#file.direction === "sent" ? "Sent" : "Received");
    this.bar.value = 1;
    setText(this.amount, size(this.#file.size));
    if (this.#file.size > 0) setText(this.speed, `${size(this.#file.size / seconds)}/s`);
    Object.assign(this.hash.dataset, { sha256: own, other });
    this.hash.replaceChildren(el("span", { class: "equal" }, "SHA-256 equal"), " ", el("code", { class: "digest", title: "SHA-256 on both sides" }, own));
    this.hash.hidden = false;
    if (blob) this.#offer(blob);
    else this.action.remove();
    this.#tell.announce(`${this.#file.name}: ${this.#file.direction}, SHA-256 equal on both sides`);
  }

  /** @param {any} error */
  failed(error) {
    if (this.over) return;
    const words = ofFile(error, this.#file);
    this.#end(error?.code === "CANCELLED" ? "cancelled" : "failed", words);
    setText(this.amount, "");
    if (this.#file.again) this.#swap(this.#button("Send again", "file-again", this.#file.again));
    else this.action.remove();
    this.#tell.announce(`${this.#file.name}: ${words}`);
  }

  /** Ends it, if it is not over, and tells the other side. */
  cancel() {
    if (this.over) return;
    const { onCancel } = this;
    this.failed(new StreamError("CANCELLED", "cancelled here"));
    onCancel("cancelled by the other side");
  }

  /** Before the row is taken out of the list. */
  release() {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.element.remove();
  }

  #button(text, id, click) {
    return el("button", { type: "button", class: "quiet", "aria-label": `${text}: ${this.#file.name}`, "data-testid": id, click }, text);
  }

  #offer(blob) {
    this.#url = URL.createObjectURL(blob);
    const { name } = this.#file;
    const click = () => (this.#saved = true);
    this.#swap(el("a", { class: "button quiet", href: this.#url, download: name, click, "aria-label": `Save: ${name}`, "data-testid": "file-save" }, "Save"));
  }

  /** Whoever is on the button with the keyboard stays there. */
  #swap(other) {
    const focused = document.activeElement === this.action;
    this.action.replaceWith(other);
    this.action = other;
    if (focused) other.focus();
  }

  #become(state, words) {
    this.#state = state;
    this.element.dataset.state = state;
    setText(this.words, words);
  }

  #end(state, words) {
    clearInterval(this.#timer);
    this.#become(state, words);
    this.#tellSpeed();
  }

  /** @param {number} [speed] bytes per second while it moves */
  #tellSpeed(speed) {
    setText(this.speed, speed === undefined ? "" : `${size(speed)}/s`);
    setText(this.left, speed ? `${duration((this.#file.size - this.#moved) / speed)} left` : "");
  }

  #show() {
    if (this.#state !== "moving") return;
    const time = performance.now();
    this.#samples.push({ time, bytes: this.#moved });
    while (this.#samples.length > 2 && time - this.#samples[0].time > SPAN) this.#samples.shift();
    const first = this.#samples[0];
    const speed = (this.#moved - first.bytes) / Math.max((time - first.time) / 1000, 0.001);
    this.bar.value = this.#file.size === 0 ? 0 : this.#moved / this.#file.size;
    setText(this.amount, `${size(this.#moved)} of ${size(this.#file.size)}`);
    this.#tellSpeed(speed);
  }
}
