import type { WireStream } from "./wire-stream.js";
/** @import { WireStream } from "./wire-stream.js" */
/** The streams of one connection by their ids: odd ones are ours, even ones the relay's, both only ever grow. */
export declare class StreamTable {
    #private;
    /** How many of each side's are open. */
    ours: number;
    theirs: number;
    /** Whether an id is left for us. */
    get exhausted(): boolean;
    /**
     * @param {WireStream} stream
     * @returns {number} its id
     */
    addOurs(stream: WireStream): number;
    /**
     * Marks an id of the relay's as used, also if the stream is going to be refused.
     * @param {number} id
     */
    useTheirs(id: number): void;
    /**
     * @param {number} id that was marked as used
     * @param {WireStream} stream
     */
    addTheirs(id: number, stream: WireStream): void;
    /**
     * @param {number} id
     * @returns {WireStream | undefined} undefined when it is closed
     */
    find(id: number): WireStream | undefined;
    /** @param {WireStream} stream */
    remove(stream: WireStream): void;
    /** @returns {Array<WireStream>} */
    all(): Array<WireStream>;
}
