// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** Flag bits, used as `Flag.LAST`. ANSWER belongs to PING, the others to DATA. */
export const ANSWER = 0x01;
export const FIRST = 0x01;
export const LAST = 0x02;
export const KIND = 0x0c;
