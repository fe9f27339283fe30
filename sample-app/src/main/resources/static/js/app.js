// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { boot } from "../browser-server/client.js";
import { Application } from "./application.js";
import { Chooser } from "./chooser.js";
import { Conversation } from "./conversation.js";
import { find } from "./dom.js";
import { FilesPanel } from "./files/panel.js";
import { Guest } from "./guest.js";
import { Host } from "./host.js";
import { Invite } from "./invite.js";
import { Log } from "./log.js";
import { Names } from "./names.js";
import { Rate } from "./rate.js";
import { SessionView } from "./session-view.js";
import { ofClient, ofHost } from "./words.js";

/** What this window does now: it hosts, or is connected. @type {Host | Guest | undefined} */
let session;

const TITLE = document.title;

const mdm = boot();
const log = new Log();
const rate = new Rate();
const conversation = new Conversation((value) => session?.say(value));
const files = new FilesPanel({ send: (chosen) => session?.send(chosen), refuse: (why) => (session ? files.tell(why) : chooser.tell(why)) }, rate);
const view = new SessionView({ conversation, files, log, rate, stopped });
const invite = new Invite();
const names = new Names(mdm, (events) => {
  log.addEvents(events);
  chooser.refresh();
  session?.refresh();
});
const chooser = new Chooser(
  {
    host: (name) => begin(new Host(mdm, name, view)),
    connect: (name) => begin(new Guest(mdm, name, view, names)),
  },
  names,
);
new Application(mdm, () => session?.refresh(), log);

find("#stop").addEventListener("click", () => session?.stop());
find("#retry").addEventListener("click", () => session?.retry());
window.addEventListener("hashchange", followAddress);
followAddress();

/** The address says what to do: a link for others does, and this page's own when it is loaded anew. */
function followAddress() {
  const wishes = new URLSearchParams(location.hash.slice(1));
  const host = wishes.get("host");
  const connect = wishes.get("connect");
  if (session && [host, connect].includes(session.name)) return;
  session?.stop();
  if (host) begin(new Host(mdm, host, view, { patient: true }));
  else if (connect) begin(new Guest(mdm, connect, view, names, { patient: true }));
}

/** @param {Host | Guest} next */
function begin(next) {
  chooser.tell();
  chooser.ask(next.role === "host" ? "host" : "connect", next.name);
  session = next;
  conversation.clear();
  try {
    next.start();
  } catch (error) {
    session = undefined;
    chooser.tell(next.role === "host" ? ofHost(error, next.name) : ofClient(error, next.name));
    return;
  }
  if (session !== next) return;
  setAddress(`${next.role === "host" ? "host" : "connect"}=${encodeURIComponent(next.name)}`);
  if (next.role === "host") invite.show(next.name);
  find("#stop").textContent = next.role === "host" ? "Stop hosting" : "Disconnect";
  show(next.role);
  find("#session-title").focus();
}

/** @param {string} [error] */
function stopped(error) {
  session = undefined;
  setAddress("");
  files.open(false, "Host or connect first: then files have somewhere to go.");
  show("");
  chooser.tell(error);
  chooser.focus();
}

/** @param {string} role of this window, or nothing */
function show(role) {
  document.body.dataset.role = role;
  document.title = session ? `${session.name}: ${role === "host" ? "hosted here" : "connected"}` : TITLE;
  find("#chooser").hidden = role !== "";
  find("#session").hidden = role === "";
  find("#session").dataset.role = role;
  for (const element of document.querySelectorAll("[data-only]")) element.hidden = element.dataset.only !== role;
}

/** @param {string} hash */
function setAddress(hash) {
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}
