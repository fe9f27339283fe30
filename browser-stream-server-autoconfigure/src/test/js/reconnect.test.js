// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StreamClient, StreamServer } from "../../main/js/client.js";
import { settle } from "./support/clock.js";
import { FakeSocket, record, setUp, setUpConnected } from "./support/relay.js";
import { accept, end, hello, offer, ping, reset, text } from "./support/wire.js";

/** A server on "a" that was listening when the line broke, and has a new connection. */
async function listenedBefore() {
  const world = await setUpConnected();
  const server = StreamServer(world.mdm, () => {}).listen("a");
  world.relay.say(accept(1));
  const [first] = await world.relay.heard();
  const log = record(server, "listening", "error", "close");
  await world.relay.drop();
  await world.clock.advance(500);
  await world.relay.open();
  return { ...world, relay: world.relay, server, log, first };
}

describe("mdm", () => {
  it("says connect when the relay has greeted, and disconnect with the reason", async () => {
    const { mdm, relay } = setUp();
    const log = record(mdm, "connect", "disconnect", "close");
    await relay.open({ greet: false });
    assert.equal(mdm.connected, false);
    relay.say(hello());
    assert.equal(mdm.connected, true);
    await relay.drop(4013, "going home");
    assert.equal(mdm.connected, false);
    assert.deepEqual(log, ["connect", ["disconnect", "SHUTDOWN"]]);
  });

  it("says why the application refused it, without a connect, and goes on trying", async () => {
    const { mdm, relays, clock } = setUp();
    const log = record(mdm, "connect", "disconnect");
    const messages = [];
    mdm.on("disconnect", (error) => messages.push(error.message));
    StreamClient(mdm).connect("a").write("patience");
    await relays[0].open({ greet: false });
    assert.deepEqual(await relays[0].heardOnly("OPEN"), []);
    await relays[0].drop(4004, "LIMIT: one address may have 2 connections (connections.max-per-address)");
    await clock.advance(500);
    await relays[1].drop(1006);
    await clock.advance(1000);
    await relays[2].open();
    assert.deepEqual(log, [["disconnect", "LIMIT"], ["disconnect", "CONNECTION_LOST"], "connect"]);
    assert.match(messages[0], /connections\.max-per-address/);
    assert.equal((await relays[2].heardOnly("DATA"))[0].payload.toString(), "patience");
  });

  it("offers the one subprotocol, and takes no other", async () => {
    const { relay, mdm } = setUp();
    assert.equal(relay.socket.offered, "v1.browser-stream-server");
    assert.equal(relay.socket.binaryType, "arraybuffer");
    await relay.open({ protocol: "" });
    assert.equal(relay.socket.closedWith.code, 4008);
    assert.equal(mdm.connected, false);
    assert.deepEqual(await relay.heard(), []);
  });

  it("tries again with growing waits and jitter, quickly after a connection that held", async () => {
    const { clock, relays, relay } = setUp();
    clock.chance = 0.999;
    await relay.drop();
    for (const [wait, count] of [
      [499, 1],
      [1, 2],
    ]) {
      await clock.advance(wait);
      assert.equal(relays.length, count);
    }
    await relays[1].drop();
    await clock.advance(998);
    assert.equal(relays.length, 2);
    await clock.advance(1);
    assert.equal(relays.length, 3);
    await relays[2].open();
    await clock.advance(5000);
    await relays[2].drop();
    await clock.advance(500);
    assert.equal(relays.length, 4);
  });

  it("does not hammer a relay that greets and then closes", async () => {
    const { clock, relays } = setUp();
    clock.chance = 0.999;
    for (let round = 0; round < 12; round++) {
      await relays.at(-1).open();
      await relays.at(-1).drop();
      await clock.advance(1000);
    }
    assert.ok(relays.length < 7, `${relays.length} connections in 12 seconds`);
  });

  it("never gives up", async () => {
    const { clock, relays } = setUp();
    for (let round = 0; round < 50; round++) {
      await relays.at(-1).drop();
      await clock.advance(10_000);
    }
    assert.equal(relays.length, 51);
  });

  it("goes on trying when the constructor throws", async () => {
    let broken = false;
    const relays = [];
    class Moody extends FakeSocket {
      constructor(...args) {
        if (broken) throw new Error("SecurityError");
        super(...args);
        relays.push(this);
      }
    }
    const { clock } = setUp({ WebSocket: Moody });
    assert.equal(relays.length, 1);
    broken = true;
    relays[0].readyState = 3;
    relays[0].dispatch("close", { code: 1006, reason: "" });
    await clock.advance(30_000);
    broken = false;
    await clock.advance(10_000);
    assert.equal(relays.length, 2);
  });

  it("connects at once when the network or the page comes back", async () => {
    const { events, relays } = setUp();
    await relays[0].drop();
    events.dispatchEvent(new Event("online"));
    assert.equal(relays.length, 2);
    await relays[1].drop();
    events.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));
    assert.equal(relays.length, 2);
    events.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    assert.equal(relays.length, 3);
    events.dispatchEvent(new Event("online"));
    assert.equal(relays.length, 3);
  });

  it("notices when it comes back that its socket has died without a word", async () => {
    const { mdm, events, relays } = setUp();
    const log = record(mdm, "disconnect");
    await relays[0].open();
    relays[0].socket.readyState = 3;
    events.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    assert.equal(relays.length, 2);
    assert.deepEqual(log, [["disconnect", "CONNECTION_LOST"]]);
    await relays[0].drop();
    assert.equal(relays.length, 2);
  });

  it("takes a relay that is silent for 2.5 times its KEEPALIVE for dead", async () => {
    const { mdm, clock, relay } = await setUpConnected({ settings: { 2: 1000 } });
    const log = record(mdm, "disconnect");
    await clock.advance(2400);
    relay.say(ping());
    await clock.advance(2499);
    assert.deepEqual(log, []);
    await clock.advance(1);
    assert.deepEqual(log, [["disconnect", "TIMEOUT"]]);
    assert.equal(relay.socket.closedWith.code, 4005);
  });

  it("waits for ever for a relay that announced no KEEPALIVE", async () => {
    const { clock, relays } = await setUpConnected();
    await clock.advance(3_600_000);
    assert.equal(relays.length, 1);
  });

  it("does not wait for ever for a socket to open, or for HELLO", async () => {
    for (const greet of [undefined, false]) {
      const { clock, relays } = setUp();
      if (greet === false) await relays[0].open({ greet });
      await clock.advance(20_000);
      assert.equal(relays[0].socket.closedWith.code, 4005);
      await clock.advance(500);
      assert.equal(relays.length, 2);
    }
  });

  it("answers PING with the same payload, and only the newest of many", async () => {
    const { relay } = await setUpConnected();
    relay.say(ping("one"), ping("two"));
    assert.deepEqual(await relay.heard(), [{ type: "PING", stream: 0, answer: true, text: "two" }]);
    relay.say([2, 1, 0, 1, 65]);
    assert.deepEqual(await relay.heard(), []);
  });
});

describe("close of an mdm", () => {
  it("sends what was written, closes with 1000, and ends everything without errors", async () => {
    const { mdm, relay, relays, clock } = await setUpConnected();
    const server = StreamServer(mdm, () => {}).listen("a");
    const stream = StreamClient(mdm).connect("b");
    const log = [];
    server.on("close", () => log.push("server")).on("error", () => log.push("server error"));
    stream.on("close", () => log.push("stream")).on("error", () => log.push("stream error"));
    mdm.on("close", () => log.push("mdm"));
    stream.write("bye");
    mdm.close();
    mdm.end();
    assert.equal(relay.socket.closedWith.code, 1000);
    assert.equal((await relay.heardOnly("DATA"))[0].payload.toString(), "bye");
    await clock.advance(60_000);
    assert.deepEqual(log, ["server", "stream", "mdm"]);
    assert.equal(relays.length, 1);
    assert.equal(clock.pending, 0);
    assert.equal(mdm.connected, false);
  });

  it("while there is no connection ends everything as well", async () => {
    const { mdm, relay, relays, clock, events } = setUp();
    const stream = StreamClient(mdm).connect("b");
    const server = StreamServer(mdm, () => {}).listen("a");
    await relay.drop();
    mdm.close();
    const logs = [record(stream, "error", "close"), record(server, "error", "close")];
    await settle();
    assert.deepEqual(logs, [["close"], ["close"]]);
    events.dispatchEvent(new Event("online"));
    await clock.advance(60_000);
    assert.equal(relays.length, 1);
    assert.equal(clock.pending, 0);
  });

  it("leaves streams and servers that are made later with an error", async () => {
    const { mdm } = await setUpConnected();
    mdm.close();
    const stream = StreamClient(mdm).connect("b");
    const server = StreamServer(mdm, () => {}).listen("a");
    const logs = [record(stream, "error", "close"), record(server, "error", "close")];
    await settle();
    assert.deepEqual(logs, [
      [["error", "CANCELLED"], "close"],
      [["error", "CANCELLED"], "close"],
    ]);
  });
});

describe("a lost connection", () => {
  it("ends streams that were sent with CONNECTION_LOST, whatever they held", async () => {
    const { mdm, relay } = await setUpConnected();
    const stream = StreamClient(mdm).connect("a");
    const log = record(stream, "open", "error", "close");
    relay.say(accept(1), text(1, "held"));
    await relay.drop(1006, "");
    assert.deepEqual(log, ["open", ["error", "CONNECTION_LOST"], "close"]);
    assert.match(stream.errored.message, /"a".*1006/);
  });

  it("ends the streams of a server, which goes on", async () => {
    const streams = [];
    const { mdm, relay } = await setUpConnected();
    const server = StreamServer(mdm, (stream) => streams.push(record(stream, "error", "close"))).listen("a");
    const log = record(server, "error", "close");
    relay.say(accept(1), offer(2, "a"));
    await relay.drop();
    assert.deepEqual(streams, [[["error", "CONNECTION_LOST"], "close"]]);
    assert.deepEqual(log, []);
    assert.equal(server.listening, false);
  });

  it("does not touch what waits for a connection", async () => {
    const { mdm, clock, relays } = setUp();
    const stream = StreamClient(mdm).connect("a");
    const log = record(stream, "error", "close");
    stream.write("patience");
    await relays[0].drop();
    await clock.advance(500);
    await relays[1].drop();
    await clock.advance(1000);
    await relays[2].open();
    assert.equal((await relays[2].heardOnly("DATA"))[0].payload.toString(), "patience");
    assert.deepEqual(log, []);
  });

  it("begins with new ids, and the old socket has nothing more to say", async () => {
    const { mdm, clock, relays } = await setUpConnected();
    StreamClient(mdm)
      .connect("a")
      .on("error", () => {});
    await relays[0].drop();
    await clock.advance(500);
    await relays[1].open();
    const stream = StreamClient(mdm).connect("b");
    const log = record(stream, "open", "close");
    assert.equal((await relays[1].heardOnly("OPEN"))[0].stream, 1);
    relays[0].say(accept(1));
    await settle();
    assert.deepEqual(log, []);
  });
});

describe("a server after a lost connection", () => {
  it("listens again by itself, with the same key", async () => {
    const { relay, server, log, first } = await listenedBefore();
    const [again] = await relay.heardOnly("OPEN");
    assert.equal(again.key, first.key);
    assert.equal(first.key.length, 64);
    relay.say(accept(1));
    await settle();
    assert.deepEqual(log, ["listening"]);
    assert.equal(server.listening, true);
  });

  it("has a key of its own", async () => {
    const { mdm, relay } = await setUpConnected();
    StreamServer(mdm, () => {}).listen("a");
    StreamServer(mdm, () => {}).listen("b");
    const [one, two] = await relay.heard();
    assert.notEqual(one.key, two.key);
  });

  it("tries a few times when its name is taken, and succeeds", async () => {
    const { relay, server, log, clock } = await listenedBefore();
    relay.say(reset(1, 2));
    await clock.advance(500);
    relay.say(reset(3, 2));
    await clock.advance(1000);
    relay.say(accept(5));
    await settle();
    assert.deepEqual(log, ["listening"]);
    assert.equal(server.listening, true);
  });

  it("gives up when its name stays taken", async () => {
    const { relay, log, clock } = await listenedBefore();
    for (let id = 1; id <= 11; id += 2) {
      assert.deepEqual(log, []);
      relay.say(reset(id, 2));
      await clock.advance(10_000);
    }
    assert.deepEqual(log, [["error", "NAME_TAKEN"], "close"]);
    assert.equal((await relay.heardOnly("OPEN")).length, 6);
  });

  it("does not try again once it was ended", async () => {
    const { relay, server, log, clock } = await listenedBefore();
    await relay.heard();
    relay.say(reset(1, 2));
    server.end();
    await clock.advance(60_000);
    assert.deepEqual(log, ["close"]);
    assert.deepEqual(await relay.heard(), []);
  });

  it("comes back after the application stopped", async () => {
    const { relay, log, clock } = await listenedBefore();
    await relay.heard();
    relay.say(reset(1, 13));
    await clock.advance(500);
    assert.equal((await relay.heardOnly("OPEN")).length, 1);
    assert.deepEqual(log, []);
  });

  it("is ended when it was being ended", async () => {
    const { mdm, relay, clock } = await setUpConnected();
    const server = StreamServer(mdm, () => {}).listen("a");
    relay.say(accept(1));
    const log = record(server, "error", "close");
    server.end();
    await relay.drop();
    await clock.advance(1000);
    assert.deepEqual(log, ["close"]);
  });

  it("closes when the relay ends it, and answers", async () => {
    const { mdm, relay } = await setUpConnected();
    const server = StreamServer(mdm, () => {}).listen("a");
    relay.say(accept(1));
    await relay.heard();
    const log = record(server, "error", "close");
    relay.say(end(1));
    assert.deepEqual(await relay.heard(), [{ type: "END", stream: 1 }]);
    assert.deepEqual(log, ["close"]);
  });
});
