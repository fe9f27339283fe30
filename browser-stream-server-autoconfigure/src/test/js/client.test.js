// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StreamClient, StreamError } from "../../main/js/client.js";
import { settle } from "./support/clock.js";
import { record, setUp, setUpConnected, silenced } from "./support/relay.js";
import { accept, credit, data, end, reset, text } from "./support/wire.js";

const ALL = ["open", "data", "end", "finish", "drain", "error", "close"];

/** A stream to "a" that the host has taken. */
async function connected(options = {}, bootOptions = {}) {
  const world = await setUpConnected(bootOptions);
  const stream = StreamClient(world.mdm).connect("a", options);
  world.relay.say(accept(1));
  await world.relay.heard();
  return { ...world, relay: world.relay, stream };
}

describe("connect", () => {
  it("opens a stream with name, metadata and a larger window", async () => {
    const { mdm, relay } = await setUpConnected();
    const stream = StreamClient(mdm).connect("Zoë", { meta: { x: [1] } });
    assert.equal(stream.name, "Zoë");
    const [open, more] = await relay.heard();
    assert.deepEqual(open, { type: "OPEN", stream: 1, kind: 2, target: "Zoë", meta: { x: [1] } });
    assert.deepEqual(more, { type: "CREDIT", stream: 1, bytes: 262144 - 16384 });
  });

  it("takes odd ids in order, and options from both places", async () => {
    const { mdm, relay } = await setUpConnected();
    const client = new StreamClient(mdm, { meta: 1, window: 16384, prefix: "/other" });
    client.connect("a");
    client.connect("b", { meta: 2 });
    const frames = await relay.heard();
    assert.deepEqual(
      frames.map(({ type, stream, target, meta }) => [type, stream, target, meta]),
      [
        ["OPEN", 1, "a", 1],
        ["OPEN", 3, "b", 2],
      ],
    );
  });

  it("keeps in order what is written before there is a connection", async () => {
    const { mdm, relay } = setUp();
    const stream = StreamClient(mdm).connect("a");
    stream.write("one");
    stream.write(Uint8Array.of(2));
    stream.end({ three: 3 });
    await relay.open();
    const frames = await relay.heard();
    assert.deepEqual(
      frames.map(({ type, payload, kind }) => [type, payload?.toString() ?? kind]),
      [
        ["HELLO", "01028020"],
        ["OPEN", 2],
        ["CREDIT", undefined],
        ["DATA", "one"],
        ["DATA", "\u0002"],
        ["DATA", '{"three":3}'],
        ["END", undefined],
      ],
    );
    assert.equal(relay.socket.sent.length, 1);
  });

  it("says open when the host has taken it", async () => {
    const { mdm, relay } = await setUpConnected();
    const stream = StreamClient(mdm).connect("a");
    const log = record(stream, ...ALL);
    await settle();
    assert.deepEqual(log, []);
    relay.say(accept(1));
    await settle();
    assert.deepEqual(log, ["open"]);
  });

  it("ends in peace when the other side has ended and then wants no more", async () => {
    const { mdm, relay } = await setUpConnected();
    const stream = StreamClient(mdm).connect("a");
    const log = record(stream, ...ALL);
    relay.say(accept(1), end(1), reset(1, 10, "left"));
    await settle();
    assert.deepEqual(log.at(-1), "close");
    assert.ok(log.includes("end"));
    assert.ok(!JSON.stringify(log).includes("error"), JSON.stringify(log));
    assert.equal(stream.errored, undefined);
  });

  it("does not end in peace when it wrote behind the other side's end, which wants no more", async () => {
    const { mdm, relay } = await setUpConnected();
    const stream = StreamClient(mdm).connect("a");
    const log = record(stream, ...ALL);
    relay.say(accept(1), end(1));
    await settle();
    assert.ok(log.includes("end"));
    stream.write("one more thing");
    assert.equal((await relay.heardOnly("DATA")).length, 1);
    relay.say(reset(1, 10, "left"));
    await settle();
    assert.deepEqual(log.slice(-2), [["error", "CANCELLED"], "close"]);
  });

  it("does not end in peace when it wrote to a side that had left, before or after it read the end", async () => {
    for (const writes of [(stream) => stream.write("late"), (stream) => stream.end("late")]) {
      for (const event of ["data", "end"]) {
        const { mdm, relay } = await setUpConnected();
        const stream = StreamClient(mdm).connect("a");
        relay.say(accept(1), text(1, "q"), end(1), reset(1, 10, "left"));
        await settle();
        const log = record(stream, "end", "error", "close");
        stream.on("end", () => event === "end" && writes(stream)).on("data", () => event === "data" && writes(stream));
        await settle();
        assert.deepEqual(log, ["end", ["error", "CANCELLED"], "close"]);
      }
    }
  });

  it("ends with NO_SUCH_SERVER when nobody listens, and close comes last", async () => {
    const { mdm, relay } = await setUpConnected();
    const stream = StreamClient(mdm).connect("nobody");
    const log = record(stream, ...ALL);
    const errors = [];
    stream.on("error", (error) => errors.push(error));
    relay.say(reset(1, 1, "sorry"));
    await settle();
    assert.deepEqual(log, [["error", "NO_SUCH_SERVER"], "close"]);
    assert.ok(errors[0] instanceof StreamError);
    assert.match(errors[0].message, /nobody listens on "nobody"; .*connect again later$/);
    assert.equal(stream.destroyed, true);
    assert.equal(stream.write("too late"), false);
    stream.end();
    assert.deepEqual(await relay.heardOnly("DATA"), []);
  });

  it("reads a code that it does not know as CANCELLED", async () => {
    const { stream, relay } = await connected();
    const log = record(stream, ...ALL);
    relay.say(reset(1, 4711));
    await settle();
    assert.deepEqual(log, [["error", "CANCELLED"], "close"]);
  });

  it("ends with the error on the console when nobody listens for errors, and nothing is thrown", async () => {
    const { stream, relay } = await connected();
    const log = record(stream, "close");
    const printed = await silenced(async () => {
      relay.say(reset(1, 6));
      await settle();
    });
    assert.equal(printed.length, 1);
    assert.equal(printed[0][1].code, "HOST_GONE");
    assert.deepEqual(log, ["close"]);
  });

  it("refuses bad names, metadata and options at once", async () => {
    const { mdm, relay } = await setUpConnected();
    const client = StreamClient(mdm);
    for (const name of ["", "a\n", "x".repeat(256), "\ud800", 5]) assert.throws(() => client.connect(name), TypeError);
    assert.throws(() => client.connect("a", { meta: () => {} }), TypeError);
    assert.throws(() => client.connect("a", { meta: "x".repeat(5000) }), RangeError);
    for (const bad of [{ timeout: 0 }, { window: 100 }, { highWaterMark: 0 }, { maxMessageSize: -1 }, { window: 2 ** 31 }])
      assert.throws(() => client.connect("a", bad), RangeError);
    assert.throws(() => StreamClient({}), /boot\(\)/);
    assert.deepEqual(await relay.heard(), []);
  });

  it("gives up after its timeout, also while there is no connection", async () => {
    const { mdm, clock } = setUp();
    const stream = StreamClient(mdm).connect("a", { timeout: 3000 });
    const log = record(stream, ...ALL);
    await clock.advance(2999);
    assert.deepEqual(log, []);
    await clock.advance(1);
    assert.deepEqual(log, [["error", "TIMEOUT"], "close"]);
  });

  it("forgets its timeout once the host has taken it", async () => {
    const { stream, clock } = await connected({ timeout: 3000 });
    const log = record(stream, ...ALL);
    await clock.advance(10_000);
    assert.deepEqual(log, []);
  });

  it("obeys a signal, before and after", async () => {
    const { mdm, relay } = await setUpConnected();
    const controller = new AbortController();
    const stream = StreamClient(mdm).connect("a", { signal: controller.signal });
    const log = record(stream, ...ALL);
    await relay.heard();
    controller.abort(new Error("enough"));
    await settle();
    assert.deepEqual(log, [["error", "CANCELLED"], "close"]);
    assert.equal(stream.errored.cause.message, "enough");
    assert.equal((await relay.heard())[0].code, 10);
    const late = StreamClient(mdm).connect("a", { signal: controller.signal });
    const lateLog = record(late, "error", "close");
    await settle();
    assert.deepEqual(lateLog, [["error", "CANCELLED"], "close"]);
  });

  it("is not sent at all when it is destroyed before there is a connection", async () => {
    const { mdm, relay } = setUp();
    const stream = StreamClient(mdm).connect("a");
    stream.write("x");
    const log = record(stream, ...ALL);
    stream.destroy();
    await relay.open();
    assert.deepEqual(log, ["close"]);
    assert.deepEqual(
      (await relay.heard()).map(({ type }) => type),
      ["HELLO"],
    );
  });

  it("does not open more streams than the relay allows", async () => {
    const { mdm, relay } = await setUpConnected({ settings: { 1: 1 } });
    const first = StreamClient(mdm).connect("a");
    const second = StreamClient(mdm).connect("b");
    const log = record(second, "error", "close");
    assert.deepEqual(log, []);
    await settle();
    assert.deepEqual(log, [["error", "LIMIT"], "close"]);
    first.destroy();
    StreamClient(mdm).connect("c");
    assert.deepEqual(
      (await relay.heardOnly("OPEN")).map(({ target }) => target),
      ["a", "c"],
    );
  });

  it("asks for a route with createStream", async () => {
    const { mdm, relay } = await setUpConnected();
    const stream = mdm.createStream("/files", { meta: 7 });
    const log = record(stream, "error", "close");
    const [open] = await relay.heard();
    assert.deepEqual([open.kind, open.target, open.meta], [3, "/files", 7]);
    relay.say(reset(1, 12));
    await settle();
    assert.deepEqual(log, [["error", "NO_SUCH_ROUTE"], "close"]);
  });
});

describe("stream", () => {
  it("delivers messages as what they were, and closes when both sides have ended", async () => {
    const { stream, relay } = await connected();
    const log = record(stream, ...ALL);
    relay.say(text(1, "hi"), data(1, "JSON", '{"a":1}'), data(1, "BINARY", [1, 2]), end(1));
    await settle();
    assert.deepEqual(log, [["data", "hi"], ["data", { a: 1 }], ["data", Uint8Array.of(1, 2)], "end"]);
    assert.equal(stream.readableEnded, true);
    stream.end("bye");
    await settle();
    assert.deepEqual(log.slice(4), ["finish", "close"]);
    assert.deepEqual(
      (await relay.heard()).map(({ type }) => type),
      ["DATA", "END"],
    );
  });

  it("may be written to after the other side has ended", async () => {
    const { stream, relay } = await connected();
    const log = record(stream, "end", "close");
    relay.say(end(1));
    await settle();
    stream.write("still here");
    assert.equal((await relay.heard())[0].payload.toString(), "still here");
    assert.deepEqual(log, ["end"]);
  });

  it("may be read after our side has ended", async () => {
    const { stream, relay } = await connected();
    const log = record(stream, "data", "end", "close");
    stream.end().end();
    await settle();
    relay.say(text(1, "late"));
    relay.say(end(1));
    await settle();
    assert.deepEqual(log, [["data", "late"], "end", "close"]);
    assert.throws(() => stream.write("x"), /after end/);
  });

  it("ends with the other side when it must not be half open", async () => {
    const { stream, relay } = await connected({ allowHalfOpen: false });
    const log = record(stream, "end", "close");
    relay.say(end(1));
    await settle();
    assert.deepEqual(log, ["end", "close"]);
    assert.deepEqual(
      (await relay.heard()).map(({ type }) => type),
      ["END"],
    );
  });

  it("closes without anybody reading, if nothing came", async () => {
    const { stream, relay } = await connected();
    const log = record(stream, "close");
    stream.end();
    relay.say(end(1));
    await settle();
    assert.deepEqual(log, ["close"]);
  });

  it("closes without anybody reading also if the other side was first to end", async () => {
    const { stream, relay } = await connected();
    const log = record(stream, "close");
    relay.say(end(1));
    await settle();
    assert.deepEqual(log, []);
    stream.end();
    await settle();
    assert.deepEqual(log, ["close"]);
  });

  it("holds data and end until somebody listens", async () => {
    const { stream, relay } = await connected();
    relay.say(text(1, "early"), end(1));
    await settle();
    const log = [];
    stream.on("data", (value) => log.push(value));
    assert.deepEqual(log, []);
    stream.on("end", () => log.push("end"));
    await settle();
    assert.deepEqual(log, ["early", "end"]);
  });

  it("holds an end that comes alone until somebody listens for it, or for data", async () => {
    for (const event of ["end", "data"]) {
      const { stream, relay } = await connected();
      relay.say(end(1));
      await settle();
      assert.equal(stream.readableEnded, false);
      stream.on(event, () => {});
      const log = record(stream, "close");
      await settle();
      assert.equal(stream.readableEnded, true);
      stream.end();
      await settle();
      assert.deepEqual(log, ["close"]);
    }
  });

  it("delivers what came in time even if the stream is closed by then", async () => {
    const { stream, relay } = await connected();
    stream.end();
    await settle();
    relay.say(text(1, "early"), end(1));
    await settle();
    const log = record(stream, "data", "end", "close");
    await settle();
    assert.deepEqual(log, [["data", "early"], "end", "close"]);
  });

  it("loses nothing between two once", async () => {
    const { stream, relay } = await connected();
    const log = [];
    stream.once("data", (value) => log.push(`first ${value}`));
    relay.say(text(1, "a"), text(1, "b"), text(1, "c"));
    await settle();
    assert.deepEqual(log, ["first a"]);
    stream.on("data", (value) => log.push(value));
    await settle();
    assert.deepEqual(log, ["first a", "b", "c"]);
  });

  it("resets with CANCELLED and a reason when it is destroyed, and hears no more", async () => {
    const { stream, relay } = await connected();
    const log = record(stream, ...ALL);
    stream.write(new Uint8Array(100_000));
    await relay.heard();
    stream.destroy(new Error("had enough"));
    stream.destroy();
    relay.say(text(1, "x"), credit(1, 5), end(1));
    await settle();
    assert.deepEqual(log, [["error", "had enough"], "close"]);
    assert.deepEqual(await relay.heard(), [{ type: "RESET", stream: 1, code: 10, reason: "had enough" }]);
  });

  it("delivers nothing after close, whatever was held", async () => {
    const { stream, relay } = await connected();
    stream.on("error", () => {});
    relay.say(text(1, "held"), reset(1, 6));
    await settle();
    const log = record(stream, "data", "end");
    stream.resume();
    await settle();
    assert.deepEqual(log, []);
  });

  it("resets with the code of a StreamError", async () => {
    const { stream, relay } = await connected();
    stream.on("error", () => {});
    stream.destroy(new StreamError("REFUSED", "not you"));
    assert.deepEqual(await relay.heard(), [{ type: "RESET", stream: 1, code: 3, reason: "not you" }]);
  });

  it("is destroyed in a listener without hearing the rest", async () => {
    const { stream, relay } = await connected();
    const log = record(stream, "data", "end", "close");
    stream.on("data", () => stream.destroy());
    relay.say(text(1, "a"), text(1, "b"), end(1));
    await settle();
    assert.deepEqual(log, [["data", "a"], "close"]);
  });

  it("throws at values that cannot be sent, and goes on", async () => {
    const { stream, relay } = await connected();
    for (const value of [undefined, () => {}, 1n, Number.NaN]) assert.throws(() => stream.write(value), TypeError);
    stream.write(null);
    assert.equal((await relay.heard())[0].payload.toString(), "null");
  });

  it("survives a listener that throws", async () => {
    const { stream, relay } = await connected();
    const seen = [];
    stream.on("data", (value) => {
      seen.push(value);
      throw new Error("mine");
    });
    const printed = await silenced(async () => {
      relay.say(text(1, "a"), text(1, "b"));
      await settle();
    });
    assert.deepEqual(seen, ["a", "b"]);
    assert.equal(printed.length, 2);
    assert.equal(relay.socket.closedWith, undefined);
  });

  it("resets a message that is larger than it wants with LIMIT", async () => {
    const { stream, relay } = await connected({ maxMessageSize: 4 });
    const log = record(stream, "data", "error", "close");
    relay.say(text(1, "four"), text(1, "12345"));
    const [frame] = await relay.heard();
    assert.deepEqual([frame.type, frame.code], ["RESET", 4]);
    assert.deepEqual(log, [["data", "four"], ["error", "LIMIT"], "close"]);
  });

  it("sends a Blob in its place between others, and resets with INTERNAL when it cannot be read", async () => {
    const { stream, relay } = await connected();
    stream.write("before");
    stream.write(new Blob(["blob"]));
    stream.write("behind");
    await settle();
    assert.deepEqual(
      (await relay.heard()).map(({ payload }) => payload.toString()),
      ["before", "blob", "behind"],
    );
    class Gone extends Blob {
      slice() {
        return { arrayBuffer: () => Promise.reject(new Error("gone")) };
      }
    }
    const log = record(stream, "error", "close");
    stream.write(new Gone(["abc"]));
    await settle();
    assert.equal((await relay.heard())[0].code, 11);
    assert.deepEqual(log, [["error", "INTERNAL"], "close"]);
  });
});
