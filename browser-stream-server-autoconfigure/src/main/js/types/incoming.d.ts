import { WireStream } from "./wire-stream.js";
import type { Open } from "./open.js";
import type { Outgoing } from "./outgoing.js";
import type { FrameHandler, Hello } from "./reader.js";
import type { StreamTable } from "./stream-table.js";
export type IncomingOwner = {
    closed: boolean;
    greeted: (hello: Hello) => void;
    /**
     * a client wants a stream
     */
    offered: (stream: WireStream) => void;
    /**
     * the connection ends soon; who is told so comes back within so many milliseconds
     */
    goingAway: (spread: number) => void;
};
/** @import { ErrorName } from "./errors.js" */
/** @import { Open } from "./open.js" */
/** @import { Outgoing } from "./outgoing.js" */
/** @import { FrameHandler, Hello } from "./reader.js" */
/** @import { StreamTable } from "./stream-table.js" */
/**
 * Is told what a relay says of the connection itself.
 * @typedef {object} IncomingOwner
 * @property {boolean} closed
 * @property {(hello: Hello) => void} greeted
 * @property {(stream: WireStream) => void} offered a client wants a stream
 * @property {(spread: number) => void} goingAway the connection ends soon; who is told so comes back within so many milliseconds
 */
/**
 * What comes in over a connection, given to the stream that it is for. It believes the relay as little as docs/protocol.md says: broken
 * rules cost the stream or the connection.
 * @implements {FrameHandler}
 */
export declare class Incoming implements FrameHandler {
    #private;
    /**
     * @param {StreamTable} table
     * @param {Outgoing} outgoing
     * @param {number} maxStreams that the relay may open at once
     * @param {IncomingOwner} owner
     */
    constructor(table: StreamTable, outgoing: Outgoing, maxStreams: number, owner: IncomingOwner);
    get closed(): boolean;
    /** @param {Hello} hello */
    hello(hello: Hello): void;
    /**
     * @param {Uint8Array} payload
     * @param {boolean} answer
     */
    ping(payload: Uint8Array, answer: boolean): void;
    /**
     * @param {number} id
     * @param {Open} open
     */
    open(id: number, open: Open): void;
    /** @param {number} id */
    accept(id: number): void;
    /**
     * @param {number} id
     * @param {number} flags
     * @param {Uint8Array} payload
     * @param {number} whole
     */
    data(id: number, flags: number, payload: Uint8Array, whole: number): void;
    /**
     * @param {number} id
     * @param {number} bytes
     */
    credit(id: number, bytes: number): void;
    /** @param {number} id */
    end(id: number): void;
    /**
     * @param {number} id
     * @param {number} code
     * @param {string} reason
     */
    reset(id: number, code: number, reason: string): void;
    /**
     * @param {number} type
     * @param {number} _flags
     * @param {number} _id
     * @param {Uint8Array} payload
     */
    skipped(type: number, _flags: number, _id: number, payload: Uint8Array): void;
}
