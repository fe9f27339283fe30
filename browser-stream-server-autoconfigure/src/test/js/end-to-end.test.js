// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { afterEach, describe, it } from "node:test";
import { StreamClient, StreamServer } from "../../main/js/client.js";
import { MiniRelay } from "./support/mini-relay.js";

const MIB = 1024 * 1024;
let tabs = [];

/** Two tabs and a relay between them. */
function setUp() {
  const relay = new MiniRelay();
  tabs = [relay.boot(), relay.boot()];
  return tabs;
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Resolves with what comes first. */
const next = async (stream) => (await once(stream, "data"))[0];

function pattern(size, seed) {
  const bytes = new Uint8Array(size);
  for (let at = 0, value = seed; at < size; at++) {
    value = (value * 1103515245 + 12345) % 2147483648;
    bytes[at] = value >> 16;
  }
  return bytes;
}

describe("two tabs", () => {
  afterEach(() => {
    for (const tab of tabs) tab.close();
  });

  it("do what the original's README says", async () => {
    const [host, visitor] = setUp();
    const heard = [];
    // biome-ignore-start lint: word for word as it is written there
    StreamServer(host, function (stream) {
      stream.on("data", function (data) {
        heard.push(data);
      });
      stream.write("from server");
    }).listen("SERVER_NAME");
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    var stream = StreamClient(visitor).connect("SERVER_NAME");
    stream.on("data", function (data) {
      heard.push(data);
    });
    stream.write("from client");
    // biome-ignore-end lint: word for word as it is written there
    while (heard.length < 2) await new Promise(setImmediate);
    assert.deepEqual(heard.sort(), ["from client", "from server"]);
  });

  it("echo values of every kind", async () => {
    const [host, visitor] = setUp();
    const server = StreamServer(host, (stream) => stream.pipe(stream)).listen("echo");
    await server.ready;
    const values = ["Grüße", { a: [1, null] }, Uint8Array.of(1, 2), "", 0, false, new Uint8Array(0)];
    const stream = StreamClient(visitor).connect("echo");
    for (const value of values) stream.write(value);
    stream.end();
    const heard = [];
    for await (const value of stream) heard.push(value);
    assert.deepEqual(heard, values);
  });

  it("exchange 100 MiB in one message each way, at once", async () => {
    const [host, visitor] = setUp();
    const there = pattern(MIB, 1);
    const big = new Uint8Array(100 * MIB);
    for (let at = 0; at < 100; at++) big.set(there, at * MIB);
    big[0] ^= 1;
    const wanted = sha256(big);
    const hashes = [];
    const server = StreamServer(host, (stream) => {
      stream.write(new Blob([big]));
      stream.on("data", (value) => hashes.push(sha256(value)));
    }).listen("big");
    await server.ready;
    const stream = StreamClient(visitor).connect("big");
    stream.write(big);
    hashes.push(sha256(await next(stream)));
    while (hashes.length < 2) await new Promise(setImmediate);
    assert.deepEqual(hashes, [wanted, wanted]);
  });

  it("have 100 streams at once, none of which loses or mixes anything", async () => {
    const [host, visitor] = setUp();
    const server = StreamServer(host, (stream) => stream.pipe(stream)).listen("echo");
    await server.ready;
    const talks = Array.from({ length: 100 }, async (_, index) => {
      const stream = StreamClient(visitor).connect("echo");
      const bytes = pattern(30_000 + index, index);
      for (let count = 0; count < 5; count++) stream.write(bytes);
      stream.end();
      let received = 0;
      for await (const value of stream) {
        assert.equal(Buffer.compare(value, bytes), 0);
        received++;
      }
      assert.equal(received, 5);
    });
    await Promise.all(talks);
  });

  it("pass a file by Web Streams, as fast as the slower one reads", async () => {
    const [host, visitor] = setUp();
    const file = new Blob([pattern(3 * MIB, 7)]);
    const received = [];
    const done = new Promise((resolve, reject) => {
      StreamServer(host, (stream) => {
        const slow = new WritableStream({
          async write(chunk) {
            await new Promise(setImmediate);
            received.push(chunk);
          },
        });
        stream.readable.pipeTo(slow).then(resolve, reject);
      }).listen("file");
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    const stream = StreamClient(visitor).connect("file", { meta: { name: "a.bin" } });
    await file.stream().pipeTo(stream.writable);
    await done;
    assert.equal(sha256(Buffer.concat(received)), sha256(Buffer.from(await file.arrayBuffer())));
  });

  it("tell each other when one closes", async () => {
    const [host, visitor] = setUp();
    const hosted = [];
    const server = StreamServer(host, (stream) => hosted.push(stream.on("error", ({ code }) => hosted.push(code)))).listen("a");
    await server.ready;
    const first = StreamClient(visitor).connect("a");
    await once(first, "open");
    host.close();
    const [error] = await once(first, "error");
    assert.equal(error.code, "HOST_GONE");
    const second = StreamClient(visitor).connect("a");
    assert.equal((await once(second, "error"))[0].code, "NO_SUCH_SERVER");
  });

  it("cannot both have a name", async () => {
    const [host, other] = setUp();
    await StreamServer(host, () => {}).listen("a").ready;
    const second = StreamServer(other, () => {})
      .listen("a")
      .on("error", () => {});
    await assert.rejects(second.ready, { code: "NAME_TAKEN" });
  });
});
