// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamClient } from "../browser-server/client.js";
import { el, find } from "./dom.js";

/** Milliseconds before another try when the application does not answer on the name "names". */
const PAUSE = 1_000;

const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/**
 * The list of live names. The application is the host of the name "names", and sends the whole list whenever it has changed; after a lost
 * connection it is enough to connect again.
 */
export class NamesPanel {
  #client;
  #panel = find("#names");
  #onPick;
  #onNames;
  /** @type {(name: string) => string} */
  #badge;

  /**
   * @param {any} mdm
   * @param {object} options
   * @param {(name: string) => void} options.pick
   * @param {(names: Set<string>) => void} options.names
   * @param {(name: string) => string} options.badge what the page has to do with a name
   */
  constructor(mdm, { pick, names, badge }) {
    this.#client = StreamClient(mdm);
    this.#onPick = pick;
    this.#onNames = names;
    this.#badge = badge;
    this.#subscribe();
  }

  /** Shows anew which names are this window's own. */
  refreshBadges() {
    for (const item of find("#live-names").children) find(".badge", item).textContent = this.#badge(item.dataset.name);
  }

  #subscribe() {
    const stream = this.#client.connect("names");
    stream
      .on("data", (list) => this.#show(list))
      .on("end", () => stream.end())
      .on("error", () => {})
      .on("close", () => {
        this.#panel.classList.add("stale");
        this.#onNames(new Set());
        // Without a connection the next stream waits until there is one.
        setTimeout(() => this.#subscribe(), stream.errored?.code === "CONNECTION_LOST" ? 0 : PAUSE);
      });
  }

  #show({ servers, events }) {
    this.#panel.classList.remove("stale");
    this.#showServers(servers);
    this.#showEvents(events);
    this.#onNames(new Set(servers.map((server) => server.name)));
  }

  /** Items stay the elements that they were, so that whoever is on one with the keyboard stays there. */
  #showServers(servers) {
    const list = find("#live-names");
    const known = new Map([...list.children].map((item) => [item.dataset.name, item]));
    for (const [name, item] of known) if (!servers.some((server) => server.name === name)) item.remove();
    servers.forEach((server, index) => {
      const item = known.get(server.name) ?? this.#item(server.name);
      find(".since", item).textContent = `since ${time.format(new Date(server.since))}`;
      find(".streams", item).textContent = server.streams === 1 ? "1 stream" : `${server.streams} streams`;
      if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
    });
    find("#names-count").textContent = String(servers.length);
    this.refreshBadges();
  }

  #item(name) {
    return el(
      "li",
      { "data-testid": "live-name", "data-name": name },
      el(
        "button",
        { type: "button", title: `Connect to ${name}`, click: () => this.#onPick(name) },
        el("span", { class: "title" }, el("span", { class: "name" }, name), el("span", { class: "badge" })),
        el("span", { class: "facts" }, el("span", { class: "since" }), " · ", el("span", { class: "streams", "data-testid": "live-name-streams" })),
      ),
    );
  }

  #showEvents(events) {
    const rows = events.map(({ type, name, at, reason }) =>
      el("li", { "data-testid": "event", "data-type": type }, el("time", {}, time.format(new Date(at))), el("code", {}, type), el("span", { class: "name", title: name }, name), el("span", { class: "reason" }, reason ?? "")),
    );
    find("#events").replaceChildren(...rows.reverse());
  }
}
