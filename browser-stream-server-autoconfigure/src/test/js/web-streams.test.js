// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StreamClient } from "../../main/js/client.js";
import { settle } from "./support/clock.js";
import { record, setUpConnected } from "./support/relay.js";
import { accept, credit, data, end, reset, text } from "./support/wire.js";

const LARGE = new Array(16384).fill(0);

async function connected(options) {
  const world = await setUpConnected();
  const stream = StreamClient(world.mdm).connect("a", options);
  world.relay.say(accept(1));
  await world.relay.heard();
  return { ...world, relay: world.relay, stream };
}

describe("readable", () => {
  it("gives messages as chunks and closes at the end", async () => {
    const { stream, relay } = await connected();
    const reader = stream.readable.getReader();
    relay.say(text(1, "a"), data(1, "JSON", "[1]"), end(1));
    assert.deepEqual(
      [await reader.read(), await reader.read(), await reader.read()].map(({ value }) => value),
      ["a", [1], undefined],
    );
    await reader.closed;
  });

  it("takes nothing that is not read: credit is given for what was", async () => {
    const { stream, relay } = await connected();
    const reader = stream.readable.getReader();
    for (let count = 0; count < 15; count++) relay.say(data(1, "BINARY", LARGE));
    for (let count = 0; count < 7; count++) await reader.read();
    assert.deepEqual(await relay.heard(), []);
    await reader.read();
    assert.deepEqual(await relay.heard(), [{ type: "CREDIT", stream: 1, bytes: 8 * 16448 }]);
  });

  it("fails with the error of the stream", async () => {
    const { stream, relay } = await connected();
    const reading = stream.readable.getReader().read();
    relay.say(reset(1, 6));
    await assert.rejects(reading, { code: "HOST_GONE" });
  });

  it("that is asked for late knows how the stream ended", async () => {
    const gone = await connected();
    gone.stream.on("error", () => {});
    gone.relay.say(reset(1, 6));
    await settle();
    await assert.rejects(gone.stream.readable.getReader().read(), { code: "HOST_GONE" });
    const ended = await connected();
    ended.stream.resume();
    ended.relay.say(end(1));
    await settle();
    assert.equal((await ended.stream.readable.getReader().read()).done, true);
  });

  it("fails when the stream is closed on this side before the end", async () => {
    const { stream, mdm } = await connected();
    const reading = stream.readable.getReader().read();
    mdm.close();
    await assert.rejects(reading, { code: "CANCELLED" });
  });

  it("destroys the stream when it is cancelled", async () => {
    const { stream, relay } = await connected();
    await stream.readable.cancel("no more");
    assert.deepEqual(await relay.heard(), [{ type: "RESET", stream: 1, code: 10, reason: "no more" }]);
  });
});

describe("writable", () => {
  it("writes chunks, and is closed when all is sent", async () => {
    const { stream, relay } = await connected();
    const writer = stream.writable.getWriter();
    await writer.write("a");
    await writer.write({ b: 1 });
    await writer.close();
    assert.deepEqual(
      (await relay.heard()).map(({ type, payload }) => payload?.toString() ?? type),
      ["a", '{"b":1}', "END"],
    );
  });

  it("waits when much is waiting to be sent", async () => {
    const { stream, relay } = await connected({ highWaterMark: 20_000 });
    const writer = stream.writable.getWriter();
    let written = false;
    const writing = writer.write(new Uint8Array(50_000)).then(() => {
      written = true;
    });
    await settle();
    assert.equal(written, false);
    relay.say(credit(1, 20_000));
    await writing;
  });

  it("is not closed before the end is sent", async () => {
    const { stream, relay } = await connected();
    const writer = stream.writable.getWriter();
    writer.write(new Uint8Array(50_000));
    let closed = false;
    const closing = writer.close().then(() => {
      closed = true;
    });
    await settle();
    assert.equal(closed, false);
    relay.say(credit(1, 100_000));
    await closing;
  });

  it("fails with the error of the stream, also what is under way", async () => {
    const { stream, relay } = await connected({ highWaterMark: 1 });
    const writer = stream.writable.getWriter();
    const writing = writer.write(new Uint8Array(50_000));
    relay.say(reset(1, 6));
    await assert.rejects(writing, { code: "HOST_GONE" });
    await assert.rejects(writer.closed, { code: "HOST_GONE" });
  });

  it("resets the stream when it is aborted", async () => {
    const { stream, relay } = await connected();
    stream.on("error", () => {});
    await stream.writable.abort(new Error("oops"));
    assert.deepEqual(await relay.heard(), [{ type: "RESET", stream: 1, code: 10, reason: "oops" }]);
  });

  it("refuses what cannot be sent", async () => {
    const { stream } = await connected();
    await assert.rejects(stream.writable.getWriter().write(undefined), TypeError);
  });
});

describe("for await", () => {
  it("reads until the end", async () => {
    const { stream, relay } = await connected();
    relay.say(text(1, "a"), text(1, "b"), end(1));
    const seen = [];
    for await (const value of stream) seen.push(value);
    assert.deepEqual(seen, ["a", "b"]);
    assert.equal(stream.destroyed, false);
  });

  it("destroys the stream when it is left", async () => {
    const { stream, relay } = await connected();
    relay.say(text(1, "a"), text(1, "b"));
    for await (const _ of stream) break;
    assert.deepEqual(
      (await relay.heard()).map(({ type }) => type),
      ["RESET"],
    );
  });

  it("throws what the stream ended with", async () => {
    const { stream, relay } = await connected();
    setImmediate(() => relay.say(text(1, "a"), reset(1, 4, "memory")));
    await assert.rejects(
      async () => {
        for await (const _ of stream);
      },
      { code: "LIMIT" },
    );
  });
});

describe("pipe", () => {
  /** A destination that is told when it is full. */
  class Sink {
    written = [];
    listeners = {};
    full = false;
    write(value) {
      this.written.push(value);
      return !this.full;
    }
    end() {
      this.ended = true;
    }
    destroy(error) {
      this.destroyedWith = error ?? "nothing";
    }
    on(event, listener) {
      this.listeners[event] = listener;
    }
    removeListener(event) {
      delete this.listeners[event];
    }
  }

  it("writes everything and ends the destination", async () => {
    const { stream, relay } = await connected();
    const sink = new Sink();
    assert.equal(stream.pipe(sink), sink);
    relay.say(text(1, "a"), text(1, "b"), end(1));
    await settle();
    assert.deepEqual(sink.written, ["a", "b"]);
    assert.equal(sink.ended, true);
    assert.deepEqual(sink.listeners, {});
  });

  it("waits for drain", async () => {
    const { stream, relay } = await connected();
    const sink = new Sink();
    sink.full = true;
    stream.pipe(sink);
    relay.say(text(1, "a"), text(1, "b"));
    await settle();
    assert.deepEqual(sink.written, ["a"]);
    sink.listeners.drain();
    await settle();
    assert.deepEqual(sink.written, ["a", "b"]);
  });

  it("leaves the destination open when it is told to", async () => {
    const { stream, relay } = await connected();
    const sink = new Sink();
    stream.pipe(sink, { end: false });
    relay.say(end(1));
    await settle();
    assert.equal(sink.ended, undefined);
  });

  it("destroys the destination when the stream breaks", async () => {
    const { stream, relay } = await connected();
    const sink = new Sink();
    stream.on("error", () => {});
    stream.pipe(sink);
    relay.say(text(1, "a"), reset(1, 6));
    await settle();
    assert.equal(sink.ended, undefined);
    assert.equal(sink.destroyedWith.code, "HOST_GONE");
  });

  it("stops when the destination closes", async () => {
    const { stream, relay } = await connected();
    const sink = new Sink();
    stream.pipe(sink);
    await settle();
    sink.listeners.close();
    relay.say(text(1, "a"));
    await settle();
    assert.deepEqual(sink.written, []);
  });

  it("echoes to itself, and closes then", async () => {
    const { stream, relay } = await connected();
    const log = record(stream, "close");
    stream.pipe(stream);
    relay.say(text(1, "a"), data(1, "JSON", "1"), end(1));
    assert.deepEqual(
      (await relay.heard()).map(({ type, payload }) => payload?.toString() ?? type),
      ["a", "1", "END"],
    );
    assert.deepEqual(log, ["close"]);
  });
});

describe("await using", () => {
  it("destroys a stream", async () => {
    const { stream, relay } = await connected();
    await stream[Symbol.asyncDispose]();
    assert.deepEqual(
      (await relay.heard()).map(({ type }) => type),
      ["RESET"],
    );
  });
});
