// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StreamClient } from "../../main/js/client.js";
import { settle } from "./support/clock.js";
import { setUpConnected } from "./support/relay.js";
import { accept, data, text } from "./support/wire.js";

/** What a page may do with bytes that are its own. */
const DEEDS = {
  "transfers it": ({ buffer }) => structuredClone(buffer, { transfer: [buffer] }),
  "detaches it": ({ buffer }) => new MessageChannel().port1.postMessage(0, [buffer]),
  "writes over all of its memory": ({ buffer }) => new Uint8Array(buffer).fill(0xff),
  "transfers it twice": ({ buffer }) => {
    structuredClone(buffer, { transfer: [buffer] });
    // Not all platforms throw here, but what they throw stays in the page.
    assert.throws(() => new Uint8Array(buffer), TypeError);
  },
};

/** Ways to read. Each is given a function that is called with each message at once. */
const READERS = {
  "data events": (stream, take) => stream.on("data", take),
  "for await": async (stream, take) => {
    for await (const value of stream) take(value);
  },
  readable: async (stream, take) => {
    for (const reader = stream.readable.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      take(value);
    }
  },
};

const part = (fill) => new Uint8Array(16_000).fill(fill);
const large = (fill) => [data(1, "BINARY", part(fill), { last: false }), data(1, "BINARY", part(fill + 1), { first: false })];

/** WebSocket messages: frames that come in one each. */
const ARRIVALS = {
  alone: [large(1)],
  "with frames behind it": [[...large(1), text(1, "behind"), data(1, "BINARY", [9, 9, 9])]],
  "with frames before it": [[text(1, "before"), ...large(1)]],
  "with another large one behind it": [[...large(1), ...large(3).flat().slice(0, 0), text(1, "between"), data(1, "BINARY", part(5))]],
  "in two WebSocket messages": [large(1).slice(0, 1), large(1).slice(1)],
  "of a single frame": [[data(1, "BINARY", part(7)), text(1, "behind")]],
  "twice in a row": [large(1), large(3), [text(1, "behind")]],
};

/** What has to arrive, whatever the page does with it. */
function told(value) {
  return typeof value === "string" ? value : `${value.length} bytes ${value[0]}..${value.at(-1)}`;
}

async function read(frames, reader, deed) {
  const { mdm, relay } = await setUpConnected();
  const stream = StreamClient(mdm).connect("n");
  const got = [];
  const errors = [];
  stream.on("error", (error) => errors.push(error.code));
  relay.say(accept(1));
  READERS[reader](stream, (value) => {
    got.push(told(value));
    if (value.length > 1000 && typeof value !== "string") deed(value);
  });
  for (const message of frames) {
    relay.say(...message);
    await settle();
  }
  assert.equal(relay.socket.closedWith, undefined);
  assert.equal(mdm.connected, true);
  assert.deepEqual(errors, []);
  return got;
}

describe("a received array is the page's own", () => {
  for (const [how, frames] of Object.entries(ARRIVALS))
    for (const reader of Object.keys(READERS))
      for (const [what, deed] of Object.entries(DEEDS)) {
        it(`when it came ${how}, is read by ${reader}, and the page ${what}`, async () => {
          const expected = await read(frames, reader, () => {});
          assert.ok(expected.some((each) => each.includes("bytes")));
          assert.deepEqual(await read(frames, reader, deed), expected);
        });
      }

  it("and is kept as it was when more comes", async () => {
    const { mdm, relay } = await setUpConnected();
    const kept = [];
    StreamClient(mdm)
      .connect("n")
      .on("data", (value) => kept.push(value));
    relay.say(accept(1), ...large(1));
    relay.say(...large(3), text(1, "behind"));
    relay.say(...large(5));
    await settle();
    assert.deepEqual(kept.map(told), ["32000 bytes 1..2", "32000 bytes 3..4", "behind", "32000 bytes 5..6"]);
  });
});
