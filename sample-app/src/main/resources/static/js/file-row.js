// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { el, setText, size, words } from "./dom.js";

/** Milliseconds between two looks at the numbers. */
const REFRESH = 200;

/** Milliseconds over which the speed is measured while the file moves. */
const SPAN = 2_000;

/** Finished files that stay in the list. */
const MAX_ROWS = 30;

/**
 * A file on its way, in a list: its progress, its speed, and whether both sides have the same SHA-256.
 * @implements {import("./file-stream.js").Progress}
 */
export class FileRow {
  #size;
  #announce;
  #title;
  #start = performance.now();
  #moved = 0;
  /** Bytes at times, for the speed. @type {{ time: number, bytes: number }[]} */
  #samples = [{ time: this.#start, bytes: 0 }];
  #timer;
  /** @type {string | undefined} */
  #url;
  #cancel = () => {};

  /**
   * @param {HTMLElement} list
   * @param {object} file
   * @param {string} file.name
   * @param {number} file.size
   * @param {"sent" | "received"} file.direction
   * @param {string} file.peer
   * @param {(text: string) => void} announce
   */
  constructor(list, { name, size: bytes, direction, peer }, announce) {
    this.#size = bytes;
    this.#announce = announce;
    this.#title = name;
    this.name = el("span", { class: "file-name", title: name, "data-testid": "file-name" }, name);
    this.action = el("button", { type: "button", class: "quiet", "aria-label": `Cancel ${name}`, "data-testid": "file-cancel", click: () => this.#cancel() }, "Cancel");
    this.bar = el("progress", { max: 1, value: 0, "aria-label": `${name}, ${direction}`, "data-testid": "file-progress" });
    this.amount = el("span", { "data-testid": "file-amount" }, size(bytes));
    this.speed = el("span", { class: "file-speed", "data-testid": "file-speed" }, "");
    this.sha = el("span", { class: "file-sha", "data-testid": "file-sha256", "data-state": "pending" }, "");
    this.row = el(
      "li",
      { class: "file", "data-testid": "file-row", "data-direction": direction, "data-state": "waiting", "data-name": name },
      el("div", { class: "file-head" }, el("span", { class: "file-way" }, direction === "sent" ? `To ${peer}` : `From ${peer}`), this.name, this.action),
      this.bar,
      el("div", { class: "file-foot" }, this.amount, this.speed, this.sha),
    );
    list.prepend(this.row);
    prune(list);
    list.closest("[hidden]")?.removeAttribute("hidden");
    this.#timer = setInterval(() => this.#show(), REFRESH);
  }

  cancellable(cancel) {
    this.#cancel = cancel;
  }

  moved(bytes) {
    if (this.#moved === 0) this.#state("moving");
    this.#moved = bytes;
  }

  checking() {
    this.#moved = this.#size;
    this.#show();
    this.#state("checking");
    setText(this.sha, "Comparing SHA-256");
  }

  done({ own, other, blob }) {
    const seconds = Math.max(performance.now() - this.#start, 1) / 1000;
    const matches = own === other;
    this.#stop(matches ? "done" : "failed");
    this.bar.value = 1;
    setText(this.amount, size(this.#size));
    setText(this.speed, `${size(this.#size / seconds)}/s`);
    setText(this.sha, matches ? "SHA-256 matches" : "SHA-256 differs");
    this.sha.dataset.state = matches ? "matches" : "differs";
    this.sha.dataset.sha256 = own;
    this.sha.title = own;
    this.row.append(el("code", { class: "file-hash" }, own));
    if (blob && matches) this.#offer(blob);
    else this.action.remove();
    this.#announce(`${this.#title}: ${matches ? "complete, SHA-256 matches" : "SHA-256 differs"}`);
  }

  failed(error) {
    this.#stop("failed");
    this.action.remove();
    setText(this.speed, "");
    this.sha.replaceChildren(...words(error));
    this.sha.dataset.state = "failed";
    this.#announce(`${this.#title}: not complete`);
  }

  /** Before the row is taken out of the list. */
  release() {
    if (this.#url) URL.revokeObjectURL(this.#url);
  }

  #offer(blob) {
    this.#url = URL.createObjectURL(blob);
    const link = el("a", { class: "button quiet", href: this.#url, download: this.#title, "aria-label": `Save ${this.#title}`, "data-testid": "file-save" }, "Save");
    this.action.replaceWith(link);
    rows.set(this.row, this);
  }

  #state(state) {
    this.row.dataset.state = state;
  }

  #stop(state) {
    clearInterval(this.#timer);
    this.#state(state);
    rows.set(this.row, this);
  }

  #show() {
    const time = performance.now();
    this.#samples.push({ time, bytes: this.#moved });
    while (this.#samples.length > 2 && time - this.#samples[0].time > SPAN) this.#samples.shift();
    const first = this.#samples[0];
    const speed = (this.#moved - first.bytes) / Math.max((time - first.time) / 1000, 0.001);
    this.bar.value = this.#size === 0 ? 0 : Math.max(0, this.#moved) / this.#size;
    if (this.#moved <= 0) return;
    setText(this.amount, `${size(this.#moved)} of ${size(this.#size)}`);
    setText(this.speed, `${size(speed)}/s`);
  }
}

/** Rows of files that are finished. @type {WeakMap<Element, FileRow>} */
const rows = new WeakMap();

/** @param {HTMLElement} list */
function prune(list) {
  for (const element of [...list.children].slice(MAX_ROWS)) {
    const row = rows.get(element);
    if (!row) continue;
    row.release();
    element.remove();
  }
}
