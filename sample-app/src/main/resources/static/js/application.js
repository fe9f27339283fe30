// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { find, setText } from "./dom.js";
import { ofApplication } from "./words.js";

/** Milliseconds that a connection may take before that is worth words. */
const SOON = 2_000;

/** Whether the application can be reached, in words. */
export class Application {
  #mdm;
  /** When it was there for the last time. */
  #since = performance.now();
  /** Why it is not. @type {any} */
  #error;

  /**
   * @param {any} mdm
   * @param {() => void} changed
   * @param {import("./log.js").Log} log
   */
  constructor(mdm, changed, log) {
    this.#mdm = mdm;
    mdm.on("connect", () => {
      this.#error = undefined;
      log.add("connect", "application");
      this.#show();
      changed();
    });
    mdm.on("disconnect", (error) => {
      // More than one comes while it is away.
      if (this.#error === undefined) this.#since = performance.now();
      this.#error = error ?? {};
      log.add("disconnect", "application", [error?.code, error?.status].filter(Boolean).join(" "));
      this.#show();
      changed();
    });
    setInterval(() => this.#show(), 1_000);
    this.#show();
  }

  #show() {
    const away = performance.now() - this.#since;
    const late = this.#error !== undefined || away > SOON;
    find("#application").dataset.state = this.#mdm.connected ? "connected" : "away";
    document.body.dataset.application = this.#mdm.connected ? "connected" : late ? "away" : "connecting";
    setText(find("#application-text"), this.#mdm.connected ? "Application connected" : late ? ofApplication(this.#error) : "Connecting");
    setText(find("#application-time"), this.#mdm.connected || away < SOON ? "" : ` (${Math.round(away / 1000)} s)`);
  }
}
