import { StreamError } from "./errors.js";
import type { Clock } from "./clock.js";
import type { ErrorName } from "./errors.js";
import type { Hello } from "./reader.js";
import type { WireStream } from "./wire-stream.js";
export type ConnectionOwner = {
    /**
     * the relay's HELLO is here: it works and lets us in, so streams can be opened
     */
    greeted: () => void;
    /**
     * a client wants a stream
     */
    offered: (stream: WireStream) => void;
    /**
     * nothing more can be opened on it; streams that are open may finish
     */
    goingAway: (connection: Connection, spread: number) => void;
    /**
     * its WebSocket does not open: `waitOn` or `fail`
     */
    stalled: (connection: Connection) => void;
    lost: (error: StreamError, connection: Connection) => void;
};
/**
 * Is told what happens to a connection. `lost` comes last, once, and not after `close`.
 * @typedef {object} ConnectionOwner
 * @property {() => void} greeted the relay's HELLO is here: it works and lets us in, so streams can be opened
 * @property {(stream: WireStream) => void} offered a client wants a stream
 * @property {(connection: Connection, spread: number) => void} goingAway nothing more can be opened on it; streams that are open may finish
 * @property {(connection: Connection) => void} stalled its WebSocket does not open: `waitOn` or `fail`
 * @property {(error: StreamError, connection: Connection) => void} lost
 */
/** One WebSocket: its handshake, its streams, and its end. */
export declare class Connection {
    #private;
    /** Whether its WebSocket was open. */
    reached: boolean;
    /** Whether streams can be opened. */
    opened: boolean;
    /** Whether the relay ends it soon. */
    leaving: boolean;
    /** Whether it has ended, for whatever reason. */
    closed: boolean;
    /**
     * @param {WebSocket} socket
     * @param {{ clock: Clock, maxStreams: number }} options
     * @param {ConnectionOwner} owner
     */
    constructor(socket: WebSocket, options: {
        clock: Clock;
        maxStreams: number;
    }, owner: ConnectionOwner);
    /** Waits for the handshake, from now on. */
    waitOn(): void;
    /** @param {WireStream} stream that has no connection yet */
    open(stream: WireStream): void;
    /** Sends what can still be sent, and says goodbye. Streams are closed without an error. */
    close(): void;
    /** The page's code stands still from now on. What the page listens on is free at once. */
    leave(): void;
    /**
     * A rule was broken that costs the connection.
     * @param {ErrorName} code
     * @param {string} reason
     */
    fail(code: ErrorName, reason: string): void;
    /** Looks whether the socket has died without telling, as it may have while the page was away. */
    check(): void;
    /** @param {Hello} hello */
    greeted(hello: Hello): void;
    /** @param {WireStream} stream */
    offered(stream: WireStream): void;
    /** @param {number} spread milliseconds */
    goingAway(spread: number): void;
}
