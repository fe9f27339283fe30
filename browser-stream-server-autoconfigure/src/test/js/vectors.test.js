// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { errorName } from "../../main/js/errors.js";
import * as Flag from "../../main/js/frame-flags.js";
import * as Type from "../../main/js/frame-types.js";
import * as Kind from "../../main/js/message-kinds.js";
import { readFrames } from "../../main/js/reader.js";
import { FrameWriter } from "../../main/js/writer.js";

const vectors = JSON.parse(readFileSync(new URL("../resources/vectors/frames.json", import.meta.url), "utf8"));

const unhex = (hex) => Buffer.from(hex.replaceAll(" ", ""), "hex");
const hex = (bytes) =>
  Buffer.from(bytes)
    .toString("hex")
    .replace(/..(?=.)/g, "$& ");
const bytesOf = ({ hex, head, fill, size }) => (fill ? Buffer.concat([unhex(head), Buffer.alloc(size, unhex(fill))]) : unhex(hex));
const kindName = (flags) => Object.keys(Kind).find((name) => Kind[name] === (flags & Flag.KIND));

/** Writes down frames as the vector file has them. */
class Recorder {
  closed = false;
  frames = [];
  hello({ settings, ...known }) {
    this.frames.push({ type: "HELLO", settings: settings.map(({ id, value }) => ({ id, hex: hex(value) })), ...known });
  }
  ping(payload, answer) {
    this.frames.push({ type: "PING", answer, hex: hex(payload) });
  }
  open(stream, { kind, target, metadata, fields, problem }) {
    const each = fields.map(({ id, value }) => ({ id, hex: hex(value) }));
    this.frames.push({ type: "OPEN", flags: 0, stream, kind, target, metadata, fields: each, ...(problem && { problem }) });
  }
  accept(stream) {
    this.frames.push({ type: "ACCEPT", stream });
  }
  data(stream, flags, payload) {
    const edges = { first: (flags & Flag.FIRST) > 0, last: (flags & Flag.LAST) > 0 };
    this.frames.push({ type: "DATA", stream, ...edges, kind: kindName(flags), hex: hex(payload) });
  }
  credit(stream, bytes) {
    this.frames.push({ type: "CREDIT", stream, bytes });
  }
  end(stream) {
    this.frames.push({ type: "END", stream });
  }
  reset(stream, number, reason) {
    this.frames.push({ type: "RESET", stream, code: errorName(number), number, reason });
  }
  skipped(number, flags, stream, payload) {
    this.frames.push({ type: "SKIPPED", number, flags, stream, hex: hex(payload) });
  }
}

function read(bytes) {
  const recorder = new Recorder();
  readFrames(bytes, recorder);
  return recorder.frames;
}

const expected = (frames) =>
  frames.map(({ fill, size, ...rest }) => (fill ? { ...rest, hex: hex(Buffer.alloc(size, unhex(fill))) } : rest));

describe("good vectors", () => {
  for (const vector of vectors.good) {
    it(`reads ${vector.name}`, () => assert.deepEqual(read(bytesOf(vector)), expected(vector.frames)));
  }

  it("reads all of them as one message", () => {
    const joined = Buffer.concat(vectors.good.map(bytesOf));
    assert.deepEqual(
      read(joined),
      vectors.good.flatMap(({ frames }) => expected(frames)),
    );
  });

  it("reads no frame from a message that is cut inside one, at any byte", () => {
    for (const vector of vectors.good) {
      const bytes = bytesOf(vector).subarray(0, 400);
      const whole = expected(vector.frames);
      for (let length = 0; length < bytes.length; length++) {
        const recorder = new Recorder();
        let code;
        try {
          readFrames(bytes.subarray(0, length), recorder);
        } catch (error) {
          code = error.code;
        }
        assert.deepEqual(recorder.frames, whole.slice(0, recorder.frames.length), vector.name);
        // Either it is cut between two frames, or it is an error.
        const encoded = length === 0 || lengthOf(bytes, recorder.frames.length) === length;
        assert.equal(code, encoded ? undefined : "PROTOCOL_ERROR", `${vector.name} cut at ${length}`);
      }
    }
  });
});

/** How many bytes the first frames have. Counts bytes by itself, as all vectors of more than one frame have short headers. */
function lengthOf(bytes, count) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte % 128) * scale;
      if (!(byte >= 128)) return value;
    }
  };
  for (let index = 0; index < count; index++) {
    at += 2;
    number();
    const length = number();
    at += length;
  }
  return at;
}

describe("bad vectors", () => {
  for (const vector of vectors.bad) {
    it(`ends the connection at ${vector.name}`, () => {
      assert.throws(() => read(bytesOf(vector)), { code: vector.error, scope: "connection" });
    });
  }
});

describe("invalid opens", () => {
  for (const vector of vectors.invalidOpens) {
    const left = vector.judge === "relay";
    it(`${left ? "leaves to the relay" : "refuses"} ${vector.name}`, () => {
      const [frame, ...others] = read(bytesOf(vector));
      assert.deepEqual(others, []);
      assert.equal(frame.stream, vector.stream);
      assert.equal(!frame.problem, left);
    });
  }
});

describe("writer", () => {
  const encoder = new TextEncoder();
  const WRITE = {
    HELLO: (writer, { maxStreams, keepalive }) =>
      writer.hello([maxStreams && { id: 1, value: maxStreams }, keepalive && { id: 2, value: keepalive }].filter(Boolean)),
    PING: (writer, { hex, answer }) => writer.ping(unhex(hex), answer),
    OPEN: (writer, { stream, kind, target, metadata, fields }) =>
      writer.open(stream, kind, target, encoder.encode(metadata ?? ""), fields[0] && unhex(fields[0].hex)),
    ACCEPT: (writer, { stream }) => writer.accept(stream),
    DATA: (writer, { stream, first, last, kind, hex }) =>
      writer.data(stream, (first ? Flag.FIRST : 0) | (last ? Flag.LAST : 0) | Kind[kind], unhex(hex)),
    CREDIT: (writer, { stream, bytes }) => writer.credit(stream, bytes),
    END: (writer, { stream }) => writer.end(stream),
    RESET: (writer, { stream, number, reason }) => writer.reset(stream, number, reason),
    GOAWAY: (writer, { hex }) => writer.frame(0x81, 0, unhex(hex)),
    SKIPPED: (writer, { number, flags, stream, hex }) => writer.frame(number, stream, unhex(hex), flags),
  };
  // What a client never writes: settings and fields that it does not know.
  const writable = vectors.good.filter(({ name }) => !/unknown (settings|fields)|two settings/.test(name));

  for (const vector of writable) {
    it(`writes ${vector.name}`, () => {
      const writer = new FrameWriter();
      for (const frame of expected(vector.frames)) WRITE[frame.type](writer, frame);
      const bytes = writer.take();
      assert.equal(hex(bytes), hex(bytesOf(vector)));
      assert.equal(writer.length, 0);
    });
  }

  it("cuts a reason that is too long between two characters", () => {
    const writer = new FrameWriter();
    writer.reset(1, 10, `${"x".repeat(254)}é`);
    assert.equal(read(writer.take())[0].reason, "x".repeat(254));
  });

  it("has a name for each frame type", () => assert.deepEqual(Object.keys(WRITE).slice(0, 9).sort(), Object.keys(Type)));
});
