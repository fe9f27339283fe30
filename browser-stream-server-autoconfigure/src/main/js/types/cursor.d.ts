import { WireError } from "./errors.js";
/** Reads bytes one after the other, and ends the connection where they do not suffice. */
export declare class Cursor {
    #private;
    /** What was behind the bytes when they were cut off. @type {Cursor | undefined} */
    next: Cursor | undefined;
    /** @param {Uint8Array} bytes */
    constructor(bytes: Uint8Array);
    get done(): boolean;
    /** Bytes that were read. */
    get at(): number;
    /**
     * Ends here, and leaves a copy of what follows in `next`: the memory up to here can be given away then.
     * @param {number} end at which the bytes are to end
     */
    cut(end: number): void;
    /** @returns {number} */
    byte(): number;
    /**
     * Unsigned LEB128, at most 5 bytes, at most 2147483647, shortest form.
     * @returns {number}
     */
    varint(): number;
    /**
     * A view, not a copy.
     * @param {number} length
     * @returns {Uint8Array}
     */
    take(length: number): Uint8Array;
    /** Bytes of the memory that all is in, 0 if there is anything else in it. */
    get memory(): number;
    /** @returns {Cursor} another one, at the same place */
    copy(): Cursor;
    /** @returns {Uint8Array} */
    rest(): Uint8Array;
    /** @param {string} what */
    finish(what: string): void;
}
/**
 * @param {string} message
 * @returns {WireError} one that ends the connection
 */
export declare function malformed(message: string): WireError;
