// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// For Symbol.asyncDispose, whatever "lib" the program has.
/// <reference lib="esnext.disposable" />

/**
 * Events as in Node, as far as the original's users know them. A listener that throws is reported and hurts nobody else: neither the
 * other listeners nor the connection that the event came from.
 * @template {{ [K in keyof Events]: any[] }} Events names of the events, and what their listeners are given
 */
declare class Emitter<Events extends {
    [K in keyof Events]: any[];
}> {
    #private;
    /**
     * @template {keyof Events} K
     * @param {K} event
     * @param {(...args: Events[K]) => void} listener
     * @returns {this}
     */
    on<K extends keyof Events>(event: K, listener: (...args: Events[K]) => void): this;
    /**
     * @template {keyof Events} K
     * @param {K} event
     * @param {(...args: Events[K]) => void} listener
     * @returns {this}
     */
    addListener<K extends keyof Events>(event: K, listener: (...args: Events[K]) => void): this;
    /**
     * @template {keyof Events} K
     * @param {K} event
     * @param {(...args: Events[K]) => void} listener
     * @returns {this}
     */
    once<K extends keyof Events>(event: K, listener: (...args: Events[K]) => void): this;
    /**
     * @template {keyof Events} K
     * @param {K} event
     * @param {(...args: Events[K]) => void} listener
     * @returns {this}
     */
    removeListener<K extends keyof Events>(event: K, listener: (...args: Events[K]) => void): this;
    /**
     * @template {keyof Events} K
     * @param {K} event
     * @param {(...args: Events[K]) => void} listener
     * @returns {this}
     */
    off<K extends keyof Events>(event: K, listener: (...args: Events[K]) => void): this;
    /**
     * @param {keyof Events} event
     * @returns {number}
     */
    listenerCount(event: keyof Events): number;
    /**
     * An "error" that nobody listens to goes to the console. It does not end the page or the process.
     * @template {keyof Events} K
     * @param {K} event
     * @param {Events[K]} args
     * @returns {boolean} whether anybody listened
     */
    emit<K extends keyof Events>(event: K, ...args: Events[K]): boolean;
}

type StreamOptions = {
    /**
     * bytes that the other side may send before the page has taken them (2 MiB): at first 256 KiB, and more while the page takes them at once
     */
    window?: number;
    /**
     * bytes of the largest message that is received; a larger one resets the stream with LIMIT (256 MiB)
     */
    maxMessageSize?: number;
    /**
     * bytes that may wait to be sent before `write` returns false (256 KiB)
     */
    highWaterMark?: number;
    /**
     * whether we may go on writing when the other side has ended (true)
     */
    allowHalfOpen?: boolean;
};

type Destination = {
    /**
     * false: wait for "drain"
     */
    write: (value: any) => unknown;
    end?: () => unknown;
    destroy?: (error?: any) => unknown;
    on?: (event: any, listener: (...args: any[]) => void) => unknown;
    removeListener?: (event: any, listener: (...args: any[]) => void) => unknown;
};

/** Error codes and their numbers on the wire (docs/protocol.md, section 5). */
declare const ErrorCode: Readonly<{
    /** Nobody listens on this name. */
    NO_SUCH_SERVER: 1;
    /** Somebody else listens on this name. */
    NAME_TAKEN: 2;
    /** The host or the application declined the stream. */
    REFUSED: 3;
    /** A bound was reached: streams, memory, size. */
    LIMIT: 4;
    /** Something did not happen in time: an answer, or data. */
    TIMEOUT: 5;
    /** The host's connection was lost, or it stopped listening. */
    HOST_GONE: 6;
    /** The client's connection was lost. */
    CLIENT_GONE: 7;
    /** The other side broke a rule of the protocol. */
    PROTOCOL_ERROR: 8;
    /** More data than credit, or more credit than can be. */
    FLOW_CONTROL: 9;
    /** Whoever reset the stream wants no more of it. */
    CANCELLED: 10;
    /** A fault of whoever reports it. */
    INTERNAL: 11;
    /** The application has no such route. */
    NO_SUCH_ROUTE: 12;
    /** The application stops. */
    SHUTDOWN: 13;
    /** The owner of the name listens on it from another connection. */
    REPLACED: 14;
    /** The relay did not like the name, the metadata or the key. */
    INVALID_OPEN: 15;
    /** The connection to the application broke. Never on the wire. */
    CONNECTION_LOST: 16;
}>;
type ErrorName$1 = keyof typeof ErrorCode;
/** Why a stream or a server ended. `code` is stable and made for programs, `message` for people. */
declare class StreamError extends Error {
    /** @type {ErrorName} */
    code: ErrorName$1;
    status: number | undefined;
    /**
     * @param {ErrorName} code one of the names in `ErrorCode`
     * @param {string} [message] for a stream that you `destroy` with this error it is the reason that the other side gets to read
     * @param {{ cause?: unknown, status?: number }} [options]
     */
    constructor(code: ErrorName$1, message?: string, options?: {
        cause?: unknown;
        status?: number;
    });
}

type Clock = {
    setTimeout: (callback: () => void, ms: number) => any;
    clearTimeout: (timer: any) => void;
    /**
     * in milliseconds
     */
    now: () => number;
    /**
     * 0 to 1
     */
    random: () => number;
};

type StreamEvents = {
    /**
     * the host has taken the stream
     */
    open: [];
    /**
     * a message: a Uint8Array, a string, or the JSON value that was written. Nobody else has the array's buffer; that of
     * a message of more than 16 KiB may be longer than the message
     */
    data: [value: any];
    /**
     * the other side writes no more, and everything that it wrote has been delivered
     */
    end: [];
    /**
     * everything that was written, and the end, has been sent
     */
    finish: [];
    /**
     * `write` may go on after it returned false
     */
    drain: [];
    /**
     * a StreamError, unless it is what `destroy` was given; "close" follows
     */
    error: [error: any];
    /**
     * comes once, and last
     */
    close: [];
};
/**
 * A stream of messages between a client and a host, in both directions. What one side writes in one `write`, the other side gets as one
 * "data" event, of the same kind.
 *
 * Messages are held until somebody listens to "data" (or calls `resume`, or reads in another way), and the other side is told to
 * wait meanwhile. Errors come as "error" and then "close"; an error that nobody listens to goes to the console and does no further harm.
 *
 * @extends {Emitter<StreamEvents>}
 */
declare class BrowserStream$1 extends Emitter<StreamEvents> {
    #private;
    /** The name that the client connected to. @type {string} */
    name: string;
    /** What the client gave as metadata, undefined when it gave none. @type {any} */
    meta: any;
    private constructor();
    /** Bytes that were written but not yet sent. */
    get bufferedAmount(): number;
    /** Whether "end" was emitted. */
    get readableEnded(): boolean;
    /** Whether `end` was called. */
    get writableEnded(): boolean;
    /** Whether everything that was written, and the end, has been sent. */
    get writableFinished(): boolean;
    /** Whether the stream is closed: nothing can be read or written any more. */
    get destroyed(): boolean;
    /** What the stream ended with, undefined when it has not ended or has ended well. */
    get errored(): unknown;
    /**
     * Sends a message: a string, bytes (an ArrayBuffer, a typed array, a Blob), or any other JSON value. Bytes are copied at once, but a
     * Blob is read while it is sent, and is never in memory as a whole.
     *
     * Writing may begin at once; what is written before the stream is open is kept. On a stream that is closed it does nothing.
     *
     * @param {any} value
     * @returns {boolean} false when much is waiting to be sent: wait for "drain" before writing more
     * @throws {TypeError} when it is none of these values
     */
    write(value: any): boolean;
    /**
     * Ends our direction, behind all that was written. The other side may go on writing. A second call has no effect.
     * @param {any} [value] is written before
     * @returns {this}
     */
    end(value?: any): this;
    /**
     * Closes both directions at once; what is under way is lost. The other side gets the error CANCELLED, or the code of a StreamError.
     * "error" is emitted if there is an error, and "close". On a stream that is closed it has no effect.
     * @param {unknown} [error] its message is what the other side gets to read
     * @returns {this}
     */
    destroy(error?: unknown): this;
    /**
     * No more "data" until `resume`. The other side is told to wait when the window is full.
     * @returns {this}
     */
    pause(): this;
    /**
     * Messages flow from now on, also if nobody listens to them.
     * @returns {this}
     */
    resume(): this;
    /**
     * Writes all that comes to another stream, at the speed that it takes it.
     * @template {Destination} D
     * @param {D} destination
     * @param {{ end?: boolean }} [options] end: whether the destination ends with this stream (true)
     * @returns {D} the destination
     */
    pipe<D extends Destination>(destination: D, options?: {
        end?: boolean;
    }): D;
    /** What comes, as a Web Stream. It asks for a message only when it is read. */
    get readable(): ReadableStream<any>;
    /** What goes, as a Web Stream. */
    get writable(): WritableStream<any>;
    /** Leaving the loop before the end destroys the stream. @returns {AsyncGenerator<any, void, undefined>} */
    [Symbol.asyncIterator](): AsyncGenerator<any, void, undefined>;
    /** For `await using`. */
    [Symbol.asyncDispose](): Promise<void>;
    /**
     * @template {keyof StreamEvents} K
     * @param {K} event
     * @param {(...args: StreamEvents[K]) => void} listener
     * @returns {this}
     */
    on<K extends keyof StreamEvents>(event: K, listener: (...args: StreamEvents[K]) => void): this;
    /**
     * @template {keyof StreamEvents} K
     * @param {K} event
     * @param {(...args: StreamEvents[K]) => void} listener
     * @returns {this}
     */
    removeListener<K extends keyof StreamEvents>(event: K, listener: (...args: StreamEvents[K]) => void): this;
}

type Fetch = (uri: string, init: RequestInit) => Promise<Response>;

type ConnectOnly = {
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
type ConnectOptions = StreamOptions & ConnectOnly;

type Token = string | (() => string | Promise<string>);
type BootOnly = {
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
type BootOptions$1 = StreamOptions & BootOnly;
type MdmEvents = {
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
declare class Mdm$1 extends Emitter<MdmEvents> {
    #private;
    /** Where it connects to. */
    uri: string;
    private constructor();
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
    createStream(path: string, options?: ConnectOptions): BrowserStream$1;
}
/**
 * Connects to the application, at once, and stays connected.
 *
 * Several calls with the same uri share one connection until it is closed; the options of the first call count. With
 * `{ shared: false }` it is one of its own. The options may also be the only argument.
 *
 * @param {string | URL | BootOptions | null} [uri] a path ("/browser-server"), or an http:, https:, ws: or wss: address. Unless it is given, it is the
 *   directory that `client.js` came from; of the npm package, and of the WebJar, it is "/browser-server"
 * @param {BootOptions} [options]
 * @returns {Mdm}
 * @throws {Error} when the connection that would be shared was made with another token, or without one
 */
declare function boot(uri?: string | URL | BootOptions$1 | null, options?: BootOptions$1): Mdm$1;

type ServerEvents = {
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
type StreamCallback = (stream: BrowserStream$1) => unknown;
/**
 * A name that this page listens on, until `end`. It listens anew by itself on each new connection.
 * @extends {Emitter<ServerEvents>}
 */
declare class Server$1 extends Emitter<ServerEvents> {
    #private;
    /** The name. @type {string} */
    name: string;
    /** Whether clients can connect now. */
    listening: boolean;
    private constructor();
    /** Resolves when clients can connect, and rejects when the server closes before. Unlike others it may be ignored. @returns {Promise<void>} */
    get ready(): Promise<void>;
    /**
     * Gives the name up; the application ends the streams to it. A second call has no effect.
     * @returns {this}
     */
    end(): this;
    /** For `await using`. */
    [Symbol.asyncDispose](): Promise<void>;
}
type ServerOnly = {
    /**
     * accepted for the original's sake: where the application listens is decided in `boot`
     */
    prefix?: string;
};
type ServerOptions$1 = StreamOptions & ServerOnly;
type ClientOptions$1 = ConnectOptions & ServerOnly;
type Listener = {
    listen: (name: string, options?: {
        signal?: AbortSignal;
    }) => Server$1;
};
type Client = {
    connect: (name: string, options?: ClientOptions$1) => BrowserStream$1;
};
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
declare const StreamServer: {
    (mdm: Mdm$1, callback: StreamCallback): Listener;
    (mdm: Mdm$1, options: ServerOptions$1 | null | undefined, callback: StreamCallback): Listener;
    new (mdm: Mdm$1, callback: StreamCallback): Listener;
    new (mdm: Mdm$1, options: ServerOptions$1 | null | undefined, callback: StreamCallback): Listener;
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
declare const StreamClient: {
    (mdm: Mdm$1, options?: ClientOptions$1 | null): Client;
    new (mdm: Mdm$1, options?: ClientOptions$1 | null): Client;
};

type BootOptions = BootOptions$1;
type Mdm = Mdm$1;
type ErrorName = ErrorName$1;
type ClientOptions = ClientOptions$1;
type Server = Server$1;
type ServerOptions = ServerOptions$1;
type BrowserStream = BrowserStream$1;

export { ErrorCode, StreamClient, StreamError, StreamServer, boot };
export type { BootOptions, BrowserStream, ClientOptions, ErrorName, Mdm, Server, ServerOptions };
