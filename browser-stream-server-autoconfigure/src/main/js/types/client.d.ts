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
export type BootOptions = import("./boot.js").BootOptions;
export type Mdm = import("./boot.js").Mdm;
export type ErrorName = import("./errors.js").ErrorName;
export type ClientOptions = import("./server.js").ClientOptions;
export type Server = import("./server.js").Server;
export type ServerOptions = import("./server.js").ServerOptions;
export type BrowserStream = import("./stream.js").BrowserStream;
/** @typedef {import("./boot.js").BootOptions} BootOptions */
/** @typedef {import("./boot.js").Mdm} Mdm */
/** @typedef {import("./errors.js").ErrorName} ErrorName */
/** @typedef {import("./server.js").ClientOptions} ClientOptions */
/** @typedef {import("./server.js").Server} Server */
/** @typedef {import("./server.js").ServerOptions} ServerOptions */
/** @typedef {import("./stream.js").BrowserStream} BrowserStream */
