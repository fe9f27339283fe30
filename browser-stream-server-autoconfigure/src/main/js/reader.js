// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Cursor, malformed } from "./cursor.js";
import * as Flag from "./frame-flags.js";
import * as Type from "./frame-types.js";
import { MAX_PAYLOAD, MAX_PING, MAX_REASON, SETTING_KEEPALIVE, SETTING_MAX_STREAMS, SKIPPABLE } from "./frames.js";
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
 * @typedef {object} FrameRule
 * @property {string} name
 * @property {number} flags those that may be set
 * @property {boolean} onStream whether it belongs to a stream, and not to the connection
 * @property {(handler: FrameHandler, id: number, flags: number, payload: Uint8Array, cursor: Cursor) => void} read
 */

/** @type {Map<number, FrameRule>} */
const RULES = new Map(
  /** @type {Array<[number, FrameRule]>} */ ([
    [Type.HELLO, { name: "HELLO", flags: 0, onStream: false, read: (handler, _id, _flags, payload) => handler.hello(readHello(payload)) }],
    [Type.PING, { name: "PING", flags: Flag.ANSWER, onStream: false, read: readPing }],
    [Type.OPEN, { name: "OPEN", flags: 0, onStream: true, read: (handler, id, _flags, payload) => handler.open(id, readOpen(payload)) }],
    [Type.ACCEPT, { name: "ACCEPT", flags: 0, onStream: true, read: readAccept }],
    [
      Type.DATA,
      {
        name: "DATA",
        flags: Flag.FIRST | Flag.LAST | Flag.KIND,
        onStream: true,
        read: (handler, id, flags, payload, cursor) => handler.data(id, flags, payload, wholeMessage(id, flags, payload, cursor)),
      },
    ],
    [Type.CREDIT, { name: "CREDIT", flags: 0, onStream: true, read: readCredit }],
    [Type.END, { name: "END", flags: 0, onStream: true, read: readEnd }],
    [Type.RESET, { name: "RESET", flags: 0, onStream: true, read: readReset }],
  ]),
);

/**
 * @param {Cursor} cursor
 * @param {FrameHandler} handler
 */
function readFrame(cursor, handler) {
  const type = cursor.byte();
  const flags = cursor.byte();
  const id = cursor.varint();
  const length = cursor.varint();
  if (length > MAX_PAYLOAD) throw malformed(`a frame of ${length} bytes, more than ${MAX_PAYLOAD}`);
  const payload = cursor.take(length);
  if (type >= SKIPPABLE) {
    handler.skipped?.(type, flags, id, payload);
    return;
  }
  const rule = RULES.get(type);
  if (!rule) throw malformed(`unknown frame type ${type}`);
  if (flags & ~rule.flags) throw malformed(`${rule.name} with reserved flags`);
  if (id > 0 !== rule.onStream) throw malformed(`${rule.name} on stream ${id}`);
  rule.read(handler, id, flags, payload, cursor);
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
    if (id === SETTING_MAX_STREAMS) hello.maxStreams = readSetting(value);
    if (id === SETTING_KEEPALIVE) hello.keepalive = readSetting(value);
  }
  return hello;
}

/** @param {Uint8Array} value */
function readSetting(value) {
  const cursor = new Cursor(value);
  const number = cursor.varint();
  cursor.finish("a setting");
  if (number === 0) throw malformed("a setting of 0");
  return number;
}

/** @type {FrameRule["read"]} */
function readPing(handler, _id, flags, payload) {
  if (payload.length > MAX_PING) throw malformed(`PING of ${payload.length} bytes`);
  handler.ping(payload, (flags & Flag.ANSWER) !== 0);
}

/** @type {FrameRule["read"]} */
function readAccept(handler, id, _flags, payload) {
  new Cursor(payload).finish("ACCEPT");
  handler.accept(id);
}

/** @type {FrameRule["read"]} */
function readCredit(handler, id, _flags, payload) {
  const cursor = new Cursor(payload);
  const bytes = cursor.varint();
  cursor.finish("CREDIT");
  if (bytes === 0) throw malformed("CREDIT of 0");
  handler.credit(id, bytes);
}

/** @type {FrameRule["read"]} */
function readEnd(handler, id, _flags, payload) {
  new Cursor(payload).finish("END");
  handler.end(id);
}

/** @type {FrameRule["read"]} */
function readReset(handler, id, _flags, payload) {
  const cursor = new Cursor(payload);
  const code = cursor.varint();
  const bytes = cursor.rest();
  if (bytes.length > MAX_REASON) throw malformed(`RESET with a reason of ${bytes.length} bytes`);
  const reason = decodeUtf8(bytes);
  if (reason === undefined) throw malformed("RESET with a reason that is not UTF-8");
  handler.reset(id, code, reason);
}
