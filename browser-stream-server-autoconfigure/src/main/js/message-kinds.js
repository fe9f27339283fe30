// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** What a message is, used as `Kind.TEXT`: the KIND bits of its DATA frames. */
export const BINARY = 0x00;
export const TEXT = 0x04;
export const JSON = 0x08;
