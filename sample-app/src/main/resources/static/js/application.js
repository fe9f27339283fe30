// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { find, setText } from "./dom.js";
import { ofApplication } from "./words.js";

/** Whether the application can be reached, in words. */
export class Application {
  #mdm;
  #since = performance.now();
  /** Whether it was there at any time. */
  #known = false;
  #why = ofApplication();

  /**
   * @param {any} mdm
   * @param {() => void} changed
   * @param {import("./log.js").Log} log
   */
  constructor(mdm, changed, log) {
    this.#mdm = mdm;
    mdm.on("connect", () => {
      this.#known = true;
      log.add("connect", "application");
      this.#show();
      changed();
    });
    mdm.on("disconnect", (error) => {
      if (this.#known) this.#since = performance.now();
      this.#known = false;
      this.#why = ofApplication(error);
      log.add("disconnect", "application", [error?.code, error?.status].filter(Boolean).join(" "));
      this.#show();
      changed();
    });
    setInterval(() => this.#show(), 1_000);
    this.#show();
  }

  #show() {
    const element = find("#application");
    element.dataset.state = this.#mdm.connected ? "connected" : "away";
    document.body.dataset.application = element.dataset.state;
    const seconds = Math.round((performance.now() - this.#since) / 1000);
    setText(find("#application-text"), this.#mdm.connected ? "Application connected" : this.#why);
    setText(find("#application-time"), this.#mdm.connected || seconds < 2 ? "" : ` (${seconds} s)`);
  }
}
