// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Cursor, malformed } from "./cursor.js";
import { Flag, MAX_PAYLOAD, MAX_PING, MAX_REASON, Setting, SKIPPABLE, Type } from "./frames.js";
import { readOpen } from "./open.js";
import { decodeUtf8 } from "./utf8.js";

/** @import { Open } from "./open.js" */

/**
 * What was in a HELLO. Settings that were not announced are undefined.
 * @typedef {object} Hello
 * @property {number} [maxStreams]
 * @property {number} [keepalive] in milliseconds
 * @property {Array<{ id: number, value: Uint8Array }>} settings all of them, also those that we do not know
 */

/**
 * Is told of each frame. Payloads are views that are only valid during the call.
 * @typedef {object} FrameHandler
 * @property {boolean} closed no more frames are wanted
 * @property {(hello: Hello) => void} hello
 * @property {(payload: Uint8Array, answer: boolean) => void} ping
 * @property {(id: number, open: Open) => void} open
 * @property {(id: number) => void} accept
 * @property {(id: number, flags: number, payload: Uint8Array, whole: number) => void} data `whole` is how many bytes the message has that begins
 *   here, if all of it follows frame by frame and is most of what came: its frames may be put together in place, and the memory belongs to the
 *   message then. 0 if not
 * @property {(id: number, bytes: number) => void} credit
 * @property {(id: number) => void} end
 * @property {(id: number, code: number, reason: string) => void} reset
 * @property {(type: number, flags: number, id: number, payload: Uint8Array) => void} [skipped]
 */

/**
 * Reads the frames of one WebSocket message. Knows no streams: what depends on their state is the handler's affair.
 * @param {Uint8Array} message
 * @param {FrameHandler} handler
 * @throws a WireError when they are malformed; frames before the fault have been delivered
 */
export function readFrames(message, handler) {
  for (let cursor = /** @type {Cursor | undefined} */ (new Cursor(message)); cursor; cursor = cursor.next) {
    while (!cursor.done && !handler.closed) readFrame(cursor, handler);
  }
}

/** Flags that may be set, by the type of the frame; none on other types. @type {Record<number, number>} */
const FLAGS = { [Type.PING]: Flag.ANSWER, [Type.DATA]: Flag.FIRST | Flag.LAST | Flag.KIND };

/**
 * @param {Cursor} cursor
 * @param {FrameHandler} handler
 */
function readFrame(cursor, handler) {
  const type = cursor.byte();
  const flags = cursor.byte();
  const id = cursor.varint();
  const length = cursor.varint();
  if (length > MAX_PAYLOAD) throw malformed(`a frame of ${length} bytes`);
  const payload = cursor.take(length);
  if (type >= SKIPPABLE) handler.skipped?.(type, flags, id, payload);
  else {
    if (flags & ~FLAGS[type]) throw malformed(`frame type ${type} with flags ${flags}`);
    // HELLO and PING belong to the connection.
    if (id > 0 !== type > Type.PING) throw malformed(`frame type ${type} on stream ${id}`);
    readPayload(type, flags, id, payload, cursor, handler);
  }
}

/**
 * @param {number} type
 * @param {number} flags
 * @param {number} id
 * @param {Uint8Array} payload
 * @param {Cursor} cursor behind the frame
 * @param {FrameHandler} handler
 */
function readPayload(type, flags, id, payload, cursor, handler) {
  switch (type) {
    case Type.HELLO:
      return handler.hello(readHello(payload));
    case Type.PING:
      if (payload.length > MAX_PING) throw malformed(`PING of ${payload.length} bytes`);
      return handler.ping(payload, flags === Flag.ANSWER);
    case Type.OPEN:
      return handler.open(id, readOpen(payload));
    case Type.ACCEPT:
      new Cursor(payload).finish("ACCEPT");
      return handler.accept(id);
    case Type.DATA:
      return handler.data(id, flags, payload, wholeMessage(id, flags, payload, cursor));
    case Type.CREDIT:
      return handler.credit(id, readPositive(payload, "CREDIT"));
    case Type.END:
      new Cursor(payload).finish("END");
      return handler.end(id);
    case Type.RESET:
      return readReset(handler, id, payload);
    default:
      throw malformed(`unknown frame type ${type}`);
  }
}

/**
 * Looks ahead, and believes nothing: all of it is read again as frames.
 * @param {number} id
 * @param {number} flags
 * @param {Uint8Array} payload
 * @param {Cursor} cursor behind the frame
 * @returns {number} see FrameHandler
 */
function wholeMessage(id, flags, payload, cursor) {
  if ((flags & (Flag.FIRST | Flag.LAST)) !== Flag.FIRST || cursor.memory === 0) return 0;
  const ahead = cursor.copy();
  const size = payload.length + restOfMessage(id, ahead);
  // More than half of the memory, so that whoever keeps the message keeps not much more.
  if (!(2 * size > cursor.memory)) return 0;
  // The page may transfer the memory, or write to it, as soon as it has the message: what follows is not to be in it.
  cursor.cut(ahead.at);
  return size;
}

/**
 * @param {number} id
 * @param {Cursor} ahead
 * @returns {number} the payload of the frames that complete a message, not a number when they are not there
 */
function restOfMessage(id, ahead) {
  let size = 0;
  try {
    while (!ahead.done) {
      const type = ahead.byte();
      const flags = ahead.byte();
      if (type !== Type.DATA || ahead.varint() !== id || flags & Flag.FIRST) return Number.NaN;
      size += ahead.take(ahead.varint()).length;
      if (flags & Flag.LAST) return size;
    }
  } catch {
    // Told when it is read.
  }
  return Number.NaN;
}

/**
 * @param {Uint8Array} payload
 * @returns {Hello}
 */
function readHello(payload) {
  const cursor = new Cursor(payload);
  /** @type {Hello} */
  const hello = { settings: [] };
  while (!cursor.done) {
    const id = cursor.varint();
    const value = cursor.take(cursor.varint());
    hello.settings.push({ id, value });
    if (id === Setting.MAX_STREAMS) hello.maxStreams = readPositive(value, "a setting");
    if (id === Setting.KEEPALIVE) hello.keepalive = readPositive(value, "a setting");
  }
  return hello;
}

/**
 * @param {Uint8Array} payload one number, and nothing else
 * @param {string} what it is
 */
function readPositive(payload, what) {
  const cursor = new Cursor(payload);
  const number = cursor.varint();
  cursor.finish(what);
  if (number === 0) throw malformed(`${what} of 0`);
  return number;
}

/**
 * @param {FrameHandler} handler
 * @param {number} id
 * @param {Uint8Array} payload
 */
function readReset(handler, id, payload) {
  const cursor = new Cursor(payload);
  const code = cursor.varint();
  const bytes = cursor.rest();
  const reason = decodeUtf8(bytes);
  if (bytes.length > MAX_REASON || reason === undefined) throw malformed("RESET with an invalid reason");
  handler.reset(id, code, reason);
}
