// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StreamClient, StreamServer } from "../../main/js/client.js";
import { settle } from "./support/clock.js";
import { record, setUpConnected } from "./support/relay.js";
import { accept, end, frame, goAway, offer, reset, text } from "./support/wire.js";

/** Milliseconds, more than the first wait after a loss. */
const SPREAD = 2000;

/** Connected for so long that a loss would be tried again quickly. */
async function setUpForLong(options) {
  const world = await setUpConnected(options);
  await world.clock.advance(10_000);
  return world;
}

/** A server on "a" that listens over a connection that the application ends soon. */
async function leavingServer(callback = () => {}) {
  const world = await setUpForLong();
  const server = StreamServer(world.mdm, callback).listen("a");
  const [old] = world.relays;
  old.say(accept(1));
  const [open] = await old.heard();
  const log = record(server, "listening", "error", "close");
  old.say(goAway(SPREAD));
  return { ...world, old, server, log, key: open.key };
}

describe("an application that stops", () => {
  it("is left after a random part of the time that it says", async () => {
    for (const [chance, wait] of [
      [0.25, 500],
      [0.999, 1998],
    ]) {
      const { clock, relays } = await setUpForLong();
      clock.chance = chance;
      relays[0].say(goAway(SPREAD));
      await clock.advance(wait - 1);
      assert.equal(relays.length, 1);
      await clock.advance(1);
      assert.equal(relays.length, 2);
    }
  });

  it("is not left for more than a minute, whatever it says", async () => {
    const { clock, relays } = await setUpForLong();
    clock.chance = 1;
    relays[0].say(goAway(2 ** 31 - 1));
    await clock.advance(60_000);
    assert.equal(relays.length, 2);
  });

  it("is disconnected at once, and connected when the new connection is", async () => {
    const { mdm, clock, relays } = await setUpForLong();
    const log = record(mdm, "connect", "disconnect", "close");
    relays[0].say(goAway(SPREAD));
    assert.equal(mdm.connected, false);
    assert.deepEqual(log, [["disconnect", "SHUTDOWN"]]);
    await clock.advance(SPREAD);
    await relays[1].open();
    assert.equal(mdm.connected, true);
    assert.deepEqual(log, [["disconnect", "SHUTDOWN"], "connect"]);
    await relays[0].drop(1012, "SHUTDOWN: the application stops");
    assert.equal(mdm.connected, true);
    assert.equal(log.length, 2);
    await clock.advance(60_000);
    assert.equal(relays.length, 2);
  });

  it("gets nothing new over the old connection", async () => {
    const { mdm, clock, relays } = await setUpForLong();
    relays[0].say(goAway(SPREAD));
    const stream = StreamClient(mdm).connect("b");
    const log = record(stream, "open", "error", "close");
    stream.write("later");
    mdm.createStream("/x");
    StreamServer(mdm, () => {}).listen("a");
    assert.deepEqual(await relays[0].heard(), []);
    await clock.advance(SPREAD);
    await relays[1].open();
    const frames = await relays[1].heard();
    assert.deepEqual(
      frames.filter(({ type }) => type === "OPEN").map(({ target }) => target),
      ["a", "b", "/x"],
    );
    assert.equal(frames.find(({ type }) => type === "DATA").payload.toString(), "later");
    assert.deepEqual(await relays[0].heard(), []);
    assert.deepEqual(log, []);
  });

  it("lets streams in progress finish, also after the new connection is there", async () => {
    const { mdm, clock, relays } = await setUpForLong();
    const stream = StreamClient(mdm).connect("b");
    const log = record(stream, "data", "end", "error", "close");
    relays[0].say(accept(1));
    await relays[0].heard();
    relays[0].say(goAway(SPREAD));
    await clock.advance(SPREAD);
    await relays[1].open();
    await relays[1].heard();
    relays[0].say(text(1, "last words"), end(1));
    await settle();
    stream.end("heard you");
    const frames = await relays[0].heard();
    assert.deepEqual(
      frames.filter(({ type }) => type !== "CREDIT").map(({ type, stream: id, payload }) => [type, id, payload?.toString()]),
      [
        ["DATA", 1, "heard you"],
        ["END", 1, undefined],
      ],
    );
    assert.deepEqual(log, [["data", "last words"], "end", "close"]);
    assert.deepEqual(await relays[1].heard(), []);
  });

  it("ends what is not over when the old connection closes, and only that", async () => {
    const { mdm, clock, relays } = await setUpForLong();
    const slow = record(StreamClient(mdm).connect("b"), "error", "close");
    relays[0].say(accept(1), goAway(SPREAD));
    await clock.advance(SPREAD);
    await relays[1].open();
    const fresh = record(StreamClient(mdm).connect("b"), "error", "close");
    await relays[0].drop(1012, "SHUTDOWN: the application stops");
    // A RESET may have had no room left on the way.
    assert.deepEqual(slow, [["error", "SHUTDOWN"], "close"]);
    assert.deepEqual(fresh, []);
  });

  it("is waited for when its connection closes before the time is up", async () => {
    const { clock, relays } = await setUpForLong();
    relays[0].say(goAway(SPREAD));
    await relays[0].drop(1012);
    await clock.advance(SPREAD / 2 - 1);
    assert.equal(relays.length, 1);
    await clock.advance(1);
    assert.equal(relays.length, 2);
    assert.equal(clock.pending, 1); // the new connection's own
  });

  it("may say it twice, and once more in another way", async () => {
    const { mdm, clock, relays } = await setUpForLong();
    const log = record(mdm, "disconnect");
    relays[0].say(goAway(SPREAD), goAway(0), goAway());
    await clock.advance(SPREAD);
    assert.equal(relays.length, 2);
    assert.deepEqual(log, [["disconnect", "SHUTDOWN"]]);
  });

  it("may say it without a time, or with more behind it", async () => {
    for (const payload of [[], [0], [0, 1, 2, 3]]) {
      const { clock, relays, relay } = await setUpForLong();
      relay.say(frame(0x81, 0, 0, payload));
      assert.equal(relay.socket.closedWith, undefined);
      await clock.advance(500);
      assert.equal(relays.length, 2);
    }
  });

  it("is given up when its time is no number", async () => {
    const { mdm, relay } = await setUpForLong();
    const log = record(mdm, "disconnect");
    relay.say(frame(0x81, 0, 0, [0x80, 0]));
    assert.equal(relay.socket.closedWith.code, 4008);
    assert.deepEqual(log, [["disconnect", "PROTOCOL_ERROR"]]);
  });

  it("is not asked without a pause when it says so to all who come", async () => {
    const { clock, relays } = await setUpForLong();
    clock.chance = 0.999;
    for (let round = 0; round < 12; round++) {
      if (relays.at(-1).socket.readyState === 0) await relays.at(-1).open();
      relays.at(-1).say(goAway(0));
      await clock.advance(1000);
    }
    assert.ok(relays.length > 2 && relays.length < 7, `${relays.length} connections in 12 seconds`);
  });

  it("is tried again when the new connection fails", async () => {
    const { mdm, clock, relays } = await setUpForLong();
    relays[0].say(goAway(SPREAD));
    await clock.advance(SPREAD);
    await relays[1].drop();
    await clock.advance(1000);
    assert.equal(relays.length, 3);
    await relays[2].open();
    assert.equal(mdm.connected, true);
  });

  it("is left at once when the network comes back", async () => {
    const { events, relays, clock } = await setUpForLong();
    relays[0].say(goAway(SPREAD));
    events.dispatchEvent(new Event("online"));
    assert.equal(relays.length, 2);
    await relays[1].open();
    await clock.advance(60_000);
    assert.equal(relays.length, 2);
  });

  it("is a type like any other that nobody knows when it is not 0x81", async () => {
    const { mdm, relay, relays, clock } = await setUpForLong();
    relay.say(frame(0x80, 0, 0, [5]), frame(0x82, 0, 0, [5]), frame(0xff, 0, 7));
    await clock.advance(60_000);
    assert.equal(mdm.connected, true);
    assert.equal(relays.length, 1);
  });
});

describe("close of an mdm whose application stops", () => {
  it("closes the old connection and the new one", async () => {
    const { mdm, clock, relays } = await setUpForLong();
    const stream = record(StreamClient(mdm).connect("b"), "error", "close");
    relays[0].say(accept(1), goAway(SPREAD));
    await clock.advance(SPREAD);
    await relays[1].open();
    mdm.close();
    await settle();
    assert.deepEqual(
      relays.map(({ socket }) => socket.closedWith?.code),
      [1000, 1000],
    );
    assert.deepEqual(stream, ["close"]);
    assert.equal(clock.pending, 0);
  });

  it("closes the old connection before there is a new one, and none follows", async () => {
    const { mdm, clock, relays } = await setUpForLong();
    const server = record(StreamServer(mdm, () => {}).listen("a"), "error", "close");
    relays[0].say(accept(1), goAway(SPREAD));
    mdm.close();
    await clock.advance(60_000);
    assert.equal(relays[0].socket.closedWith.code, 1000);
    assert.deepEqual(server, ["close"]);
    assert.equal(relays.length, 1);
    assert.equal(clock.pending, 0);
  });
});

describe("a server of an application that stops", () => {
  it("listens anew on the new connection, with the same key", async () => {
    const { relays, clock, server, log, key } = await leavingServer();
    assert.equal(server.listening, false);
    await clock.advance(SPREAD);
    await relays[1].open();
    const [again] = await relays[1].heardOnly("OPEN");
    assert.deepEqual([again.target, again.kind, again.key], ["a", 1, key]);
    relays[1].say(accept(1));
    await settle();
    assert.deepEqual(log, ["listening"]);
    assert.equal(server.listening, true);
  });

  for (const [how, leave] of [
    ["ends", (old) => old.say(end(1))],
    ["is reset", (old) => old.say(reset(1, 13))],
    ["goes with its connection", (old) => old.drop(1012)],
  ]) {
    it(`does not end when the old listen stream ${how} before the new connection is there`, async () => {
      const { relays, clock, old, log } = await leavingServer();
      await leave(old);
      await clock.advance(SPREAD);
      await relays[1].open();
      assert.equal((await relays[1].heardOnly("OPEN")).length, 1);
      relays[1].say(accept(1));
      await clock.advance(60_000);
      assert.deepEqual(log, ["listening"]);
      assert.deepEqual(await relays[1].heard(), []);
    });

    it(`does not end when the old listen stream ${how} after that`, async () => {
      const { relays, clock, old, server, log } = await leavingServer();
      await clock.advance(SPREAD);
      await relays[1].open();
      relays[1].say(accept(1));
      await relays[1].heard();
      await leave(old);
      await clock.advance(60_000);
      assert.deepEqual(log, ["listening"]);
      assert.equal(server.listening, true);
      assert.deepEqual(await relays[1].heard(), []);
    });
  }

  it("serves its clients on both connections", async () => {
    const served = [];
    const { relays, clock, old } = await leavingServer((stream) => stream.on("data", (value) => served.push(value)));
    old.say(offer(2, "a"), text(2, "old"));
    await clock.advance(SPREAD);
    await relays[1].open();
    relays[1].say(accept(1), offer(2, "a"), text(2, "new"));
    old.say(text(2, "old again"));
    await settle();
    assert.deepEqual(served.sort(), ["new", "old", "old again"]);
  });

  it("can be ended before the new connection is there", async () => {
    const { relays, clock, old, server, log } = await leavingServer();
    server.end();
    assert.deepEqual(await old.heard(), [{ type: "END", stream: 1 }]);
    old.say(end(1));
    await clock.advance(SPREAD);
    await relays[1].open();
    assert.deepEqual(log, ["close"]);
    assert.deepEqual(await relays[1].heardOnly("OPEN"), []);
  });

  it("can be ended after that", async () => {
    const { relays, clock, server, log } = await leavingServer();
    await clock.advance(SPREAD);
    await relays[1].open();
    relays[1].say(accept(1));
    await relays[1].heard();
    server.end();
    assert.deepEqual(await relays[1].heard(), [{ type: "END", stream: 1 }]);
    relays[1].say(end(1));
    await settle();
    assert.deepEqual(log, ["listening", "close"]);
  });

  it("says ready when it listens again", async () => {
    const { relays, clock, server } = await leavingServer();
    let ready = false;
    server.ready.then(() => (ready = true));
    await settle();
    assert.equal(ready, false);
    await clock.advance(SPREAD);
    await relays[1].open();
    relays[1].say(accept(1));
    await settle();
    assert.equal(ready, true);
  });
});
