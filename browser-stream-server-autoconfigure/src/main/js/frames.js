// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** All constants of the wire, for those who speak it from outside: tests and tools. The client's own modules import them one by one. */
export * from "./wire.js";
export * as Flag from "./frame-flags.js";
export * as Type from "./frame-types.js";
export * as Kind from "./message-kinds.js";
export * as OpenKind from "./open-kinds.js";
