/**
 * Puts frames together again. Stores bytes in blocks and not frame by frame, so that a message in a million frames of a byte costs no
 * more than one in a few large ones, and copies each byte twice at most; only once when the message is as large as the one before. A
 * message that came in one piece is put together in the memory that it came in: fresh memory costs a page more than the copy.
 */
export declare class Assembler {
    #private;
    /**
     * @param {number} limit bytes of the largest message
     * @param {number} [expectable] bytes that may be had ready for a message whose first part has come
     */
    constructor(limit: number, expectable?: number);
    /** Whether a message has begun and not ended. */
    get inside(): boolean;
    /**
     * @param {number} flags
     * @param {Uint8Array} payload
     * @param {number} [whole] bytes of the message that begins, if it may be put together where it is; see FrameHandler
     * @returns {{ value: any } | undefined} the message that is complete now
     */
    push(flags: number, payload: Uint8Array, whole?: number): {
        value: any;
    } | undefined;
    /** Forgets what was stored. */
    clear(): void;
}
