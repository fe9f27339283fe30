// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/**
 * Streams between browsers, through your own application: a page listens on a name, others connect to it.
 *
 *     import { boot, StreamServer, StreamClient } from "/browser-server/client.js";
 *
 *     const mdm = boot();
 *     StreamServer(mdm, (stream) => stream.pipe(stream)).listen("echo");
 *     StreamClient(mdm).connect("echo").on("data", console.log).write("hello");
 */
export { boot } from "./boot.js";
export { ErrorCode, StreamError } from "./errors.js";
export { StreamClient, StreamServer } from "./server.js";

/** @typedef {import("./boot.js").BootOptions} BootOptions */
/** @typedef {import("./boot.js").Mdm} Mdm */
/** @typedef {import("./errors.js").ErrorName} ErrorName */
/** @typedef {import("./server.js").ClientOptions} ClientOptions */
/** @typedef {import("./server.js").Server} Server */
/** @typedef {import("./server.js").ServerOptions} ServerOptions */
/** @typedef {import("./stream.js").BrowserStream} BrowserStream */
