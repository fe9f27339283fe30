import { StreamError } from "./errors.js";
import { BrowserStream } from "./stream.js";
import type { Connector } from "./connector.js";
import type { StreamOptions } from "./options.js";
export type ConnectOnly = {
    /**
     * a small JSON value (4 KiB) that the host sees as `stream.meta`
     */
    meta?: any;
    /**
     * milliseconds until the host must have taken the stream, also while there is no connection; without it a stream
     * waits for a connection as long as it takes, and then for the host as long as the application allows (30 s)
     */
    timeout?: number;
    /**
     * destroys the stream
     */
    signal?: AbortSignal;
};
export type ConnectOptions = StreamOptions & ConnectOnly;
/**
 * Opens a stream to a server or to a route of the application.
 * @param {Connector} connector
 * @param {number} kind
 * @param {unknown} target
 * @param {ConnectOptions} options
 * @returns {BrowserStream}
 */
export declare function openStream(connector: Connector, kind: number, target: unknown, options: ConnectOptions): BrowserStream;
/**
 * @param {AbortSignal} signal
 * @param {{ on: (event: "close", listener: () => void) => unknown }} subject is listened to, so that a signal that lives long does not hold it
 * @param {(error: StreamError) => void} abort
 */
export declare function obey(signal: AbortSignal, subject: {
    on: (event: "close", listener: () => void) => unknown;
}, abort: (error: StreamError) => void): void;
