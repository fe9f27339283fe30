// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StreamClient, StreamServer } from "../../main/js/client.js";
import { settle } from "./support/clock.js";
import { record, setUpConnected } from "./support/relay.js";
import { accept } from "./support/wire.js";

const event = (type, fields) => Object.assign(new Event(type), fields);

/** A page that listens on "a", and has a stream of its own. */
async function setUpHost() {
  const world = await setUpConnected();
  const server = StreamServer(world.mdm, () => {}).listen("a");
  const stream = StreamClient(world.mdm).connect("b");
  world.relay.say(accept(1), accept(3));
  const [{ key }] = await world.relay.heardOnly("OPEN");
  const log = record(world.mdm, "connect", "disconnect");
  return { ...world, first: world.relay, server, stream, key, log, streamLog: record(stream, "error", "close") };
}

describe("a page that its browser stops", () => {
  for (const [stop, start] of [
    [event("pagehide", { persisted: true }), event("pageshow", { persisted: true })],
    [event("freeze"), event("resume")],
  ]) {
    it(`gives its name up at once (${stop.type}), and has it back with the same key (${start.type})`, async () => {
      const { events, clock, first, relays, server, key, log, streamLog } = await setUpHost();
      events.dispatchEvent(stop);
      assert.equal(first.socket.closedWith.code, 1000);
      assert.equal(server.listening, false);
      await settle();
      assert.deepEqual(streamLog, [["error", "CONNECTION_LOST"], "close"]);
      await first.drop(1000);
      await clock.advance(600_000);
      assert.equal(relays.length, 1);
      events.dispatchEvent(start);
      await settle();
      assert.equal(relays.length, 2);
      await relays[1].open();
      const [again] = await relays[1].heardOnly("OPEN");
      assert.deepEqual([again.target, again.key], ["a", key]);
      relays[1].say(accept(1));
      await settle();
      assert.equal(server.listening, true);
      assert.deepEqual(log, [["disconnect", "CONNECTION_LOST"], "connect"]);
    });
  }

  it("stays connected when it is only hidden, or leaves for good", async () => {
    const { events, first } = await setUpHost();
    events.dispatchEvent(event("visibilitychange"));
    events.dispatchEvent(event("pagehide", { persisted: false }));
    assert.equal(first.socket.closedWith, undefined);
  });

  it("stays connected while it sleeps if it hosts nothing, but not in the back/forward cache", async () => {
    const { mdm, events, relay } = await setUpConnected();
    StreamClient(mdm).connect("b");
    events.dispatchEvent(event("freeze"));
    events.dispatchEvent(event("resume"));
    assert.equal(relay.socket.closedWith, undefined);
    events.dispatchEvent(event("pagehide", { persisted: true }));
    assert.equal(relay.socket.closedWith.code, 1000);
  });

  it("tries nothing while it stands still, also if it was trying before", async () => {
    const { events, clock, first, relays } = await setUpHost();
    await first.drop();
    events.dispatchEvent(event("freeze"));
    await clock.advance(600_000);
    assert.equal(relays.length, 1);
    events.dispatchEvent(event("resume"));
    await settle();
    assert.equal(relays.length, 2);
  });

  it("can be closed meanwhile", async () => {
    const { mdm, events, clock, relays } = await setUpHost();
    events.dispatchEvent(event("pagehide", { persisted: true }));
    mdm.close();
    events.dispatchEvent(event("pageshow", { persisted: true }));
    await clock.advance(600_000);
    assert.equal(relays.length, 1);
    assert.equal(clock.pending, 0);
  });
});
