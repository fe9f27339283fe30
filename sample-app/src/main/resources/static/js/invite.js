// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { find, setText } from "./dom.js";

/** Names of this machine, which mean another one elsewhere. */
const LOCAL = /^(localhost|127\..*|\[::1\])$/;

const SHOWN = 1_500;

/** How others come to the name that this window hosts: a second window, a link, a QR code. */
export class Invite {
  #link = find("#link");

  constructor() {
    find("#copy-link").addEventListener("click", () => this.#copy());
    find("#open-window").addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (window.open(event.currentTarget.href, "_blank", "popup,width=820,height=900")) event.preventDefault();
    });
    find("#qr-fold").addEventListener("toggle", () => this.#showQr());
  }

  /** @param {string} name */
  show(name) {
    const link = new URL(`#connect=${encodeURIComponent(name)}`, document.baseURI).href;
    this.#link.value = link;
    find("#open-window").href = link;
    find("#qr-local").hidden = !LOCAL.test(location.hostname);
    this.#showQr();
    const path = name.split("/").map(encodeURIComponent).join("/").replaceAll("'", "%27");
    setText(find("#ask-command"), `curl '${new URL(`ask/${path}?q=How+are+you`, document.baseURI).href}'`);
  }

  #showQr() {
    if (find("#qr-fold").open) find("#qr").src = `qr?text=${encodeURIComponent(this.#link.value)}`;
  }

  async #copy() {
    const button = find("#copy-link");
    this.#link.select();
    try {
      await navigator.clipboard.writeText(this.#link.value);
      setText(button, "Copied");
    } catch {
      // Pages without https may not: it is selected at least.
      setText(button, "Press Ctrl+C");
    }
    setTimeout(() => setText(button, "Copy"), SHOWN);
  }
}
