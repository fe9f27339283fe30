import { Connector } from "./connector.js";
import { Emitter } from "./emitter.js";
import type { Clock } from "./clock.js";
import type { StreamError } from "./errors.js";
import type { Fetch } from "./inquiry.js";
import type { ConnectOptions } from "./open-stream.js";
import type { StreamOptions, StreamSettings } from "./options.js";
import type { BrowserStream } from "./stream.js";
export type Token = string | (() => string | Promise<string>);
export type BootOnly = {
    /**
     * false: a connection of its own (true)
     */
    shared?: boolean;
    /**
     * streams of clients that are open at once; more are refused with LIMIT (4096)
     */
    maxStreams?: number;
    /**
     * who we are, for the application's StreamAuthorizer: a text, or a function that has one for each new connection. It travels
     * in the handshake's Sec-WebSocket-Protocol, so it may have letters, digits and -._~ alone, as a JSON Web Token has
     */
    token?: Token;
    /**
     * a constructor, where the platform has none or for tests
     */
    WebSocket?: new (uri: string, protocols: string | string[]) => WebSocket;
    /**
     * asks the application why a handshake was refused, and whether it is back; null: nothing is asked (the platform's)
     */
    fetch?: Fetch | null;
    /**
     * for tests
     */
    clock?: Clock;
    /**
     * where "online", "pagehide" and the like are heard; the window or the worker unless it is given
     */
    events?: EventTarget;
};
export type BootOptions = StreamOptions & BootOnly;
export type Environment = {
    WebSocket: new (uri: string, protocols: string | string[]) => WebSocket;
    fetch: Fetch | undefined;
    token: Token | undefined;
    clock: Clock;
    events: EventTarget | undefined;
    maxStreams: number;
    settings: StreamSettings;
};
export type MdmEvents = {
    /**
     * the application can be reached
     */
    connect: [];
    /**
     * it cannot any more; it is tried again
     */
    disconnect: [error: StreamError];
    /**
     * `close` was called
     */
    close: [];
};
/**
 * The connection to the application, made anew whenever it is lost. Streams that are open then end with CONNECTION_LOST; streams that were not
 * sent yet wait; servers listen again by themselves.
 * @extends {Emitter<MdmEvents>}
 */
export declare class Mdm extends Emitter<MdmEvents> {
    #private;
    /** Where it connects to. */
    uri: string;
    /**
     * Made by `boot`.
     * @param {string} uri
     * @param {Environment} environment
     */
    constructor(uri: string, environment: Environment);
    /** Whether the application can be reached. */
    get connected(): boolean;
    /**
     * Ends the connection, with all its streams and servers, for good. What was written is still sent as far as that is possible at once.
     * A second call has no effect.
     */
    close(): void;
    /** The same as `close`. */
    end(): void;
    /**
     * Opens a stream to a route of the application itself.
     * @param {string} path
     * @param {ConnectOptions} [options]
     * @returns {BrowserStream}
     */
    createStream(path: string, options?: ConnectOptions): BrowserStream;
}
/**
 * Connects to the application, at once, and stays connected.
 *
 * Several calls with the same uri share one connection until it is closed; the options of the first call count. With
 * `{ shared: false }` it is one of its own. The options may also be the only argument.
 *
 * @param {string | URL | BootOptions | null} [uri] a path ("/browser-server"), or an http:, https:, ws: or wss: address; the directory that this
 *   module was loaded from unless it is given
 * @param {BootOptions} [options]
 * @returns {Mdm}
 * @throws {Error} when the connection that would be shared was made with another token, or without one
 */
export declare function boot(uri?: string | URL | BootOptions | null, options?: BootOptions): Mdm;
/**
 * @param {Mdm} mdm
 * @returns {Connector}
 */
export declare function connectorOf(mdm: Mdm): Connector;
