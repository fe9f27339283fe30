// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StreamError, StreamServer } from "../../main/js/client.js";
import { settle } from "./support/clock.js";
import { record, setUp, setUpConnected, silenced } from "./support/relay.js";
import { accept, end, offer, reset, text } from "./support/wire.js";

const ALL = ["listening", "error", "close"];

/** A server on "a" whose name is its own. */
async function listening(callback = () => {}, options = {}) {
  const world = await setUpConnected();
  const server = StreamServer(world.mdm, options, callback).listen("a");
  world.relay.say(accept(1));
  const [open] = await world.relay.heard();
  return { ...world, relay: world.relay, server, open };
}

describe("listen", () => {
  it("asks for the name with a key, and says listening when it has it", async () => {
    const { mdm, relay } = await setUpConnected();
    const server = StreamServer(mdm, () => {}).listen("a");
    const log = record(server, ...ALL);
    const frames = await relay.heard();
    assert.deepEqual(
      frames.map(({ type, kind, target, key }) => [type, kind, target, key.length]),
      [["OPEN", 1, "a", 64]],
    );
    assert.equal(server.listening, false);
    relay.say(accept(1));
    await settle();
    assert.deepEqual(log, ["listening"]);
    assert.equal(server.listening, true);
    assert.equal(server.name, "a");
    await server.ready;
  });

  it("closes with NAME_TAKEN when somebody else has the name", async () => {
    const { mdm, relay } = await setUpConnected();
    const server = new StreamServer(mdm, null, () => {}).listen("a");
    const log = record(server, ...ALL);
    relay.say(reset(1, 2));
    await settle();
    assert.deepEqual(log, [["error", "NAME_TAKEN"], "close"]);
    await assert.rejects(server.ready, { code: "NAME_TAKEN" });
  });

  it("knows by itself that a name is taken on this very page", async () => {
    const { mdm, relay, server } = await listening();
    const second = StreamServer(mdm, () => {}).listen("a");
    const log = record(second, ...ALL);
    assert.deepEqual(await relay.heard(), []);
    assert.deepEqual(log, [["error", "NAME_TAKEN"], "close"]);
    second.end();
    assert.equal(server.listening, true);
    relay.say(offer(2, "a"));
    assert.equal((await relay.heardOnly("ACCEPT")).length, 1);
  });

  it("waits for a connection, and is the first to use it", async () => {
    const { mdm, relay } = setUp();
    mdm.createStream("/x");
    StreamServer(mdm, () => {}).listen("a");
    await relay.open();
    assert.deepEqual(
      (await relay.heardOnly("OPEN")).map(({ target }) => target),
      ["a", "/x"],
    );
  });

  it("gives the name up at end, and closes when the relay has answered", async () => {
    const { relay, server } = await listening();
    const log = record(server, ...ALL);
    server.end().end();
    assert.equal(server.listening, false);
    assert.deepEqual(await relay.heard(), [{ type: "END", stream: 1 }]);
    assert.deepEqual(log, []);
    relay.say(end(1));
    await settle();
    assert.deepEqual(log, ["close"]);
  });

  it("can be ended before there is a connection", async () => {
    const { mdm, relay } = setUp();
    const server = StreamServer(mdm, () => {}).listen("a");
    const log = record(server, ...ALL);
    server.end();
    await relay.open();
    assert.deepEqual(log, ["close"]);
    assert.deepEqual(await relay.heardOnly("OPEN"), []);
    await assert.rejects(server.ready, { code: "CANCELLED" });
  });

  it("can be ended before the relay has answered", async () => {
    const { mdm, relay } = await setUpConnected();
    const server = StreamServer(mdm, () => {}).listen("a");
    const log = record(server, ...ALL);
    server.end();
    await settle();
    relay.say(accept(1), end(1));
    await settle();
    assert.deepEqual(log, ["close"]);
  });

  it("can listen on the name again at once", async () => {
    const { mdm, relay, server } = await listening();
    server.end();
    const again = StreamServer(mdm, () => {}).listen("a");
    const frames = await relay.heard();
    assert.deepEqual(
      frames.map(({ type, stream }) => [type, stream]),
      [
        ["END", 1],
        ["OPEN", 3],
      ],
    );
    relay.say(end(1), accept(3));
    await settle();
    assert.equal(again.listening, true);
  });

  it("closes with an error when the relay takes the name away", async () => {
    const { relay, server } = await listening();
    const log = record(server, ...ALL);
    relay.say(reset(1, 14));
    await settle();
    assert.deepEqual(log, [["error", "REPLACED"], "close"]);
    assert.equal(server.listening, false);
  });

  it("obeys a signal", async () => {
    const { mdm, relay } = await setUpConnected();
    const controller = new AbortController();
    StreamServer(mdm, () => {}).listen("a", { signal: controller.signal });
    controller.abort();
    assert.deepEqual(
      (await relay.heard()).map(({ type }) => type),
      ["OPEN", "END"],
    );
  });

  it("refuses bad arguments at once, and no rejection of ready goes unhandled", async () => {
    const { mdm, relay } = await setUpConnected();
    assert.throws(() => StreamServer(mdm, {}), /function/);
    assert.throws(() => StreamServer(undefined, () => {}), /boot\(\)/);
    assert.throws(() => StreamServer(mdm, () => {}).listen(""), TypeError);
    const server = StreamServer(mdm, () => {}).listen("a");
    server.on("error", () => {});
    assert.ok(server.ready instanceof Promise);
    relay.say(reset(1, 2));
    await settle();
  });
});

describe("a client of a server", () => {
  it("is accepted right before the callback gets its stream, with name and metadata", async () => {
    const streams = [];
    const { relay } = await listening((stream) => {
      streams.push(stream);
      stream.write("welcome");
    });
    relay.say(offer(2, "a", { who: "me" }), text(2, "hello"));
    assert.equal(streams.length, 1);
    assert.deepEqual([streams[0].name, streams[0].meta], ["a", { who: "me" }]);
    const frames = await relay.heard();
    assert.deepEqual(
      frames.map(({ type, stream }) => [type, stream]),
      [
        ["ACCEPT", 2],
        ["CREDIT", 2],
        ["DATA", 2],
      ],
    );
    const log = record(streams[0], "data");
    await settle();
    assert.deepEqual(log, [["data", "hello"]]);
  });

  it("has no metadata when it gave none", async () => {
    const { relay } = await listening((stream) => assert.equal(stream.meta, undefined));
    relay.say(offer(2, "a"));
    assert.equal((await relay.heardOnly("RESET")).length, 0);
  });

  for (const [how, callback] of [
    [
      "throws",
      () => {
        throw new Error("mine");
      },
    ],
    [
      "rejects",
      async () => {
        throw new Error("mine");
      },
    ],
  ]) {
    it(`is reset with INTERNAL when the callback ${how}; others are not affected`, async () => {
      let calls = 0;
      const { relay, server } = await listening((stream) => (calls++ === 0 ? callback() : stream.write("fine")));
      const printed = await silenced(async () => {
        relay.say(offer(2, "a"), offer(4, "a"));
        await settle();
      });
      assert.deepEqual(
        printed.map(([error]) => error.message),
        ["mine"],
      );
      const frames = await relay.heard();
      assert.deepEqual(
        frames.filter(({ type }) => type === "RESET").map(({ stream, code }) => [stream, code]),
        [[2, 11]],
      );
      assert.deepEqual(
        frames.filter(({ type }) => type === "DATA").map(({ stream }) => stream),
        [4],
      );
      assert.equal(server.listening, true);
    });
  }

  it("may be gone while an async callback reads; that is no fault of the callback", async () => {
    const { relay } = await listening(async (stream) => {
      for await (const _ of stream);
    });
    const printed = await silenced(async () => {
      relay.say(offer(2, "a"));
      await settle();
      relay.say(reset(2, 7));
      await settle();
    });
    assert.deepEqual(printed, []);
  });

  it("is reset when the callback declines it", async () => {
    const { relay } = await listening((stream) => stream.on("error", () => {}).destroy(new StreamError("REFUSED", "closed today")));
    relay.say(offer(2, "a"), text(2, "x"));
    const frames = await relay.heard();
    assert.deepEqual(frames.at(-1), { type: "RESET", stream: 2, code: 3, reason: "closed today" });
  });

  it("is reset with NO_SUCH_SERVER when nobody listens here any more", async () => {
    const { relay, server } = await listening();
    server.end();
    relay.say(offer(2, "a"));
    const frames = await relay.heardOnly("RESET");
    assert.deepEqual(
      frames.map(({ stream, code }) => [stream, code]),
      [[2, 1]],
    );
  });

  it("gets the window and the limits of the server's options", async () => {
    const { relay } = await listening((stream) => stream.on("error", () => {}), { window: 20000, maxMessageSize: 3 });
    relay.say(offer(2, "a"), text(2, "abcd"));
    const frames = await relay.heard();
    assert.deepEqual(
      frames.map(({ type, bytes, code }) => [type, bytes ?? code]),
      [
        ["ACCEPT", undefined],
        ["CREDIT", 3616],
        ["RESET", 4],
      ],
    );
  });

  it("is one of at most so many", async () => {
    const { mdm, relay } = await setUpConnected({ maxStreams: 1 });
    StreamServer(mdm, (stream) => stream.on("error", () => {})).listen("a");
    relay.say(accept(1), offer(2, "a"), offer(4, "a"));
    assert.deepEqual(
      (await relay.heardOnly("RESET")).map(({ stream, code }) => [stream, code]),
      [[4, 4]],
    );
    relay.say(reset(2, 7), offer(6, "a"));
    assert.deepEqual(
      (await relay.heardOnly("ACCEPT")).map(({ stream }) => stream),
      [6],
    );
  });
});
