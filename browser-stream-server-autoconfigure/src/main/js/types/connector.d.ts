import { Connection } from "./connection.js";
import { StreamError } from "./errors.js";
import type { Environment, Token } from "./boot.js";
import type { ConnectionOwner } from "./connection.js";
import type { WireStream } from "./wire-stream.js";
export type Listener = {
    /**
     * a connection is there
     */
    online: () => void;
    /**
     * a client wants a stream
     */
    offered: (stream: WireStream) => void;
    /**
     * the connection ends soon, and another will be there
     */
    leaving: () => void;
    /**
     * there will be no further connection
     */
    closed: () => void;
};
export type ConnectorOwner = {
    connected: () => void;
    disconnected: (error: StreamError) => void;
};
/**
 * Something that lives longer than a connection: a server, which listens anew on each.
 * @typedef {object} Listener
 * @property {() => void} online a connection is there
 * @property {(stream: WireStream) => void} offered a client wants a stream
 * @property {() => void} leaving the connection ends soon, and another will be there
 * @property {() => void} closed there will be no further connection
 */
/**
 * @typedef {object} ConnectorOwner
 * @property {() => void} connected
 * @property {(error: StreamError) => void} disconnected
 */
/**
 * Keeps a connection: has another one made when it is lost, and holds what waits for it meanwhile.
 * @implements {ConnectionOwner}
 */
export declare class Connector implements ConnectionOwner {
    #private;
    /** Servers by their names. @type {Map<string, Listener>} */
    listeners: Map<string, Listener>;
    closed: boolean;
    /**
     * @param {string} uri ws: or wss:
     * @param {Environment} options
     * @param {ConnectorOwner} owner
     */
    constructor(uri: string, options: Environment, owner: ConnectorOwner);
    get settings(): Required<import("./options.js").StreamOptions>;
    get clock(): import("./clock.js").Clock;
    get connected(): boolean;
    /** Whether streams can be opened at once. */
    get online(): boolean;
    /**
     * Whether who has this token may share the connection: it must not be taken for somebody else. Of two functions nobody can tell.
     * @param {Token | undefined} token
     */
    serves(token: Token | undefined): boolean;
    /**
     * Opens a stream now, or as soon as there is a connection.
     * @param {WireStream} stream
     */
    open(stream: WireStream): void;
    close(): void;
    greeted(): void;
    /** @param {WireStream} stream */
    offered(stream: WireStream): void;
    /**
     * The application stops, or this node of it: what is opened from now on goes over another connection, which is not made at once, as
     * many others are told the same in this moment.
     * @param {Connection} connection
     * @param {number} spread milliseconds
     */
    goingAway(connection: Connection, spread: number): void;
    /**
     * @param {StreamError} error
     * @param {Connection} connection
     */
    lost(error: StreamError, connection: Connection): void;
    /**
     * A handshake takes long. Firefox holds back those that follow a failure: only the application can tell the two apart.
     * @param {Connection} connection
     */
    stalled(connection: Connection): Promise<void>;
}
