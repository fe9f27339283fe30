import { Emitter } from "./emitter.js";
import { StreamError } from "./errors.js";
import { BrowserStream } from "./stream.js";
import { asyncDispose } from "./web-streams.js";
import type { Mdm } from "./boot.js";
import type { Connector } from "./connector.js";
import type { ConnectOptions } from "./open-stream.js";
import type { StreamOptions, StreamSettings } from "./options.js";
export type ServerEvents = {
    /**
     * clients can connect; again after each lost connection
     */
    listening: [];
    /**
     * it cannot listen; "close" follows
     */
    error: [error: StreamError];
    /**
     * comes once, and last
     */
    close: [];
};
export type StreamCallback = (stream: BrowserStream) => unknown;
/**
 * @typedef {object} ServerEvents
 * @property {[]} listening clients can connect; again after each lost connection
 * @property {[error: StreamError]} error it cannot listen; "close" follows
 * @property {[]} close comes once, and last
 */
/** @typedef {(stream: BrowserStream) => unknown} StreamCallback */
/**
 * A name that this page listens on, until `end`. It listens anew by itself on each new connection.
 * @extends {Emitter<ServerEvents>}
 */
export declare class Server extends Emitter<ServerEvents> {
    #private;
    /** The name. @type {string} */
    name: string;
    /** Whether clients can connect now. */
    listening: boolean;
    /**
     * Made by StreamServer.
     * @param {Connector} connector
     * @param {string} name
     * @param {StreamSettings} settings
     * @param {StreamCallback} callback
     */
    constructor(connector: Connector, name: string, settings: StreamSettings, callback: StreamCallback);
    /** Resolves when clients can connect, and rejects when the server closes before. Unlike others it may be ignored. @returns {Promise<void>} */
    get ready(): Promise<void>;
    /**
     * Gives the name up; the application ends the streams to it. A second call has no effect.
     * @returns {this}
     */
    end(): this;
    /** For `await using`. */
    [asyncDispose](): Promise<void>;
}
export type ServerOnly = {
    /**
     * accepted for the original's sake: where the application listens is decided in `boot`
     */
    prefix?: string;
};
export type ServerOptions = StreamOptions & ServerOnly;
export type ClientOptions = ConnectOptions & ServerOnly;
export type Listener = {
    listen: (name: string, options?: {
        signal?: AbortSignal;
    }) => Server;
};
export type Client = {
    connect: (name: string, options?: ClientOptions) => BrowserStream;
};
/**
 * @typedef {object} ServerOnly
 * @property {string} [prefix] accepted for the original's sake: where the application listens is decided in `boot`
 */
/** @typedef {StreamOptions & ServerOnly} ServerOptions */
/** @typedef {ConnectOptions & ServerOnly} ClientOptions */
/** @typedef {{ listen: (name: string, options?: { signal?: AbortSignal }) => Server }} Listener */
/** @typedef {{ connect: (name: string, options?: ClientOptions) => BrowserStream }} Client */
/**
 * `StreamServer(mdm, callback).listen(name)`. The callback is called with a stream for each client that connects to the name. If it throws,
 * that stream is reset with INTERNAL; the others are not affected.
 *
 * `listen` returns the server. If somebody else has the name, it closes with the error NAME_TAKEN.
 *
 * @type {{
 *   (mdm: Mdm, callback: StreamCallback): Listener;
 *   (mdm: Mdm, options: ServerOptions | null | undefined, callback: StreamCallback): Listener;
 *   new (mdm: Mdm, callback: StreamCallback): Listener;
 *   new (mdm: Mdm, options: ServerOptions | null | undefined, callback: StreamCallback): Listener;
 * }}
 */
export declare const StreamServer: {
    (mdm: Mdm, callback: StreamCallback): Listener;
    (mdm: Mdm, options: ServerOptions | null | undefined, callback: StreamCallback): Listener;
    new (mdm: Mdm, callback: StreamCallback): Listener;
    new (mdm: Mdm, options: ServerOptions | null | undefined, callback: StreamCallback): Listener;
};
/**
 * `StreamClient(mdm).connect(name)`. Returns a stream to the server that listens on the name; it may be written to at once. If nobody listens
 * there, it closes with the error NO_SUCH_SERVER. Options can be given in both places.
 *
 * @type {{
 *   (mdm: Mdm, options?: ClientOptions | null): Client;
 *   new (mdm: Mdm, options?: ClientOptions | null): Client;
 * }}
 */
export declare const StreamClient: {
    (mdm: Mdm, options?: ClientOptions | null): Client;
    new (mdm: Mdm, options?: ClientOptions | null): Client;
};
