// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StreamClient } from "../../main/js/client.js";
import { settle } from "./support/clock.js";
import { record, setUp, setUpConnected } from "./support/relay.js";
import { accept, credit, data, end, frame, ping, text } from "./support/wire.js";

const KIB = 1024;
const PLENTY = 2_000_000_000;

/** Streams 1, 3, ... that are accepted, and can send as much as they want. */
async function streams(count, options = {}, allowance = PLENTY) {
  const world = await setUpConnected();
  const made = Array.from({ length: count }, (_, index) => StreamClient(world.mdm).connect(`s${index}`, options));
  await world.relay.heard();
  for (let id = 1; id < 2 * count; id += 2) world.relay.say(accept(id), ...(allowance ? [credit(id, allowance)] : []));
  await settle();
  return { ...world, relay: world.relay, made, stream: made[0] };
}

const sizes = (frames) => frames.filter(({ type }) => type === "DATA").map(({ payload }) => payload.length);
const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);

describe("sending", () => {
  it("stops at the end of its credit, and goes on with more", async () => {
    const { stream, relay } = await streams(1, {}, 0);
    stream.write(new Uint8Array(40_000));
    assert.deepEqual(sizes(await relay.heard()), [16320]);
    relay.say(credit(1, 64));
    assert.deepEqual(sizes(await relay.heard()), []);
    relay.say(credit(1, 1));
    assert.deepEqual(sizes(await relay.heard()), [1]);
    relay.say(credit(1, 100_000));
    assert.deepEqual(sizes(await relay.heard()), [16384, 40_000 - 16320 - 1 - 16384]);
  });

  it("pays 64 bytes for an empty message as well", async () => {
    const { stream, relay } = await streams(1, {}, 0);
    for (let count = 0; count < 300; count++) stream.write("");
    assert.equal(sizes(await relay.heard()).length, 256);
    relay.say(credit(1, 63));
    assert.equal(sizes(await relay.heard()).length, 0);
    relay.say(credit(1, 1));
    assert.equal(sizes(await relay.heard()).length, 1);
  });

  it("cuts messages into frames with FIRST and LAST", async () => {
    const { stream, relay } = await streams(1);
    stream.write(new Uint8Array(16384 * 2 + 1));
    stream.write("x");
    const frames = await relay.heard();
    assert.deepEqual(
      frames.map(({ first, last, payload }) => [first, last, payload.length]),
      [
        [true, false, 16384],
        [false, false, 16384],
        [false, true, 1],
        [true, true, 1],
      ],
    );
  });

  it("packs small messages of one task into one WebSocket message, at its end", async () => {
    const { stream, relay } = await streams(1);
    const before = relay.socket.sent.length;
    for (let count = 0; count < 48; count++) stream.write(new Uint8Array(KIB).fill(count));
    assert.equal(relay.socket.sent.length, before);
    const frames = await relay.heard();
    assert.equal(relay.socket.sent.length, before + 1);
    assert.deepEqual(
      frames.map(({ first, last, payload }) => [first, last, payload.length, payload[0]]),
      Array.from({ length: 48 }, (_, count) => [true, true, KIB, count]),
    );
  });

  it("sends a message of 64 KiB as one WebSocket message of four frames", async () => {
    const { stream, relay } = await streams(1);
    const before = relay.socket.sent.length;
    stream.write(new Uint8Array(64 * KIB));
    assert.deepEqual(sizes(await relay.heard()), [16384, 16384, 16384, 16384]);
    assert.equal(relay.socket.sent.length, before + 1);
  });

  it("has copied what was written when write returns, whether it can be sent or has to wait", async () => {
    for (const wrap of [(bytes) => bytes, (bytes) => bytes.buffer, (bytes) => new DataView(bytes.buffer)]) {
      const { stream, relay } = await streams(1, {}, 0);
      for (const size of [10_000, 10_000, 20_000, 100_000]) {
        const bytes = new Uint8Array(size).fill(1);
        stream.write(wrap(bytes));
        bytes.fill(9);
      }
      relay.say(credit(1, PLENTY));
      const frames = await relay.heard();
      assert.equal(sum(sizes(frames)), 140_000);
      assert.ok(frames.every(({ payload }) => payload.every((each) => each === 1)));
    }
  });

  it("keeps the order of what can be sent at once and what has to wait", async () => {
    const { stream, relay } = await streams(1, {}, 0);
    for (let count = 0; count < 200; count++) stream.write("x".repeat(count * 7) + count);
    relay.say(credit(1, 1000));
    await settle();
    stream.write("late");
    relay.say(credit(1, PLENTY));
    const messages = [""];
    for (const { payload, last } of await relay.heard()) {
      messages[messages.length - 1] += payload;
      if (last) messages.push("");
    }
    assert.deepEqual(messages, [...Array.from({ length: 200 }, (_, count) => "x".repeat(count * 7) + count), "late", ""]);
  });

  it("packs what was written in one turn into few messages of bounded size", async () => {
    const { stream, relay } = await streams(1, { highWaterMark: 1 });
    const before = relay.socket.sent.length;
    for (let count = 0; count < 1000; count++) stream.write("0123456789");
    await settle();
    assert.equal(relay.socket.sent.length - before, 1);
    stream.write(new Uint8Array(1024 * KIB));
    await settle();
    const messages = relay.socket.sent.slice(before + 1);
    assert.ok(messages.length >= 12 && messages.every(({ length }) => length <= 128 * KIB), messages.map(({ length }) => length).join());
  });

  it("says false when much is waiting, and drain when it is less", async () => {
    const { stream, relay } = await streams(1, { highWaterMark: 60_000 }, 0);
    const log = record(stream, "drain");
    assert.equal(stream.write(new Uint8Array(16_320)), true);
    assert.equal(stream.bufferedAmount, 0);
    assert.equal(stream.write(new Uint8Array(20_000)), true);
    assert.equal(stream.write(new Uint8Array(40_000)), false);
    assert.equal(stream.write("a"), false);
    assert.equal(stream.bufferedAmount, 60_001 + 3 * 64);
    await settle();
    relay.say(credit(1, 1000));
    await settle();
    assert.deepEqual(log, ["drain"]);
    assert.equal(stream.write("b"), true);
    relay.say(credit(1, PLENTY));
    await settle();
    assert.deepEqual(log, ["drain"]);
    assert.equal(stream.bufferedAmount, 0);
  });

  it("owes no drain as long as write said true", async () => {
    const { stream } = await streams(1);
    const log = record(stream, "drain");
    assert.equal(stream.write(new Uint8Array(100_000)), true);
    await settle();
    assert.deepEqual(log, []);
  });

  it("counts empty messages as something", async () => {
    const { stream } = await streams(1, { highWaterMark: 640 }, 0);
    stream.write(new Uint8Array(16_320));
    const results = Array.from({ length: 10 }, () => stream.write(""));
    assert.deepEqual(results.indexOf(false), 9);
  });

  it("fills the socket only so far, looks again in a while, and at once when something comes in", async () => {
    const { stream, relay, clock } = await streams(1);
    relay.socket.onsend = () => {
      relay.socket.bufferedAmount += relay.socket.sent.at(-1).length;
    };
    stream.write(new Uint8Array(4096 * KIB));
    const first = sum(sizes(await relay.heard()));
    assert.ok(first >= 256 * KIB && first < 384 * KIB, `${first}`);
    await clock.advance(100);
    assert.equal(sum(sizes(await relay.heard())), 0);
    relay.socket.bufferedAmount = 0;
    await clock.advance(10);
    const second = sum(sizes(await relay.heard()));
    assert.ok(second >= 256 * KIB);
    relay.socket.bufferedAmount = 0;
    relay.say(credit(1, 1));
    assert.ok(sum(sizes(await relay.heard())) >= 256 * KIB);
  });

  it("asks amid the data whether it has left, so that it needs no timer", async () => {
    const { stream, relay } = await streams(1);
    relay.socket.onsend = () => {
      relay.socket.bufferedAmount += relay.socket.sent.at(-1).length;
    };
    stream.write(new Uint8Array(4096 * KIB));
    const first = await relay.heard();
    assert.equal(first.filter(({ type }) => type === "PING").length, 1);
    const before = sum(sizes(first.slice(0, first.findIndex(({ type }) => type === "PING"))));
    assert.ok(before >= 128 * KIB && before < sum(sizes(first)), `${before}`);
    relay.socket.bufferedAmount = 0;
    relay.say(frame("PING", 1, 0, new Uint8Array(0)));
    const second = await relay.heard();
    assert.ok(sum(sizes(second.filter(({ type }) => type === "DATA"))) >= 256 * KIB);
    assert.equal(second.filter(({ type }) => type === "PING").length, 1);
  });

  it("has no timer when the socket is not full", async () => {
    const { stream, clock } = await streams(1, {}, 0);
    stream.write(new Uint8Array(4096 * KIB));
    await settle();
    assert.equal(clock.pending, 0);
  });

  it("answers PING only when the socket has room", async () => {
    const { relay, clock } = await streams(1);
    relay.socket.bufferedAmount = 10_000_000;
    for (let count = 0; count < 100; count++) relay.say(ping(`${count}`));
    assert.deepEqual(await relay.heard(), []);
    relay.socket.bufferedAmount = 0;
    await clock.advance(10);
    assert.deepEqual(
      (await relay.heard()).map(({ text }) => text),
      ["99"],
    );
  });

  it("takes turns: a stream that always has data does not hold back another", async () => {
    const { made, relay } = await streams(3);
    const [big, alsoBig, small] = made;
    big.write(new Uint8Array(1024 * KIB));
    alsoBig.write(new Uint8Array(1024 * KIB));
    small.write("me too");
    const frames = await relay.heard();
    const before = frames.slice(
      0,
      frames.findIndex(({ stream }) => stream === 5),
    );
    // What the first wrote before anybody else did, and a turn of each.
    assert.ok(sum(sizes(before)) <= (64 + 2 * 16) * KIB, `${sum(sizes(before))} bytes before`);
    // As long as both have something, neither is ahead by more than that.
    const counts = { 1: 0, 3: 0 };
    for (const { stream, payload } of frames.slice(0, 100)) {
      if (stream === 5) continue;
      counts[stream] += payload.length;
      assert.ok(Math.abs(counts[1] - counts[3]) <= (64 + 16) * KIB);
    }
  });

  it("takes turns by bytes, not by messages", async () => {
    const { made, relay } = await streams(2);
    for (let count = 0; count < 20_000; count++) made[0].write("tiny");
    made[1].write(new Uint8Array(512 * KIB));
    const frames = await relay.heard();
    const last = frames.findLastIndex(({ stream }) => stream === 3);
    const tiny = frames.slice(0, last).filter(({ stream }) => stream === 1).length;
    assert.ok(tiny > 6000 && tiny < 9000, `${tiny} tiny messages beside 512 KiB`);
  });

  it("that is stuck for want of credit does not hold back another", async () => {
    const { made, relay } = await streams(2, {}, 0);
    made[0].write(new Uint8Array(1024 * KIB));
    await settle();
    await relay.heard();
    made[1].write("free");
    assert.deepEqual(
      (await relay.heard()).map(({ stream }) => stream),
      [3],
    );
  });

  it("reads a Blob as credit allows, and ends behind it", async () => {
    let read = 0;
    class Watched extends Blob {
      slice(start, end) {
        read += Math.min(end, this.size) - start;
        return super.slice(start, end);
      }
    }
    const { stream, relay } = await streams(1, {}, 0);
    stream.write(new Watched([new Uint8Array(4096 * KIB)]));
    stream.end();
    assert.equal(stream.bufferedAmount, 4096 * KIB + 64);
    await settle();
    await settle();
    assert.deepEqual(sizes(await relay.heard()), [16320]);
    assert.equal(read, 256 * KIB);
    relay.say(credit(1, PLENTY));
    const frames = [];
    while (frames.at(-1)?.type !== "END") frames.push(...(await relay.heard()));
    assert.equal(sum(sizes(frames)), 4096 * KIB - 16320);
    assert.deepEqual([frames.at(-2).last, read], [true, 4096 * KIB]);
  });
});

describe("a Blob that is being read", () => {
  it("is not read a second time when credit comes meanwhile", async () => {
    let reads = 0;
    class Slow extends Blob {
      slice(start, end) {
        reads++;
        return super.slice(start, end);
      }
    }
    const { stream, relay } = await streams(1, {}, 0);
    stream.write(new Slow(["0123456789"]));
    await Promise.resolve();
    relay.say(credit(1, 1000));
    stream.write("behind");
    await settle();
    assert.deepEqual(
      (await relay.heard()).map(({ payload }) => payload.toString()),
      ["0123456789", "behind"],
    );
    assert.equal(reads, 1);
  });
});

describe("receiving", () => {
  it("gives credit back in halves as the page takes messages", async () => {
    const { stream, relay } = await streams(1, { window: 256 * KIB });
    stream.on("data", () => {});
    const part = data(1, "BINARY", new Array(16384).fill(0));
    for (let count = 0; count < 7; count++) relay.say(part);
    assert.deepEqual(await relay.heard(), []);
    relay.say(part);
    assert.deepEqual(await relay.heard(), [{ type: "CREDIT", stream: 1, bytes: 8 * 16448 }]);
  });

  it("lets the window grow while the page takes all at once, and not beyond what its options say", async () => {
    for (const [window, largest] of [
      [undefined, 2048 * KIB],
      [300 * KIB, 300 * KIB],
      [100_000, 100_000],
    ]) {
      const { stream, relay } = await streams(1, { window });
      let allowed = Math.min(window ?? 256 * KIB, 256 * KIB);
      stream.on("data", () => {});
      const part = data(1, "BINARY", new Array(16000).fill(0));
      for (let count = 0; count < 1000; count++) {
        relay.say(part);
        allowed += sum((await relay.heard()).map(({ bytes }) => bytes)) - 16064;
      }
      assert.ok(allowed > largest / 2 && allowed <= largest, `${allowed} of ${largest}`);
    }
  });

  it("does not let the window grow while messages wait", async () => {
    const { stream, relay } = await streams(1);
    let allowed = 256 * KIB;
    stream.on("data", () => stream.pause());
    const part = data(1, "BINARY", new Array(16000).fill(0));
    relay.say(part, part);
    for (let count = 0; count < 200; count++) {
      relay.say(part);
      stream.resume();
      allowed += sum((await relay.heard()).map(({ bytes }) => bytes)) - 16064;
    }
    assert.ok(allowed <= 256 * KIB, `${allowed}`);
  });

  describe("a message in several frames", () => {
    const SIZE = 40_000;
    const bytes = Array.from({ length: SIZE }, (_, index) => index % 251);
    const parts = (id, all = bytes) => [
      data(id, "BINARY", all.slice(0, 16384), { first: true, last: false }),
      data(id, "BINARY", all.slice(16384, 32768), { first: false, last: false }),
      data(id, "BINARY", all.slice(32768), { first: false, last: true }),
    ];
    const hold = (stream) => {
      const seen = [];
      stream.on("data", (value) => seen.push(value));
      return seen;
    };

    it("that comes in one piece keeps the memory that it came in, and has it alone", async () => {
      const { made, relay } = await streams(2);
      const [seen, others] = made.map(hold);
      const small = data(1, "BINARY", [1, 2, 3]);
      const message = Uint8Array.from([small, ...parts(1), small, ...parts(3).slice(0, 2)].flat());
      relay.raw(message);
      relay.say(parts(3)[2]);
      assert.deepEqual(
        seen.map((value) => Buffer.compare(value, Uint8Array.from(value.length === 3 ? [1, 2, 3] : bytes))),
        [0, 0, 0],
      );
      assert.equal(Buffer.compare(others[0], Uint8Array.from(bytes)), 0);
      assert.equal(new Set([...seen, ...others].map(({ buffer }) => buffer)).size, 4);
      const [, value] = seen;
      assert.deepEqual([value.constructor, value.byteOffset], [Uint8Array, 0]);
      assert.equal(value.buffer.byteLength, message.length);
    });

    it("is copied when it is less than half of what came", async () => {
      const { stream, relay } = await streams(1);
      const seen = hold(stream);
      relay.say(...parts(1), ...parts(1), ...parts(1));
      assert.deepEqual(
        seen.map((value) => [value.buffer.byteLength, Buffer.compare(value, Uint8Array.from(bytes))]),
        Array(3).fill([SIZE, 0]),
      );
    });

    it("is copied when other frames come between, or only later", async () => {
      const { stream, made, relay } = await streams(2);
      const [seen, others] = made.map(hold);
      const [first, second, third] = parts(1);
      relay.say(first, text(3, "between"), second, third);
      relay.say(first, second);
      relay.say(third);
      assert.deepEqual(
        seen.map((value) => [value.buffer.byteLength, Buffer.compare(value, Uint8Array.from(bytes))]),
        Array(2).fill([SIZE, 0]),
      );
      assert.deepEqual(others, ["between"]);
      assert.equal(stream.errored, undefined);
    });

    it("is told of a fault behind it, once it is there", async () => {
      const { stream, relay, mdm } = await streams(1);
      const seen = hold(stream);
      const log = record(mdm, "disconnect");
      relay.say(...parts(1), [5, 1, 1, 0x80, 0]);
      await settle();
      assert.equal(seen[0].length, SIZE);
      assert.deepEqual(log, [["disconnect", "PROTOCOL_ERROR"]]);
    });
  });

  it("gives nothing back while the page is paused, or nobody listens, and all of it then", async () => {
    for (const pause of [true, false]) {
      const { stream, relay } = await streams(1);
      const seen = [];
      if (pause) stream.pause().on("data", (value) => seen.push(value.length));
      for (let count = 0; count < 15; count++) relay.say(data(1, "BINARY", new Array(16384).fill(0)));
      assert.deepEqual(await relay.heard(), []);
      assert.deepEqual(seen, []);
      if (pause) stream.resume();
      else stream.on("data", (value) => seen.push(value.length));
      assert.equal(sum((await relay.heard()).map(({ bytes }) => bytes)), 8 * 16448);
      assert.equal(seen.length, 15);
    }
  });

  it("delivers one message after pause in a listener, and the next after resume", async () => {
    const { stream, relay } = await streams(1);
    const seen = [];
    stream.on("data", (value) => {
      seen.push(value);
      stream.pause();
    });
    relay.say(text(1, "a"), text(1, "b"), text(1, "c"), end(1));
    await settle();
    assert.deepEqual(seen, ["a"]);
    stream.resume();
    await settle();
    assert.deepEqual(seen, ["a", "b"]);
  });

  it("takes a message that is larger than the window, as the page would take it", async () => {
    const { stream, relay } = await streams(1, { window: 16384 });
    const seen = [];
    stream.on("data", (value) => seen.push(value.length));
    let allowed = 16384;
    let sent = 0;
    for (; sent < 100; sent++) {
      assert.ok(allowed >= 8064, `stuck after ${sent} frames`);
      relay.say(data(1, "BINARY", new Array(8000).fill(1), { first: sent === 0, last: sent === 99 }));
      allowed += sum((await relay.heard()).map(({ bytes }) => bytes)) - 8064;
    }
    assert.deepEqual(seen, [800_000]);
  });

  it("does not store a large message while the page is paused", async () => {
    const { stream, relay } = await streams(1, { window: 16384 });
    const seen = [];
    stream.pause().on("data", (value) => seen.push(value.length));
    relay.say(data(1, "BINARY", new Array(8000).fill(1), { first: true, last: false }));
    relay.say(data(1, "BINARY", new Array(8000).fill(1), { first: false, last: false }));
    assert.deepEqual(await relay.heard(), []);
    stream.resume();
    assert.deepEqual(await relay.heard(), [{ type: "CREDIT", stream: 1, bytes: 2 * 8064 }]);
    relay.say(data(1, "BINARY", [1], { first: false, last: true }));
    await settle();
    assert.deepEqual(seen, [16001]);
  });

  it("gives no credit for what can no longer come", async () => {
    const { stream, relay } = await streams(1, { window: 16384 });
    relay.say(data(1, "BINARY", new Array(16000).fill(0)), end(1));
    await relay.heard();
    stream.on("data", () => {});
    assert.deepEqual(await relay.heard(), []);
  });

  it("asks for the window of its options, also before there is a connection", async () => {
    const { mdm, relay } = setUp({ window: 100_000 });
    StreamClient(mdm).connect("a");
    StreamClient(mdm).connect("b", { window: 16384 });
    await relay.open();
    assert.deepEqual(
      (await relay.heardOnly("CREDIT")).map(({ stream, bytes }) => [stream, bytes]),
      [[1, 100_000 - 16384]],
    );
  });
});
