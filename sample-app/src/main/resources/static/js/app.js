// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { boot } from "../browser-server/client.js";
import { ConnectPanel } from "./connect.js";
import { find, setText } from "./dom.js";
import { HostPanel } from "./host.js";
import { NamesPanel } from "./names.js";

const mdm = boot();
const wishes = new URLSearchParams(location.search);

/** @type {{ host?: HostPanel, connect?: ConnectPanel, names?: NamesPanel }} */
const panels = {};
panels.host = new HostPanel(mdm, changed);
panels.connect = new ConnectPanel(mdm, changed);
panels.names = new NamesPanel(mdm, {
  pick: (name) => panels.connect?.start(name),
  names: (names) => panels.connect?.namesChanged(names),
  badge: (name) => (name === panels.host?.name ? "this window" : name === panels.connect?.name ? "connected" : ""),
});

// Somebody who came to connect wants that first, on a narrow screen above all.
if (wishes.has("connect") && !wishes.has("host")) find("#host").before(find("#connect"));

const wantedHost = wishes.get("host");
const wantedName = wishes.get("connect");
if (wantedHost) panels.host.start(wantedHost);
if (wantedName) panels.connect.start(wantedName, { patient: true });

mdm.on("connect", () => showConnection("connected", "Connected"));
mdm.on("disconnect", () => showConnection("reconnecting", "Reconnecting"));
showConnection(mdm.connected ? "connected" : "connecting", mdm.connected ? "Connected" : "Connecting");
showSecondWindow();

// A file that misses its place must not take the page's.
for (const type of ["dragover", "drop"]) window.addEventListener(type, (event) => event.preventDefault());

function changed() {
  panels.names?.refreshBadges();
  showSecondWindow();
}

function showConnection(state, text) {
  find("#connection").dataset.state = state;
  setText(find("#connection"), text);
}

/** The other side of what this window does. */
function showSecondWindow() {
  const hosted = panels.host?.name;
  const link = find("#second-window");
  link.href = hosted ? `?connect=${encodeURIComponent(hosted)}` : "./";
}

find("#second-window").addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (window.open(event.currentTarget.href, "_blank", "popup,width=760,height=900")) event.preventDefault();
});
