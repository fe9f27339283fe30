// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Backoff } from "../../main/js/backoff.js";
import { Emitter } from "../../main/js/emitter.js";
import { ErrorCode, errorName, StreamError, streamError } from "../../main/js/errors.js";
import { checkName, encodeMetadata } from "../../main/js/open.js";
import { Queue } from "../../main/js/queue.js";
import { Watchdog } from "../../main/js/watchdog.js";
import { ReceiveWindow, SendWindow } from "../../main/js/window.js";
import { FakeClock } from "./support/clock.js";
import { silenced } from "./support/relay.js";

describe("send window", () => {
  it("begins with 16384 bytes, of which a frame costs 64", () => assert.equal(new SendWindow().room, 16384 - 64));

  it("allows what credit covers to the byte, and nothing more", () => {
    const window = new SendWindow();
    window.spend(16320);
    assert.equal(window.room, -64);
    assert.throws(() => window.spend(0), { code: "INTERNAL" });
    window.add(64);
    window.spend(0);
    assert.equal(window.room, -64);
  });

  it("takes credit up to 2147483647 and ends the connection beyond", () => {
    const window = new SendWindow();
    window.add(2147483647 - 16384);
    assert.throws(() => window.add(1), { code: "FLOW_CONTROL", scope: "connection" });
  });
});

describe("receive window", () => {
  it("ends the connection when more comes than was allowed", () => {
    const window = new ReceiveWindow();
    assert.equal(window.receive(16320), 16384);
    assert.throws(() => window.receive(0), { code: "FLOW_CONTROL", scope: "connection" });
  });

  it("gives back in halves what was consumed", () => {
    const window = new ReceiveWindow();
    assert.equal(window.consume(window.receive(8000)), 0);
    assert.equal(window.consume(window.receive(64)), 8192);
    assert.equal(window.consume(window.receive(16320)), 16384);
    assert.equal(window.receive(16320), 16384);
  });

  it("grows once and never shrinks", () => {
    const window = new ReceiveWindow();
    assert.equal(window.grow(262144), 262144 - 16384);
    assert.equal(window.grow(262144), 0);
    assert.equal(window.grow(20000), 0);
    assert.equal(window.consume(window.receive(131072 - 64)), 131072);
  });
});

describe("backoff", () => {
  it("doubles from half a second to four, with full jitter, until it is reset", () => {
    let chance = 1;
    const backoff = new Backoff(() => chance);
    assert.deepEqual(
      Array.from({ length: 7 }, () => backoff.next()),
      [500, 1000, 2000, 4000, 4000, 4000, 4000],
    );
    assert.equal(backoff.tries, 7);
    backoff.reset();
    chance = 0;
    assert.equal(backoff.next(), 0);
  });
});

describe("watchdog", () => {
  const setUp = (limit) => {
    const clock = new FakeClock();
    const alarms = [];
    const watchdog = new Watchdog(clock, () => alarms.push(clock.now()));
    watchdog.start(limit);
    return { clock, alarms, watchdog };
  };

  it("reports silence when the time is over, once", async () => {
    const { clock, alarms } = setUp(1000);
    await clock.advance(5000);
    assert.deepEqual(alarms, [1000]);
  });

  it("starts anew with whatever is heard, also in the last moment", async () => {
    const { clock, alarms, watchdog } = setUp(1000);
    await clock.advance(999);
    watchdog.heard();
    await clock.advance(999);
    assert.deepEqual(alarms, []);
    await clock.advance(1000);
    assert.equal(alarms.length, 1);
  });

  it("gives a page that was frozen time to see what came meanwhile", async () => {
    const { clock, alarms, watchdog } = setUp(1000);
    clock.freeze(60_000);
    await clock.advance(100);
    assert.deepEqual(alarms, []);
    watchdog.heard();
    await clock.advance(500);
    assert.deepEqual(alarms, []);
  });

  it("leaves no timer behind", () => {
    const { clock, watchdog } = setUp(1000);
    watchdog.stop();
    assert.equal(clock.pending, 0);
  });
});

describe("queue", () => {
  it("gives items back in order, over and over", () => {
    const queue = new Queue();
    let given = 0;
    for (let round = 0; round < 5000; round++) {
      queue.push(2 * round);
      queue.push(2 * round + 1);
      assert.equal(queue.peek(), given);
      assert.equal(queue.shift(), given++);
    }
    while (!queue.empty) assert.equal(queue.shift(), given++);
    assert.equal(given, 10000);
    assert.equal(queue.shift(), undefined);
  });
});

describe("emitter", () => {
  it("knows on, off, once, addListener and removeListener", () => {
    const emitter = new Emitter();
    const seen = [];
    const listener = (value) => seen.push(value);
    emitter.on("a", listener).once("a", listener).addListener("a", listener);
    assert.equal(emitter.emit("a", 1), true);
    assert.deepEqual(seen, [1, 1, 1]);
    emitter.off("a", listener);
    emitter.emit("a", 2);
    assert.deepEqual(seen, [1, 1, 1, 2]);
    emitter.once("a", listener).removeListener("a", listener).removeListener("a", listener);
    assert.equal(emitter.emit("a", 3), false);
    assert.equal(emitter.listenerCount("a"), 0);
  });

  it("does not mind listeners that come and go while it emits", () => {
    const emitter = new Emitter();
    const seen = [];
    const second = () => seen.push("second");
    emitter.on("a", () => emitter.off("a", second).on("a", () => seen.push("later")));
    emitter.on("a", second);
    emitter.emit("a");
    assert.deepEqual(seen, ["second"]);
  });

  it("reports a listener that throws, and goes on to the next", async () => {
    const emitter = new Emitter();
    let reached = false;
    emitter.on("a", () => {
      throw new Error("mine");
    });
    emitter.on("a", () => {
      reached = true;
    });
    const printed = await silenced(() => emitter.emit("a"));
    assert.equal(reached, true);
    assert.equal(printed[0][0].message, "mine");
  });

  it("prints an error that nobody listens to, and throws nothing", async () => {
    const error = new Error("lonely");
    const printed = await silenced(() => assert.equal(new Emitter().emit("error", error), false));
    assert.equal(printed.length, 1);
    assert.equal(printed[0][1], error);
  });

  it("takes functions only", () => assert.throws(() => new Emitter().on("a", "b"), TypeError));
});

describe("errors", () => {
  it("have the numbers of the protocol, both ways", () => {
    for (const [name, number] of Object.entries(ErrorCode)) assert.equal(errorName(number), number === 16 ? "CANCELLED" : name);
    assert.equal(Object.keys(ErrorCode).length, 16);
    assert.equal(errorName(0), "CANCELLED");
    assert.equal(errorName(99), "CANCELLED");
  });

  it("say what happened, to which name, and why", () => {
    const error = streamError("REFUSED", "$& N", "sorry");
    assert.ok(error instanceof Error);
    assert.equal(error.name, "StreamError");
    assert.equal(error.code, "REFUSED");
    assert.match(error.message, /the stream to "\$& N" was declined \(sorry\)$/);
  });

  it("keep their cause, and have no other codes", () => {
    const cause = new Error("deep");
    assert.equal(new StreamError("REFUSED", "no", { cause }).cause, cause);
    assert.throws(() => new StreamError("NOPE"), TypeError);
  });
});

describe("names", () => {
  for (const name of ["a", "ä".repeat(127), "日本語", "a b", "🦉"])
    it(`may be ${name.slice(0, 10)}`, () => assert.equal(checkName(name), name));

  const bad = {
    empty: "",
    "too long": "ä".repeat(128),
    "with a line break": "a\nb",
    "with DEL": "\u007f",
    "with C1": "\u0085",
    "half a pair": "a\ud83e",
    "the other half": "\udd89",
  };
  for (const [what, name] of Object.entries(bad)) {
    it(`may not be ${what}`, () => assert.throws(() => checkName(name), { name: "TypeError", message: /cannot be a name: it/ }));
  }

  const vectors = JSON.parse(readFileSync(new URL("../resources/vectors/names.json", import.meta.url), "utf8"));
  for (const { name, text } of vectors.good) it(`may be ${name}`, () => assert.equal(checkName(text), text));
  for (const { name, text } of vectors.bad) it(`may not be ${name}`, () => assert.throws(() => checkName(text), TypeError));
  for (const { name, text } of vectors.relay) it(`are left to the relay: ${name}`, () => assert.equal(checkName(text), text));

  it("are strings", () => {
    for (const name of [undefined, null, 1, {}, ["a"]])
      assert.throws(() => checkName(name), { name: "TypeError", message: /must be a string/ });
  });
});

describe("metadata", () => {
  const nested = (levels) => JSON.parse("[".repeat(levels) + "]".repeat(levels));

  it("is any JSON value", () => {
    assert.equal(encodeMetadata(undefined).length, 0);
    for (const meta of [null, 0, "é", [], { a: [1] }, nested(100)])
      assert.equal(Buffer.from(encodeMetadata(meta)).toString(), JSON.stringify(meta));
  });

  it("is nothing that JSON cannot say", () => {
    const circle = {};
    circle.circle = circle;
    for (const meta of [() => {}, Symbol("a"), 1n, Number.NaN, circle]) assert.throws(() => encodeMetadata(meta), TypeError);
  });

  it("is small", () => {
    assert.equal(encodeMetadata("x".repeat(4094)).length, 4096);
    assert.throws(() => encodeMetadata("x".repeat(4095)), RangeError);
    assert.throws(() => encodeMetadata(nested(101)), RangeError);
    assert.equal(encodeMetadata("[".repeat(200)).length, 202);
  });
});
