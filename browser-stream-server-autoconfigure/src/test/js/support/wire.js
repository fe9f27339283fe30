// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** A second, naive codec: what the tests say and hear does not go through the code that they test. */

const TYPES = { HELLO: 1, PING: 2, OPEN: 3, ACCEPT: 4, DATA: 5, CREDIT: 6, END: 7, RESET: 8 };
const KINDS = { BINARY: 0, TEXT: 4, JSON: 8 };

export const utf8 = (text) => [...Buffer.from(text)];

export function varint(value) {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

export function frame(type, flags, stream, payload = []) {
  return [TYPES[type] ?? type, flags, ...varint(stream), ...varint(payload.length), ...payload];
}

const sized = (bytes) => [...varint(bytes.length), ...bytes];

export const hello = (settings = {}) =>
  frame(
    "HELLO",
    0,
    0,
    Object.entries(settings).flatMap(([id, value]) => [...varint(Number(id)), ...sized(varint(value))]),
  );
export const ping = (text = "") => frame("PING", 0, 0, utf8(text));
export const offer = (stream, target, meta, kind = 2) =>
  frame("OPEN", 0, stream, [kind, ...sized(utf8(target)), ...sized(meta === undefined ? [] : utf8(JSON.stringify(meta)))]);
export const accept = (stream) => frame("ACCEPT", 0, stream);
export const credit = (stream, bytes) => frame("CREDIT", 0, stream, varint(bytes));
export const end = (stream) => frame("END", 0, stream);
export const reset = (stream, code, reason = "") => frame("RESET", 0, stream, [...varint(code), ...utf8(reason)]);
export const goAway = (...ms) => frame(0x81, 0, 0, ms.flatMap(varint));
export const data = (stream, kind, payload, { first = true, last = true } = {}) =>
  frame("DATA", (first ? 1 : 0) + (last ? 2 : 0) + KINDS[kind], stream, typeof payload === "string" ? utf8(payload) : payload);
export const text = (stream, payload, edges) => data(stream, "TEXT", payload, edges);

/** All frames of one WebSocket message, as plain objects. */
export function decode(message) {
  const bytes = Buffer.from(message);
  const frames = [];
  let at = 0;
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  const take = (length) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const type = Object.keys(TYPES).find((name) => TYPES[name] === bytes[at]);
    const flags = bytes[at + 1];
    at += 2;
    const stream = number();
    const length = number();
    const end = at + length;
    const frame = { type, stream };
    if (type === "PING") Object.assign(frame, { answer: flags === 1, text: take(length).toString() });
    if (type === "CREDIT") frame.bytes = number();
    if (type === "RESET") Object.assign(frame, { code: number(), reason: take(end - at).toString() });
    if (type === "DATA")
      Object.assign(frame, { first: (flags & 1) > 0, last: (flags & 2) > 0, kind: flags & 12, payload: Buffer.from(take(length)) });
    if (type === "OPEN") {
      frame.kind = bytes[at++];
      frame.target = take(number()).toString();
      const meta = take(number()).toString();
      frame.meta = meta ? JSON.parse(meta) : undefined;
      if (at < end) {
        number();
        frame.key = take(number()).toString("hex");
      }
    }
    if (type === "HELLO") frame.payload = take(length).toString("hex");
    at = end;
    frames.push(frame);
  }
  return frames;
}
