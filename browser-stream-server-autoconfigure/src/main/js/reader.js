// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Cursor, malformed } from "./cursor.js";
import * as Flag from "./frame-flags.js";
import * as Type from "./frame-types.js";
import { MAX_PAYLOAD, MAX_PING, MAX_REASON, SETTING_KEEPALIVE, SETTING_MAX_STREAMS, SKIPPABLE } from "./wire.js";
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
  if (type >= SKIPPABLE) {
    handler.skipped?.(type, flags, id, payload);
    return;
  }
  if (type < Type.HELLO || type > Type.RESET || flags & ~flagsOf(type) || id > 0 !== type > Type.PING)
    throw malformed(`a frame of type ${type} with flags ${flags} on stream ${id}`);
  if (type === Type.DATA) handler.data(id, flags, payload, wholeMessage(id, flags, payload, cursor));
  else readFields(type, flags, id, payload, handler);
}

/**
 * @param {number} type
 * @returns {number} the flags that it may have
 */
function flagsOf(type) {
  if (type === Type.DATA) return Flag.FIRST | Flag.LAST | Flag.KIND;
  return type === Type.PING ? Flag.ANSWER : 0;
}

/**
 * Reads a frame that is not DATA.
 * @param {number} type
 * @param {number} flags
 * @param {number} id
 * @param {Uint8Array} payload
 * @param {FrameHandler} handler
 */
function readFields(type, flags, id, payload, handler) {
  const cursor = new Cursor(payload);
  switch (type) {
    case Type.HELLO:
      return handler.hello(readHello(cursor));
    case Type.PING:
      if (payload.length > MAX_PING) throw malformed(`PING of ${payload.length} bytes`);
      return handler.ping(payload, flags === Flag.ANSWER);
    case Type.OPEN:
      return handler.open(id, readOpen(cursor));
    case Type.CREDIT:
      return handler.credit(id, readOnly(cursor));
    case Type.RESET:
      return handler.reset(id, cursor.varint(), readReason(cursor.rest()));
    case Type.ACCEPT:
      cursor.finish();
      return handler.accept(id);
    default:
      cursor.finish();
      return handler.end(id);
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
  if (2 * size <= cursor.memory) return 0;
  // The page may transfer the memory, or write to it, as soon as it has the message: what follows is not to be in it.
  cursor.cut(ahead.at);
  return size;
}

/**
 * @param {number} id
 * @param {Cursor} ahead
 * @returns {number} the payload of the frames that complete a message, negative when they are not there
 */
function restOfMessage(id, ahead) {
  let size = 0;
  try {
    while (!ahead.done) {
      const type = ahead.byte();
      const flags = ahead.byte();
      if (type !== Type.DATA || ahead.varint() !== id || flags & Flag.FIRST) return -MAX_PAYLOAD;
      size += ahead.take(ahead.varint()).length;
      if (flags & Flag.LAST) return size;
    }
  } catch {
    // Told when it is read.
  }
  return -MAX_PAYLOAD;
}

/**
 * @param {Cursor} cursor
 * @returns {Hello}
 */
function readHello(cursor) {
  /** @type {Hello} */
  const hello = { settings: [] };
  while (!cursor.done) {
    const id = cursor.varint();
    const value = cursor.take(cursor.varint());
    hello.settings.push({ id, value });
    if (id === SETTING_MAX_STREAMS) hello.maxStreams = readOnly(new Cursor(value));
    if (id === SETTING_KEEPALIVE) hello.keepalive = readOnly(new Cursor(value));
  }
  return hello;
}

/**
 * @param {Cursor} cursor
 * @returns {number} the number that is all there is, and not 0
 */
function readOnly(cursor) {
  const number = cursor.varint();
  cursor.finish();
  if (number === 0) throw malformed("a number is 0");
  return number;
}

/** @param {Uint8Array} bytes */
function readReason(bytes) {
  const reason = decodeUtf8(bytes);
  if (bytes.length > MAX_REASON || reason === undefined) throw malformed("a malformed reason");
  return reason;
}
