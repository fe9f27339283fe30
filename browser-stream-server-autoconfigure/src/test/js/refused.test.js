// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ErrorCode, StreamClient } from "../../main/js/client.js";
import { Inquiry } from "../../main/js/inquiry.js";
import { settle } from "./support/clock.js";
import { FakeSocket, record, setUp } from "./support/relay.js";

const json = (status, body) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const ours = (status, code, message) => () => json(status, { service: "browser-stream-server", status, code, message });
const page = (status) => () => new Response("<h1>something else</h1>", { status, headers: { "Content-Type": "text/html" } });
const nothing = () => Promise.reject(new TypeError("fetch failed"));
const redirect = () => Object.defineProperties(new Response(null), { type: { value: "opaqueredirect" }, status: { value: 0 } });
const silent = (signal) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

/** An mdm that can ask: `answer` is what it is told next. */
function setUpAsking(answer, options = {}) {
  const asked = [];
  const world = { answer };
  const fetch = function (uri, init) {
    assert.equal(this, undefined, "a platform's fetch must not be called as a method of something else");
    asked.push({ uri, ...init });
    return Promise.resolve().then(() => world.answer(init.signal));
  };
  const errors = [];
  const { origin = "http://test", ...others } = options;
  globalThis.origin = origin;
  try {
    Object.assign(world, setUp({ fetch, ...others }), { asked, errors });
  } finally {
    delete globalThis.origin;
  }
  world.mdm.on("disconnect", (error) => errors.push(error));
  return world;
}

const told = ({ errors }) => errors.map(({ code, status }) => (status ? `${code} ${status}` : code));

describe("a handshake that fails", () => {
  it("is asked about with the address, the token and the cookies", async () => {
    const { relays, asked } = setUpAsking(ours(403, "REFUSED", "no"), { token: "abc" });
    await relays[0].drop();
    assert.equal(asked.length, 1);
    const { uri, method, headers, credentials, redirect: redirects } = asked[0];
    assert.deepEqual([uri, method, headers, credentials, redirects], ["http://test/browser-server", "POST", { "X-Requested-With": "XMLHttpRequest", "Stream-Token": "abc" }, "include", "manual"]);
  });

  for (const [what, answer, expected, text] of [
    ["400 of the application", ours(400, "PROTOCOL_ERROR", "the token is none"), "PROTOCOL_ERROR 400", /the token is none/],
    ["401 of the application", ours(401, "REFUSED", "log in"), "REFUSED 401", /log in/],
    ["403 of the application", ours(403, "REFUSED", "allowed-origins"), "REFUSED 403", /allowed-origins/],
    ["a bound of the application", ours(429, "LIMIT", "connections.max"), "LIMIT 429", /connections\.max/],
    ["an application that stops", ours(503, "SHUTDOWN", "it stops"), "SHUTDOWN 503", /it stops/],
    ["a code of a later version", ours(418, "TEAPOT", "short"), "PROTOCOL_ERROR 418", /short/],
    ["401 of somebody else", page(401), "REFUSED 401", /login or a right/],
    ["403 of somebody else", page(403), "REFUSED 403", /login or a right/],
    ["404", page(404), "NO_SUCH_ROUTE 404", /browser-stream-server\.prefix/],
    ["431", page(431), "PROTOCOL_ERROR 431", /check the address/],
    ["503 of a proxy", page(503), "CONNECTION_LOST 503", /away/],
    ["a login page with 200", page(200), "PROTOCOL_ERROR 200", /no stream server answers/],
    ["JSON of somebody else", () => json(403, { service: "other", code: "LIMIT" }), "REFUSED 403", /login or a right/],
    ["JSON that is none", () => new Response("{", { status: 500, headers: { "Content-Type": "application/json" } }), "CONNECTION_LOST 500", /away/],
    ["a redirect to a login", redirect, "REFUSED 302", /login or a right/],
    ["nothing at all", nothing, "CONNECTION_LOST", /nothing answers/],
  ]) {
    it(`is explained, once, and tried again: ${what}`, async () => {
      const world = setUpAsking(answer);
      const { relays, clock, errors } = world;
      for (let second = 0; second < 280; second++) {
        if (relays.at(-1).socket.readyState === 0) await relays.at(-1).drop();
        await clock.advance(1_000);
      }
      assert.deepEqual(told(world), [expected]);
      assert.match(errors[0].message, text);
      assert.match(errors[0].message, /ws:\/\/test\/browser-server/);
      assert.ok(errors[0].code in ErrorCode);
      assert.ok(relays.length >= 4, `${relays.length} tries`);
      world.answer = ours(200);
      await clock.advance(70_000);
      await relays.at(-1).open();
      assert.equal(world.mdm.connected, true);
    });
  }

  it("although the application takes it is no news at first, and then a fault between", async () => {
    const world = setUpAsking(ours(200));
    await world.relays[0].drop();
    assert.deepEqual(told(world), []);
    await world.clock.advance(4_000);
    await world.relays[1].drop();
    assert.deepEqual(told(world), ["PROTOCOL_ERROR 200"]);
    assert.match(world.errors[0].message, /proxies/);
  });

  it("is told again when the reason is another", async () => {
    const world = setUpAsking(page(404));
    await world.relays[0].drop();
    world.answer = nothing;
    await world.clock.advance(65_000);
    world.answer = page(404);
    await world.clock.advance(65_000);
    await world.relays.at(-1).drop();
    assert.deepEqual(told(world), ["NO_SUCH_ROUTE 404", "CONNECTION_LOST", "NO_SUCH_ROUTE 404"]);
  });

  it("for want of a login is tried slowly, and at once when somebody looks at the page", async () => {
    const world = setUpAsking(ours(401, "REFUSED", "log in"));
    world.clock.chance = 0;
    await world.relays[0].drop();
    await world.clock.advance(14_999);
    assert.equal(world.relays.length, 1);
    await world.clock.advance(1);
    assert.equal(world.relays.length, 2);
    await world.relays[1].drop();
    world.events.dispatchEvent(new Event("online"));
    await settle();
    assert.equal(world.relays.length, 3);
  });

  it("is not waited for without end when nothing answers the question", async () => {
    const world = setUpAsking(silent);
    await world.relays[0].drop();
    assert.deepEqual(told(world), []);
    await world.clock.advance(4_000);
    assert.deepEqual(told(world), ["CONNECTION_LOST"]);
  });

  it("keeps what waits, also over many tries", async () => {
    const { mdm, relays, clock } = setUpAsking(ours(503, "SHUTDOWN"));
    StreamClient(mdm).connect("a").write("patience");
    await relays[0].drop();
    await clock.advance(65_000);
    await relays.at(-1).open();
    assert.equal((await relays.at(-1).heardOnly("DATA"))[0].payload.toString(), "patience");
  });

  it("has no after-effects once the mdm is closed", async () => {
    const world = setUpAsking(page(404));
    await world.relays[0].drop();
    await world.clock.advance(4_000);
    world.relays.at(-1).drop();
    world.mdm.close();
    await world.clock.advance(100_000);
    assert.equal(world.clock.pending, 0);
    assert.deepEqual(told(world), ["NO_SUCH_ROUTE 404"]);
  });
});

describe("an application that is away", () => {
  it("is asked over HTTP, and no WebSocket is made until it answers", async () => {
    const world = setUpAsking(nothing);
    const { relays, clock } = world;
    await relays[0].open();
    await clock.advance(3_600_000);
    await relays[0].drop();
    await clock.advance(50_000);
    assert.equal(relays.length, 1);
    assert.ok(world.asked.length > 10, `${world.asked.length} questions`);
    assert.deepEqual(told(world), ["CONNECTION_LOST"]);
    world.answer = ours(200);
    await clock.advance(4_000);
    assert.equal(relays.length, 2);
  });

  it("is asked without the token, which may be good for one handshake only", async () => {
    const { relays, clock, asked } = setUpAsking(ours(401, "REFUSED"), { token: "abc" });
    await relays[0].open();
    await relays[0].drop();
    await clock.advance(4_000);
    assert.deepEqual(asked.map(({ headers }) => headers["Stream-Token"]), [undefined]);
    assert.equal(relays.length, 2);
  });

  for (const [what, answer] of [
    ["an older application", page(405)],
    ["a login page", redirect],
    ["a missing right", page(403)],
  ]) {
    it(`is not what ${what} is taken for`, async () => {
      const { relays, clock } = setUpAsking(answer);
      await relays[0].open();
      await relays[0].drop();
      await clock.advance(4_000);
      assert.equal(relays.length, 2);
    });
  }

  it("gets a WebSocket each minute all the same: HTTP may be what fails", async () => {
    const { relays, clock } = setUpAsking(nothing);
    await relays[0].open();
    await relays[0].drop();
    await clock.advance(65_000);
    assert.equal(relays.length, 2);
  });

  it("is not asked where the page's policy allows WebSockets alone", async () => {
    const { relays, clock, events, asked } = setUpAsking(nothing);
    await relays[0].open();
    await relays[0].drop();
    events.dispatchEvent(Object.assign(new Event("securitypolicyviolation"), { effectiveDirective: "img-src", blockedURI: "http://test/browser-server" }));
    await clock.advance(8_000);
    assert.equal(relays.length, 1);
    events.dispatchEvent(Object.assign(new Event("securitypolicyviolation"), { effectiveDirective: "connect-src", blockedURI: "http://test/browser-server" }));
    const before = asked.length;
    await clock.advance(4_000);
    assert.equal(relays.length, 2);
    assert.equal(asked.length, before);
  });

  for (const origin of ["https://page", "null", null])
    it(`may be there although no question is answered, outside its own pages: ${origin}`, async () => {
      const { relays, clock, asked } = setUpAsking(nothing, { origin });
      await relays[0].open();
      await relays[0].drop();
      await clock.advance(4_000);
      assert.equal(relays.length, 2);
      assert.deepEqual(asked[0].headers, {}, "no header that CORS has to allow");
    });

  it("is asked without the user and the password of its address, with which nothing can be fetched", async () => {
    const world = setUpAsking(page(404));
    const { mdm, relay, asked } = { ...world, mdm: world.mdm, relay: world.relays[0], asked: world.asked };
    mdm.close();
    await relay.drop();
    const inquiry = new Inquiry("ws://user:secret@host/path?query", { fetch: async (uri) => asked.push(uri) && page(404)(), clock: world.clock, events: {} }, new AbortController().signal);
    await inquiry.ask();
    assert.deepEqual(asked, ["http://host/path?query"]);
  });
});

describe("a handshake that does not end", () => {
  it("is waited for while the application answers: the browser holds it back", async () => {
    const world = setUpAsking(ours(200));
    await world.clock.advance(70_000);
    assert.deepEqual(told(world), []);
    assert.equal(world.relays[0].socket.closedWith, undefined);
    await world.relays[0].open();
    assert.equal(world.mdm.connected, true);
  });

  it("has its time for HELLO from when it opens", async () => {
    const world = setUpAsking(ours(200));
    await world.clock.advance(19_900);
    await world.relays[0].open({ greet: false });
    await world.clock.advance(19_000);
    assert.deepEqual(told(world), []);
    await world.clock.advance(1_100);
    assert.deepEqual(told(world), ["TIMEOUT"]);
  });

  it("is watched although it opened while the application was asked", async () => {
    const world = setUpAsking(silent);
    await world.clock.advance(21_000);
    await world.relays[0].open({ greet: false });
    await world.clock.advance(20_000);
    assert.deepEqual(told(world), ["TIMEOUT"]);
  });

  it("is given up in the end", async () => {
    const world = setUpAsking(ours(200));
    await world.clock.advance(85_000);
    assert.deepEqual(told(world), ["TIMEOUT"]);
  });

  it("is given up when nothing answers", async () => {
    const world = setUpAsking(nothing);
    await world.clock.advance(20_000);
    assert.deepEqual(told(world), ["TIMEOUT"]);
  });
});

describe("a WebSocket of a platform's or a user's own", () => {
  it("may say error alone", async () => {
    const { mdm, clock, relays } = setUp();
    const log = record(mdm, "disconnect");
    relays[0].socket.dispatch("error");
    await clock.advance(1_000);
    assert.equal(relays.length, 2);
    await relays[1].open();
    relays[1].socket.dispatch("error");
    await clock.advance(1_000);
    assert.equal(relays[1].socket.closedWith.code, undefined);
    assert.equal(relays.length, 3);
    assert.deepEqual(log, [["disconnect", "CONNECTION_LOST"], ["disconnect", "CONNECTION_LOST"]]);
  });

  it("may say error, and then close with a reason", async () => {
    const { mdm, clock, relays } = setUp();
    const log = record(mdm, "disconnect");
    relays[0].socket.dispatch("error");
    await relays[0].drop(4004, "LIMIT: too many");
    await clock.advance(1_000);
    assert.deepEqual(log, [["disconnect", "LIMIT"]]);
    assert.equal(relays.length, 2);
  });

  it("may throw when it is used: the connection is lost, and nothing else", async () => {
    const { mdm, clock, relays } = setUp();
    const log = record(mdm, "connect", "disconnect");
    await relays[0].open();
    relays[0].socket.send = relays[0].socket.close = () => {
      throw new Error("moody");
    };
    const stream = StreamClient(mdm).connect("a");
    const ends = record(stream, "error", "close");
    await settle();
    await clock.advance(1_000);
    assert.deepEqual(ends, [["error", "CONNECTION_LOST"], "close"]);
    await relays[1].open();
    assert.deepEqual(log, ["connect", ["disconnect", "CONNECTION_LOST"], "connect"]);
  });

  it("may give views where others give buffers", async () => {
    const { mdm, relay } = setUp();
    await relay.open({ greet: false });
    relay.socket.dispatch("message", { data: Buffer.from([1, 0, 0, 0]) });
    assert.equal(mdm.connected, true);
  });

  it("whose constructor throws at first is told once, and tried again", async () => {
    let broken = true;
    const made = [];
    class Forbidden extends FakeSocket {
      constructor(...args) {
        if (broken) throw new DOMException("not by this policy", "SecurityError");
        super(...args);
        made.push(this);
      }
    }
    const { mdm, clock } = setUp({ WebSocket: Forbidden });
    const messages = [];
    mdm.on("disconnect", (error) => messages.push(error.message));
    await clock.advance(30_000);
    assert.equal(messages.length, 1);
    assert.match(messages[0], /not by this policy/);
    broken = false;
    await clock.advance(4_000);
    assert.equal(made.length, 1);
  });

  it("whose constructor throws later is told once, and tried again", async () => {
    let broken = false;
    const made = [];
    class Moody extends FakeSocket {
      constructor(...args) {
        if (broken) throw new Error("SecurityError");
        super(...args);
        made.push(this);
      }
    }
    const { mdm, clock } = setUp({ WebSocket: Moody });
    const messages = [];
    mdm.on("disconnect", (error) => messages.push(`${error.code} ${error.cause?.message}`));
    broken = true;
    made[0].readyState = 3;
    made[0].dispatch("close", { code: 1006, reason: "" });
    await clock.advance(30_000);
    assert.equal(messages.length, 1);
    broken = false;
    await clock.advance(4_000);
    assert.equal(made.length, 2);
  });
});
