import type { BrowserStream } from "./stream.js";
/** @import { BrowserStream } from "./stream.js" */
/** Browsers that do not know it have no `await using` either. @type {typeof Symbol.asyncDispose} */
export declare const asyncDispose: typeof Symbol.asyncDispose;
/**
 * @param {BrowserStream} stream
 * @returns {ReadableStream<any>}
 */
export declare function toReadable(stream: BrowserStream): ReadableStream<any>;
/**
 * @param {BrowserStream} stream
 * @returns {WritableStream<any>}
 */
export declare function toWritable(stream: BrowserStream): WritableStream<any>;
/**
 * @param {BrowserStream} stream
 * @returns {AsyncGenerator<any, void, undefined>}
 */
export declare function iterate(stream: BrowserStream): AsyncGenerator<any, void, undefined>;
