// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { el, find, setFieldError, setText } from "./dom.js";

const DEFAULT_NAME = "demo";

/** The question that a new window asks: host, or connect? */
export class Chooser {
  #name = find("#name");
  #error = find("#name-error");
  #submit = find("#submit");
  #modes = { host: find("#mode-host"), connect: find("#mode-connect") };
  #answers;
  #names;
  /** Whether somebody has touched it: then it proposes nothing more. */
  #touched = false;

  /**
   * @param {{ host: (name: string) => void, connect: (name: string) => void }} answers
   * @param {import("./names.js").Names} names
   */
  constructor(answers, names) {
    this.#answers = answers;
    this.#names = names;
    for (const mode of Object.values(this.#modes)) {
      // Also on the one that is chosen already.
      mode.addEventListener("click", () => (this.#touched = true));
      mode.addEventListener("change", () => {
        this.#touched = true;
        this.#proposeName();
        this.#show();
      });
    }
    this.#name.addEventListener("input", () => {
      this.#touched = true;
      this.tell();
    });
    find("#chooser-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#answers[this.#mode](this.#name.value.trim());
    });
    this.#show();
  }

  get #mode() {
    return this.#modes.connect.checked ? "connect" : "host";
  }

  /** @param {string} [error] what went wrong with the name */
  tell(error) {
    setFieldError(this.#error, this.#name, error);
  }

  /** @param {"host" | "connect"} mode @param {string} name that was tried */
  ask(mode, name) {
    this.#touched = true;
    this.#modes[mode].checked = true;
    this.#name.value = name;
    this.#show();
  }

  focus() {
    this.#name.focus();
    this.#name.select();
  }

  /** The live names have changed. */
  refresh() {
    if (!this.#touched && this.#hosted()) this.#modes.connect.checked = true;
    if (!this.#touched) this.#proposeName();
    this.#show();
    this.#showLive();
  }

  /** The newest name that a window hosts. */
  #hosted() {
    return this.#names.list.find((live) => !live.own)?.name;
  }

  #proposeName() {
    this.tell();
    this.#name.value = this.#mode === "host" ? this.#freeName() : (this.#hosted() ?? "echo");
  }

  #freeName() {
    let name = DEFAULT_NAME;
    for (let number = 2; this.#names.has(name); number++) name = `${DEFAULT_NAME}-${number}`;
    return name;
  }

  #show() {
    const connect = this.#mode === "connect";
    setText(this.#submit, connect ? "Connect" : "Host");
    setText(find("#name-label"), connect ? "Connect to the name" : "Host the name");
    const hosted = this.#hosted();
    const meeting = connect && hosted !== undefined;
    setText(
      find("#chooser-hint"),
      meeting ? `“${hosted}” is hosted by another window now.` : connect ? "No other window hosts a name now. “echo” is the application's own." : "Others then connect to this window by its name.",
    );
  }

  /** Buttons stay the elements that they were, so that whoever is on one with the keyboard stays there. */
  #showLive() {
    const list = find("#live-names");
    const known = new Map([...list.children].map((item) => [item.dataset.name, item]));
    const names = this.#names.list.toSorted((one, other) => Number(one.own) - Number(other.own) || (one.own ? one.name.localeCompare(other.name) : 0));
    for (const [name, item] of known) if (!this.#names.has(name)) item.remove();
    names.forEach(({ name, own }, index) => {
      const item = known.get(name) ?? this.#item(name, own);
      if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
    });
  }

  #item(name, own) {
    const click = () => {
      this.ask("connect", name);
      this.#answers.connect(name);
    };
    return el(
      "li",
      { "data-name": name },
      el(
        "button",
        { type: "button", class: "live-name", "data-testid": "live-name", "data-name": name, "data-own": String(own), click },
        el("span", {}, el("span", { class: "visually-hidden" }, "Connect to "), name),
        ...(own ? [el("span", { class: "badge" }, "application's own")] : []),
      ),
    );
  }
}
