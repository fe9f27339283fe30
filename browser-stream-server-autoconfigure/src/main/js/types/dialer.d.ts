import { StreamError } from "./errors.js";
import type { Environment } from "./boot.js";
/**
 * @param {unknown} token
 * @returns {string}
 */
export declare function checkToken(token: unknown): string;
export type DialerOwner = {
    /**
     * a handshake has begun
     */
    dialed: (socket: WebSocket) => void;
    /**
     * there is no connection, and why; it is tried again
     */
    refused: (error: StreamError) => void;
};
/**
 * @typedef {object} DialerOwner
 * @property {(socket: WebSocket) => void} dialed a handshake has begun
 * @property {(error: StreamError) => void} refused there is no connection, and why; it is tried again
 */
/** Makes WebSockets: when, with which token, and what to say when one does not come about. */
export declare class Dialer {
    #private;
    /**
     * @param {string} uri ws: or wss:
     * @param {Environment} environment
     * @param {DialerOwner} owner
     */
    constructor(uri: string, environment: Environment, owner: DialerOwner);
    /**
     * Begins the first handshake.
     * @throws what the constructor of the WebSocket throws
     */
    dial(): void;
    /**
     * Tries again.
     * @param {number} [least] milliseconds to wait at least
     */
    dialLater(least?: number): void;
    /** Tries again at once, if it would later. */
    hurry(): void;
    /** A connection held: the next loss is another story. */
    reset(): void;
    /** Finds out why the last handshake failed, says it, and tries again. */
    explain(): void;
    /**
     * @returns {Promise<boolean>} whether the application answers, so that a handshake which does not end is held back by the browser
     */
    isAnswered(): Promise<boolean>;
    /** Tries no more until it is told to. */
    stop(): void;
    close(): void;
}
