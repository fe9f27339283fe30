// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { StreamClient, StreamServer } from "../../main/js/client.js";
import { record, setUp, setUpConnected } from "./support/relay.js";
import { accept, credit, data, end, frame, hello, offer, ping, reset, text } from "./support/wire.js";

const vectors = JSON.parse(readFileSync(new URL("../resources/vectors/frames.json", import.meta.url), "utf8"));
const unhex = (hex) => Buffer.from(hex.replaceAll(" ", ""), "hex");
const bytesOf = ({ hex, head, fill, size }) => (fill ? Buffer.concat([unhex(head), Buffer.alloc(size, unhex(fill))]) : unhex(hex));

/** A client's stream 1 that is open, a server's stream 2, and stream 3 that listens. */
async function busy() {
  const world = await setUpConnected();
  const stream = StreamClient(world.mdm).connect("b");
  const streams = [];
  StreamServer(world.mdm, (each) => streams.push(each))
    .listen("a")
    .on("error", () => {});
  world.relay.say(accept(1), accept(3), offer(2, "a"));
  await world.relay.heard();
  const log = record(stream, "data", "end", "error", "close");
  const hostLog = record(streams[0], "data", "end", "error", "close");
  return { ...world, relay: world.relay, stream, log, hostLog };
}

/** What costs the connection: it is closed with the code, streams are lost, and another is made. */
async function costsConnection(world, code) {
  await world.relay.heard();
  assert.equal(world.relays[0].socket.closedWith?.code, code);
  assert.deepEqual(world.log, [["error", "CONNECTION_LOST"], "close"]);
  await world.clock.advance(500);
  assert.equal(world.relays.length, 2);
}

const LARGE = new Array(16384).fill(0);

describe("a relay that breaks the rules of the connection", () => {
  const inputs = {
    "a text message": [4008, "hello"],
    "HELLO twice": [4008, hello()],
    "an even id that is not greater": [4008, offer(2, "a")],
    "an odd id": [4008, offer(5, "a")],
    "ACCEPT of a stream that was never opened": [4008, accept(5)],
    "DATA on a stream that was never opened": [4008, text(7, "x")],
    "END of a stream of its own that it never opened": [4008, end(4)],
    "RESET of a stream that was never opened": [4008, reset(9, 1)],
    "CREDIT beyond all bounds": [4009, credit(1, 2147483647)],
  };
  for (const [name, [code, input]] of Object.entries(inputs)) {
    it(`loses it: ${name}`, async () => {
      const world = await busy();
      world.relay.raw(typeof input === "string" ? input : Uint8Array.from(input));
      await costsConnection(world, code);
    });
  }

  for (const input of [accept(1), ping(), end(2), offer(2, "a"), frame(0x80, 0, 0)]) {
    it(`loses it: ${input} before HELLO`, async () => {
      const { relay, relays } = setUp();
      await relay.open({ greet: false });
      relay.say(input);
      await relay.heard();
      assert.equal(relays[0].socket.closedWith.code, 4008);
    });
  }

  it("loses it with every bad vector, and with a reason that fits", async () => {
    for (const vector of vectors.bad) {
      const { relay } = await setUpConnected();
      relay.raw(bytesOf(vector));
      const { code, reason } = relay.socket.closedWith;
      assert.equal(code, 4008, vector.name);
      assert.ok(reason.length > 0 && Buffer.byteLength(reason) <= 123);
    }
  });

  it("loses it: an id that was used for an open that was refused", async () => {
    const world = await busy();
    world.relay.say(offer(4, ""));
    await world.relay.heard();
    world.relay.say(offer(4, "a"));
    await costsConnection(world, 4008);
  });

  it("loses it: DATA beyond the credit", async () => {
    const world = await busy();
    world.stream.pause();
    for (let count = 0; count < 15; count++) world.relay.say(data(1, "BINARY", LARGE));
    world.relay.say(data(1, "BINARY", new Array(15424 - 64).fill(0)));
    assert.deepEqual(await world.relay.heard(), []);
    world.relay.say(data(1, "BINARY", []));
    await costsConnection(world, 4009);
  });

  it("is not listened to any more, not even within the same message", async () => {
    const world = await busy();
    world.relay.say(credit(1, 2147483647), text(1, "too late"));
    world.relay.say(text(1, "much too late"));
    await costsConnection(world, 4009);
  });
});

describe("a relay that breaks the rules of a stream", () => {
  const inputs = {
    "ACCEPT twice": [1, accept(1)],
    "ACCEPT of its own stream": [2, accept(2)],
    "FIRST inside a message": [1, [...text(1, "a", { last: false }), ...text(1, "b")]],
    "a part without FIRST": [2, text(2, "a", { first: false })],
    "an unknown kind": [1, unhex(vectors.invalidData[0].hex)],
    "END inside a message": [2, [...text(2, "a", { last: false }), ...end(2)]],
    "END twice": [1, [...end(1), ...end(1)]],
    "DATA after END": [2, [...end(2), ...text(2, "x")]],
    "a text that is not UTF-8": [1, data(1, "TEXT", [0xff])],
    "a JSON that is not JSON": [2, data(2, "JSON", "{")],
    "DATA on a listen stream": [3, text(3, "x")],
  };
  for (const [name, [id, input]] of Object.entries(inputs)) {
    it(`loses that stream alone: ${name}`, async () => {
      const world = await busy();
      world.relay.raw(Uint8Array.from(input));
      const resets = await world.relay.heardOnly("RESET");
      assert.deepEqual(
        resets.map(({ stream, code }) => [stream, code]),
        [[id, 8]],
      );
      assert.equal(world.relay.socket.closedWith, undefined);
      const [hit, other] = id === 1 ? [world.log, world.hostLog] : [world.hostLog, world.log];
      if (id !== 3) assert.deepEqual(hit.slice(-2), [["error", "PROTOCOL_ERROR"], "close"]);
      assert.deepEqual(other, []);
    });
  }

  it("loses that stream alone: DATA and END before ACCEPT", async () => {
    for (const input of [text(1, "x"), end(1)]) {
      const { mdm, relay } = await setUpConnected();
      const log = record(StreamClient(mdm).connect("a"), "data", "error", "close");
      await relay.heard();
      relay.say(input);
      assert.deepEqual(
        (await relay.heard()).map(({ type, code }) => [type, code]),
        [["RESET", 8]],
      );
      assert.deepEqual(log, [["error", "PROTOCOL_ERROR"], "close"]);
    }
  });

  it("is refused what no peer can be asked for", async () => {
    const world = await busy();
    world.relay.say(offer(4, "a", undefined, 1), offer(6, "a", undefined, 3), offer(8, "unknown"));
    const resets = await world.relay.heardOnly("RESET");
    assert.deepEqual(
      resets.map(({ stream, code }) => [stream, code]),
      [
        [4, 15],
        [6, 15],
        [8, 1],
      ],
    );
  });

  it("is refused every invalid open", async () => {
    const { relay } = await setUpConnected();
    let id = 2;
    for (const vector of vectors.invalidOpens.filter(({ hex, judge }) => hex && judge !== "relay")) {
      // The vectors have the ids of peers, or the first of the relay's.
      const payload = unhex(vector.hex).subarray(unhex(vector.hex)[3] >= 128 ? 5 : 4);
      relay.say(frame("OPEN", 0, id, [...payload]));
      assert.deepEqual(
        (await relay.heard()).map(({ stream, code }) => [stream, code]),
        [[id, 15]],
        vector.name,
      );
      id += 2;
    }
    assert.equal(relay.socket.closedWith, undefined);
  });
});

describe("a stream that is closed", () => {
  it("ignores what was sent before the other side knew", async () => {
    const world = await busy();
    world.stream.destroy();
    await world.relay.heard();
    world.relay.say(text(1, "x"), credit(1, 5), accept(1), end(1), reset(1, 3), text(2, "still good"));
    assert.deepEqual(await world.relay.heard(), []);
    assert.deepEqual(world.log, ["close"]);
    assert.deepEqual(world.hostLog, [["data", "still good"]]);
  });
});

describe("frames that are not known", () => {
  it("are skipped from 0x80 on", async () => {
    const world = await busy();
    world.relay.say(frame(0x80, 0xff, 12345, [1, 2, 3]), frame(0xff, 0, 0), text(1, "behind"));
    await world.relay.heard();
    assert.deepEqual(world.log, [["data", "behind"]]);
  });
});
