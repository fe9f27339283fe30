// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** The constants of docs/protocol.md, under the names that they have there. More: frame-types.js, frame-flags.js, message-kinds.js, open-kinds.js. */

export const SUBPROTOCOL = "v1.browser-stream-server";

/** An unknown type from here on is skipped; below it is an error. */
export const SKIPPABLE = 0x80;

/** Ids of the settings in HELLO. */
export const SETTING_MAX_STREAMS = 1;
export const SETTING_KEEPALIVE = 2;

/** Id of the field of OPEN with a listener's key. */
export const FIELD_KEY = 1;

/** The greatest value of a varint; also the greatest credit and the last stream id. */
export const MAX_INT = 2147483647;

/** Bytes of payload in one frame. */
export const MAX_PAYLOAD = 16384;

/** Bytes of PING. */
export const MAX_PING = 64;

/** Bytes of a target in UTF-8. */
export const MAX_TARGET = 255;

/** Bytes of metadata as JSON in UTF-8, and how deep its arrays and objects may be nested. */
export const MAX_METADATA = 4096;
export const MAX_METADATA_DEPTH = 100;

/** Bytes of KEY, unless it is empty, and asks for one. */
export const MIN_KEY = 16;
export const MAX_KEY = 64;

/** Bytes of the reason in RESET. */
export const MAX_REASON = 255;

/** Bytes of credit that each direction of a stream begins with. */
export const INITIAL_CREDIT = 16384;

/** What a DATA frame costs beside its payload, in bytes of credit. */
export const FRAME_COST = 64;

/** A connection ends with this plus the error's number as WebSocket close code. */
export const CLOSE_CODE_BASE = 4000;
