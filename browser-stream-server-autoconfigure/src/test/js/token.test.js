// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StreamClient } from "../../main/js/client.js";
import { FakeClock, settle } from "./support/clock.js";
import { FakeSocket, record, setUp, silenced } from "./support/relay.js";

const BAD = ["", "a b", "a,b", "a=", "ä", "a\n", "a/b", null, 7, Promise.resolve("abc")];

/** What an application finds. */
const offered = (token) => ["v1.browser-stream-server", `token.${token}`];

describe("a token", () => {
  it("goes along as one more subprotocol", async () => {
    const { mdm, relay } = setUp({ token: "eyJh.eyJz-_~.x" });
    assert.deepEqual(relay.socket.offered, offered("eyJh.eyJz-_~.x"));
    await relay.open();
    assert.equal(mdm.connected, true);
  });

  it("is no answer: another subprotocol than ours is refused", async () => {
    const { relay, mdm } = setUp({ token: "abc" });
    await relay.open({ protocol: "token.abc" });
    assert.equal(relay.socket.closedWith.code, 4008);
    assert.equal(mdm.connected, false);
  });

  it("of a text is the same on each connection", async () => {
    const { relays, clock } = setUp({ token: "abc" });
    await relays[0].drop();
    await clock.advance(500);
    assert.deepEqual(relays[1].socket.offered, offered("abc"));
  });

  for (const [what, wrap] of [
    ["a function", (token) => token],
    ["a function with a promise", (token) => Promise.resolve(token)],
  ]) {
    it(`of ${what} is asked for anew for each connection`, async () => {
      let count = 0;
      const { mdm, relays, clock } = setUp({ token: () => wrap(`t${++count}`) });
      const stream = StreamClient(mdm).connect("a");
      stream.write("patience");
      await settle();
      assert.deepEqual(relays[0].socket.offered, offered("t1"));
      await relays[0].drop();
      await clock.advance(500);
      assert.deepEqual(relays[1].socket.offered, offered("t2"));
      await relays[1].open();
      assert.equal((await relays[1].heardOnly("DATA"))[0].payload.toString(), "patience");
      assert.equal(count, 2);
    });
  }

  it("may take its time, and nothing is tried meanwhile", async () => {
    let answer;
    const { relays, clock, events } = setUp({ token: () => new Promise((resolve) => (answer = resolve)) });
    events.dispatchEvent(new Event("online"));
    await clock.advance(60_000);
    assert.equal(relays.length, 0);
    answer("abc");
    await settle();
    assert.equal(relays.length, 1);
    assert.equal(clock.pending, 1); // the connection's own
  });

  for (const [how, fault] of [
    ["is rejected", () => Promise.reject(new Error("no network"))],
    [
      "throws",
      () => {
        throw new Error("no network");
      },
    ],
    ["is none", () => "no token"],
    ["is missing", () => undefined],
  ]) {
    it(`of a function that ${how} is reported, and asked for again with growing waits`, async () => {
      let faults = 3;
      const clock = new FakeClock();
      clock.chance = 0.999;
      let world;
      const printed = await silenced(async () => {
        world = setUp({ clock, token: () => (faults-- > 0 ? fault() : "abc") });
        await settle();
        for (const [wait, left] of [
          [499, 2],
          [1, 1],
          [998, 1],
          [1, 0],
        ]) {
          await clock.advance(wait);
          assert.equal(faults, left);
        }
      });
      assert.equal(printed.length, 3);
      assert.match(printed[0][0].message, /no network|token must be/);
      const { mdm, relays } = world;
      assert.equal(relays.length, 0);
      await clock.advance(2000);
      assert.deepEqual(relays[0].socket.offered, offered("abc"));
      await relays[0].open();
      assert.equal(mdm.connected, true);
    });
  }

  it("that cannot be one throws at once", () => {
    for (const token of BAD) assert.throws(() => setUp({ token }), { name: "TypeError", message: /a token must be/ });
  });

  it("that is secret is not in the message that says so", () => {
    assert.throws(
      () => setUp({ token: "my secret" }),
      ({ message }) => !message.includes("secret"),
    );
  });

  it("that comes when the mdm is closed opens nothing", async () => {
    let answer;
    const { mdm, relays, clock } = setUp({ token: () => new Promise((resolve) => (answer = resolve)) });
    const log = record(mdm, "close");
    mdm.close();
    answer("abc");
    await clock.advance(60_000);
    assert.equal(relays.length, 0);
    assert.deepEqual(log, ["close"]);
    assert.equal(clock.pending, 0);
  });

  it("that fails when the mdm is closed is not asked for again", async () => {
    let fail;
    let asked = 0;
    const { mdm, clock } = setUp({
      token: () => {
        asked++;
        return new Promise((_, reject) => (fail = reject));
      },
    });
    mdm.close();
    const printed = await silenced(async () => {
      fail(new Error("late"));
      await clock.advance(60_000);
    });
    assert.equal(asked, 1);
    assert.equal(printed.length, 0);
    assert.equal(clock.pending, 0);
  });

  it("with a constructor that throws is tried again too", async () => {
    let broken = true;
    let made = 0;
    class Moody extends FakeSocket {
      constructor(...args) {
        if (broken) throw new Error("SecurityError");
        super(...args);
        made++;
      }
    }
    await silenced(async () => {
      const { clock } = setUp({ WebSocket: Moody, token: () => "abc" });
      await clock.advance(5000);
      broken = false;
      await clock.advance(10_000);
    });
    assert.equal(made, 1);
  });
});
