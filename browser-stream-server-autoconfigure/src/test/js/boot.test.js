// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { boot } from "../../main/js/client.js";
import { FakeClock } from "./support/clock.js";
import { FakeSocket } from "./support/relay.js";

const made = [];
function start(uri, options = {}) {
  const mdm = boot(uri, { WebSocket: FakeSocket, fetch: null, clock: new FakeClock(), ...options });
  made.push(mdm);
  return mdm;
}

/** Makes the process look like a page for a moment. */
function asPage(globals, action) {
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true });
  try {
    action();
  } finally {
    for (const name of Object.keys(globals)) delete globalThis[name];
  }
}

describe("boot", () => {
  afterEach(() => {
    for (const mdm of made.splice(0)) mdm.close();
  });

  it("makes ws: of http:, and wss: of https:, and keeps the rest", () => {
    const addresses = {
      "ws://h:1/p": "ws://h:1/p",
      "wss://h/p/": "wss://h/p/",
      "http://h/a/b?c=d#e": "ws://h/a/b?c=d",
      "https://h:8443/p": "wss://h:8443/p",
    };
    for (const [uri, address] of Object.entries(addresses)) assert.equal(start(uri).uri, address);
    assert.equal(start(new URL("http://h/url")).uri, "ws://h/url");
  });

  it("resolves a path against the page, or the origin of a worker", () => {
    asPage({ document: { baseURI: "https://site/dir/page" } }, () =>
      assert.equal(start("/browser-server").uri, "wss://site/browser-server"),
    );
    asPage({ location: { href: "http://site:8080/dir/worker.js" } }, () => assert.equal(start("other").uri, "ws://site:8080/dir/other"));
    asPage({ location: { href: "blob:http://site/1-2-3" }, origin: "http://site" }, () => assert.equal(start("/p").uri, "ws://site/p"));
  });

  it("takes an empty address for none, and not for the page's own", () => {
    asPage({ location: { href: "https://site/dir/page" } }, () => assert.throws(() => start(""), { message: /file:.* is none/ }));
  });

  it("says what is wrong with an address", () => {
    for (const uri of ["/browser-server", "no address"])
      assert.throws(() => start(uri), { name: "TypeError", message: /outside a page it must be a whole one/ });
    for (const uri of [undefined, null, "ftp://h/p"]) assert.throws(() => start(uri), { name: "TypeError", message: /needs a uri/ });
  });

  it("says that there is no WebSocket, and throws what its constructor has against the address", () => {
    class Picky {
      constructor() {
        throw new SyntaxError("not this port");
      }
    }
    assert.throws(() => start("ws://h/picky", { WebSocket: Picky }), SyntaxError);
    if (!globalThis.WebSocket) assert.throws(() => start("ws://h/none", { WebSocket: undefined }), /no WebSocket here/);
    assert.equal(start("ws://h/picky").uri, "ws://h/picky");
  });

  it("shares a connection until it is closed, unless it is told not to", () => {
    const first = start("ws://h/shared");
    assert.equal(start("http://h/shared"), first);
    const own = start("ws://h/shared", { shared: false });
    assert.notEqual(own, first);
    own.close();
    assert.equal(start("ws://h/shared"), first);
    assert.notEqual(start("ws://h/else"), first);
    first.close();
    const second = start("ws://h/shared");
    assert.notEqual(second, first);
    first.close();
    assert.equal(start("ws://h/shared"), second);
  });

  it("takes options alone, and an address of another kind for one", () => {
    // This module's own directory, as without an argument; a page's is one to connect to.
    assert.throws(() => boot({ token: "abc" }), { name: "TypeError", message: /and file:.* is none/ });
    assert.throws(() => boot({ shared: false }, {}), { name: "TypeError", message: /options once/ });
    assert.throws(() => boot([]), TypeError);
    assert.equal(start(new String("ws://h/object")).uri, "ws://h/object");
    assert.equal(start({ href: "x", toString: () => "ws://h/location" }).uri, "ws://h/location");
  });

  it("does not share a connection that says somebody else's token", () => {
    const other = /made with another token.*shared: false/;
    const none = start("ws://h/none");
    assert.throws(() => start("ws://h/none", { token: "mine" }), other);
    assert.throws(() => start("ws://h/none", { token: () => "mine" }), other);
    assert.equal(start("ws://h/none"), none);
    const known = start("ws://h/known", { token: "theirs" });
    assert.throws(() => start("ws://h/known", { token: "mine" }), other);
    assert.equal(start("ws://h/known", { token: "theirs" }), known);
    assert.equal(start("ws://h/known"), known);
    assert.throws(() => start("ws://h/known", { token: () => "mine" }), other);
    for (const bad of [null, "", "a b"]) assert.throws(() => start("ws://h/known", { token: bad }), { name: "TypeError", message: /token must be/ });
    known.close();
    const asked = start("ws://h/known", { token: () => "mine" });
    assert.notEqual(asked, known);
    assert.equal(start("ws://h/known", { token: () => "mine" }), asked);
  });

  it("refuses options that make no sense", () => {
    for (const bad of [{ maxStreams: 0 }, { window: 1 }, { highWaterMark: Number.NaN }, { maxMessageSize: 1.5 }])
      assert.throws(() => start("ws://h/bad", bad), RangeError);
  });

  it("does nothing on import", async () => {
    const before = Object.keys(globalThis).length;
    await import("../../main/js/client.js?again");
    assert.equal(Object.keys(globalThis).length, before);
  });
});
