// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Assembler } from "../../main/js/assembler.js";
import * as Flag from "../../main/js/frame-flags.js";
import * as Kind from "../../main/js/message-kinds.js";
import { encodeMessage } from "../../main/js/messages.js";

const MIB = 1024 * 1024;
const BIG = 512 * MIB;

/** Sends a value in parts of a size, and gives what arrives. */
async function transfer(value, partSize, assembler = new Assembler(BIG)) {
  const message = encodeMessage(value);
  for (;;) {
    if (!message.ready) await message.load();
    const { flags, payload } = message.take(partSize);
    const arrived = assembler.push(flags, payload);
    if (arrived) {
      assert.equal(message.done, true);
      return arrived.value;
    }
  }
}

const push = (assembler, { first = false, last = false, kind = "BINARY" }, payload) =>
  assembler.push((first ? Flag.FIRST : 0) | (last ? Flag.LAST : 0) | (Kind[kind] ?? kind), Buffer.from(payload));

describe("values", () => {
  const values = [
    "",
    "hi",
    "Grüße 🦉 日本語",
    "\ufeffwith a mark",
    "a\u0000b",
    null,
    true,
    false,
    0,
    -1.5,
    [],
    [1, "a", [null]],
    {},
    { a: { b: ["é"] } },
  ];
  for (const value of values) {
    it(`arrive as they were, cut anywhere: ${JSON.stringify(value)}`, async () => {
      for (const size of [1, 2, 3, 5, 100]) assert.deepEqual(await transfer(value, size), value);
    });
  }

  const bytes = Uint8Array.of(1, 2, 3, 250, 251, 252, 253, 254);
  const binary = {
    Uint8Array: bytes,
    Buffer: Buffer.from(bytes),
    ArrayBuffer: bytes.buffer,
    DataView: new DataView(bytes.buffer),
    Float32Array: new Float32Array(bytes.buffer),
    SharedArrayBuffer: (() => {
      const shared = new SharedArrayBuffer(8);
      new Uint8Array(shared).set(bytes);
      return shared;
    })(),
    "a part of a buffer": Uint8Array.of(0, ...bytes, 0).subarray(1, 9),
    Blob: new Blob([bytes]),
  };
  for (const [name, value] of Object.entries(binary)) {
    it(`arrive as a Uint8Array of their own: ${name}`, async () => {
      for (const size of [3, 8]) {
        const arrived = await transfer(value, size);
        assert.equal(arrived.constructor, Uint8Array);
        assert.equal(arrived.buffer.byteLength, 8);
        assert.deepEqual([...arrived], [...bytes]);
      }
    });
  }

  it("may be empty", async () => {
    assert.deepEqual(await transfer(new Uint8Array(0), 5), new Uint8Array(0));
    assert.deepEqual(await transfer(new Blob([]), 5), new Uint8Array(0));
  });

  for (const value of [undefined, () => {}, Symbol("a"), 10n, Number.NaN, Number.POSITIVE_INFINITY, { a: 1n }]) {
    it(`are refused when JSON cannot say them: ${typeof value} ${String(value)}`, () =>
      assert.throws(() => encodeMessage(value), TypeError));
  }

  for (const [what, value] of [
    ["an invalid Date", new Date(Number.NaN)],
    ["a Number that is NaN", new Number(Number.NaN)],
    ["a Number that is infinite", new Number(Number.NEGATIVE_INFINITY)],
    ["a toJSON that gives NaN", { toJSON: () => Number.NaN }],
    ["a toJSON that gives undefined", { toJSON: () => undefined }],
  ]) {
    it(`are refused when JSON would make null of them: ${what}`, () => assert.throws(() => encodeMessage(value), TypeError));
  }

  it("may be null, and have in them what JSON makes null of", async () => {
    assert.equal(await transfer(null, 5), null);
    assert.deepEqual(await transfer([Number.NaN], 5), [null]);
  });

  it("are refused when their buffer was transferred away, and not taken for empty", () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const { buffer } = bytes;
    const view = new DataView(buffer);
    structuredClone(buffer, { transfer: [buffer] });
    for (const value of [bytes, view, buffer]) assert.throws(() => encodeMessage(value), TypeError);
  });

  it("of 64 MiB come in time that grows with their size only", async () => {
    const large = new Uint8Array(64 * MIB);
    for (let at = 0; at < large.length; at += 4099) large[at] = at % 251;
    const arrived = await transfer(large, 16384);
    assert.equal(Buffer.compare(arrived, large), 0);
    assert.equal((await transfer("é".repeat(8 * MIB), 16383)).length, 8 * MIB);
  });
});

describe("a Blob", () => {
  it("is read slice by slice", async () => {
    const slices = [];
    class Watched extends Blob {
      slice(start, end) {
        slices.push(Math.min(end, this.size) - start);
        return super.slice(start, end);
      }
    }
    const blob = new Watched([new Uint8Array(700 * 1024)]);
    const message = encodeMessage(blob);
    await message.load();
    assert.deepEqual(slices, [256 * 1024]);
    assert.equal((await transfer(blob, 16384)).length, 700 * 1024);
    assert.deepEqual(slices.slice(1), [256 * 1024, 256 * 1024, 188 * 1024]);
  });

  it("that has become shorter is an error, and no loop without end", async () => {
    class Shrunk extends Blob {
      slice() {
        return new Blob([]);
      }
    }
    await assert.rejects(encodeMessage(new Shrunk(["abc"])).load(), /not as long as it was/);
  });

  it("is read at least once, also if it is empty: it may be a file that is gone", async () => {
    class Gone extends Blob {
      async arrayBuffer() {
        throw new DOMException("not found", "NotFoundError");
      }
    }
    const message = encodeMessage(new Gone([]));
    assert.equal(message.ready, false);
    await assert.rejects(message.load(), /not found/);
  });
});

describe("assembler", () => {
  it("gives bytes of their own, and no view on all that came with them", () => {
    const received = new TextEncoder().encode("many frames in one message");
    const { value } = new Assembler(BIG).push(Flag.FIRST | Flag.LAST, received.subarray(5, 11));
    received.fill(0);
    assert.equal(Buffer.from(value).toString(), "frames");
    assert.equal(value.buffer.byteLength, 6);
  });

  it("does not keep what was sent: a caller may use its bytes again", () => {
    const assembler = new Assembler(BIG);
    const part = Buffer.from("abc");
    push(assembler, { first: true }, part);
    assembler.push(0, part);
    part.fill("z");
    assert.equal(Buffer.from(push(assembler, { last: true }, "").value).toString(), "abcabc");
  });

  it("takes frames that are empty", () => {
    const assembler = new Assembler(BIG);
    assert.equal(push(assembler, { first: true, kind: "TEXT" }, ""), undefined);
    assert.equal(push(assembler, { kind: "TEXT" }, ""), undefined);
    assert.deepEqual(push(assembler, { last: true, kind: "TEXT" }, ""), { value: "" });
    assert.equal(assembler.inside, false);
  });

  it("stores a million frames of a byte in as many bytes", () => {
    const assembler = new Assembler(BIG);
    const before = process.memoryUsage().arrayBuffers;
    push(assembler, { first: true }, "a");
    const byte = Uint8Array.of(98);
    for (let count = 0; count < 1_000_000; count++) assembler.push(0, byte);
    assert.ok(process.memoryUsage().arrayBuffers - before < 4 * MIB);
    assert.equal(push(assembler, { last: true }, "c").value.length, 1_000_002);
  });

  it("has a message that is as large as the one before in place when it is complete", () => {
    const assembler = new Assembler(BIG, 100_000);
    const part = new Uint8Array(16384);
    let message;
    for (let count = 0; count < 3; count++) {
      push(assembler, { first: true }, part);
      push(assembler, {}, part);
      const before = process.memoryUsage().arrayBuffers;
      message = push(assembler, { last: true }, part.subarray(0, 100)).value;
      assert.equal(message.buffer.byteLength, 2 * 16384 + 100);
      if (count > 0) assert.ok(process.memoryUsage().arrayBuffers - before < 16384, "a second copy");
    }
    for (const size of [200, 1, 16384]) {
      push(assembler, { first: true }, part);
      assert.equal(push(assembler, { last: true }, part.subarray(0, size)).value.buffer.byteLength, 16384 + size);
    }
  });

  it("has a limit for one message, whole or in parts", () => {
    assert.equal(push(new Assembler(3), { first: true, last: true }, "abc").value.length, 3);
    assert.throws(() => push(new Assembler(3), { first: true, last: true }, "abcd"), { code: "LIMIT", scope: "stream" });
    const assembler = new Assembler(3);
    push(assembler, { first: true }, "ab");
    assert.throws(() => push(assembler, {}, "cd"), { code: "LIMIT" });
  });

  const broken = {
    "a part without a beginning": [[{}, "a"]],
    "a last part without a beginning": [[{ last: true }, "a"]],
    "a beginning inside a message": [
      [{ first: true }, "a"],
      [{ first: true }, "b"],
    ],
    "a whole message inside a message": [
      [{ first: true }, "a"],
      [{ first: true, last: true }, "b"],
    ],
    "a kind that changes": [
      [{ first: true, kind: "TEXT" }, "a"],
      [{ last: true, kind: "BINARY" }, "b"],
    ],
    "a kind that does not exist": [[{ first: true, last: true, kind: 0x0c }, "a"]],
    "a text that is not UTF-8": [[{ first: true, last: true, kind: "TEXT" }, [0xff]]],
    "a text that ends inside a character": [
      [{ first: true, kind: "TEXT" }, "a"],
      [{ last: true, kind: "TEXT" }, [0xc3]],
    ],
    "a JSON that is not JSON": [[{ first: true, last: true, kind: "JSON" }, "{"]],
    "an empty JSON": [[{ first: true, last: true, kind: "JSON" }, ""]],
    "two JSON values": [[{ first: true, last: true, kind: "JSON" }, "1 2"]],
    "a JSON that is not UTF-8": [[{ first: true, last: true, kind: "JSON" }, [0x22, 0xff, 0x22]]],
  };
  for (const [name, frames] of Object.entries(broken)) {
    it(`resets the stream at ${name}`, () => {
      const assembler = new Assembler(BIG);
      const last = frames.pop();
      for (const frame of frames) push(assembler, ...frame);
      assert.throws(() => push(assembler, ...last), { code: "PROTOCOL_ERROR", scope: "stream" });
    });
  }
});
