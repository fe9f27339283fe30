// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** The constants of docs/protocol.md, under the names that they have there. */

export const SUBPROTOCOL = "v1.browser-stream-server";

/** Frame types (section 3). */
export const Type = Object.freeze({
  HELLO: 0x01,
  PING: 0x02,
  OPEN: 0x03,
  ACCEPT: 0x04,
  DATA: 0x05,
  CREDIT: 0x06,
  END: 0x07,
  RESET: 0x08,
  GOAWAY: 0x81,
});

/** An unknown type from here on is skipped; below it is an error. */
export const SKIPPABLE = 0x80;

/** Flag bits. ANSWER belongs to PING, the others to DATA. */
export const Flag = Object.freeze({ ANSWER: 0x01, FIRST: 0x01, LAST: 0x02, KIND: 0x0c });

/** What a message is: the KIND bits of its DATA frames. */
export const Kind = Object.freeze({ BINARY: 0x00, TEXT: 0x04, JSON: 0x08 });

/** What an OPEN asks for. */
export const OpenKind = Object.freeze({ LISTEN: 1, CONNECT: 2, ROUTE: 3 });

/** Ids of the settings in HELLO. */
export const Setting = Object.freeze({ MAX_STREAMS: 1, KEEPALIVE: 2 });

/** Ids of the fields of OPEN. */
export const Field = Object.freeze({ KEY: 1 });

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
