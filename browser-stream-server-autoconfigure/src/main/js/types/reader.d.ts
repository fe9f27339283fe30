import { Cursor } from "./cursor.js";
import type { Open } from "./open.js";
export type Hello = {
    maxStreams?: number;
    /**
     * in milliseconds
     */
    keepalive?: number;
    /**
     * all of them, also those that we do not know
     */
    settings: Array<{
        id: number;
        value: Uint8Array;
    }>;
};
export type FrameHandler = {
    /**
     * no more frames are wanted
     */
    closed: boolean;
    hello: (hello: Hello) => void;
    ping: (payload: Uint8Array, answer: boolean) => void;
    open: (id: number, open: Open) => void;
    accept: (id: number) => void;
    /**
     * `whole` is how many bytes the message has that begins
     * here, if all of it follows frame by frame and is most of what came: its frames may be put together in place, and the memory belongs to the
     * message then. 0 if not
     */
    data: (id: number, flags: number, payload: Uint8Array, whole: number) => void;
    credit: (id: number, bytes: number) => void;
    end: (id: number) => void;
    reset: (id: number, code: number, reason: string) => void;
    skipped?: (type: number, flags: number, id: number, payload: Uint8Array) => void;
};
/** @import { Open } from "./open.js" */
/**
 * What was in a HELLO. Settings that were not announced are undefined.
 * @typedef {object} Hello
 * @property {number} [maxStreams]
 * @property {number} [keepalive] in milliseconds
 * @property {Array<{ id: number, value: Uint8Array }>} settings all of them, also those that we do not know
 */
/**
 * Is told of each frame. Payloads are views that are only valid during the call.
 * @typedef {object} FrameHandler
 * @property {boolean} closed no more frames are wanted
 * @property {(hello: Hello) => void} hello
 * @property {(payload: Uint8Array, answer: boolean) => void} ping
 * @property {(id: number, open: Open) => void} open
 * @property {(id: number) => void} accept
 * @property {(id: number, flags: number, payload: Uint8Array, whole: number) => void} data `whole` is how many bytes the message has that begins
 *   here, if all of it follows frame by frame and is most of what came: its frames may be put together in place, and the memory belongs to the
 *   message then. 0 if not
 * @property {(id: number, bytes: number) => void} credit
 * @property {(id: number) => void} end
 * @property {(id: number, code: number, reason: string) => void} reset
 * @property {(type: number, flags: number, id: number, payload: Uint8Array) => void} [skipped]
 */
/**
 * Reads the frames of one WebSocket message. Knows no streams: what depends on their state is the handler's affair.
 * @param {Uint8Array} message
 * @param {FrameHandler} handler
 * @throws a WireError when they are malformed; frames before the fault have been delivered
 */
export declare function readFrames(message: Uint8Array, handler: FrameHandler): void;
export type FrameRule = {
    name: string;
    /**
     * those that may be set
     */
    flags: number;
    /**
     * whether it belongs to a stream, and not to the connection
     */
    onStream: boolean;
    read: (handler: FrameHandler, id: number, flags: number, payload: Uint8Array, cursor: Cursor) => void;
};
