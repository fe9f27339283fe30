/** A message on its way out: gives its bytes away part by part. Those of a Blob are read as they are asked for. */
export declare class OutgoingMessage {
    #private;
    kind: number;
    size: number;
    /**
     * @param {number} kind
     * @param {Uint8Array} bytes
     * @param {Blob} [blob] instead of the bytes
     */
    constructor(kind: number, bytes: Uint8Array, blob?: Blob);
    /** Whether `take` can go on, or `load` has to come first. */
    get ready(): boolean;
    /** Whether the last part was taken. */
    get done(): boolean;
    /**
     * @param {number} limit in bytes
     * @returns {{ flags: number, payload: Uint8Array }} the next part, as a DATA frame has it
     */
    take(limit: number): {
        flags: number;
        payload: Uint8Array;
    };
    /** Reads the next slice of the Blob. Rejects when it cannot be read, for example because the file has changed. */
    load(): Promise<void>;
}
/**
 * @param {unknown} value a string, an ArrayBuffer or a view on one, a Blob, or anything that JSON can say
 * @returns {OutgoingMessage}
 * @throws {TypeError} when it is none of them
 */
export declare function encodeMessage(value: unknown): OutgoingMessage;
/**
 * @param {unknown} value
 * @param {string} what it is, for the error
 * @returns {string}
 */
export declare function toJson(value: unknown, what: string): string;
/**
 * Puts frames together again. Stores bytes in blocks and not frame by frame, so that a message in a million frames of a byte costs no
 * more than one in a few large ones, and copies each byte twice at most.
 */
export declare class Assembler {
    #private;
    /** @param {number} limit bytes of the largest message */
    constructor(limit: number);
    /** Whether a message has begun and not ended. */
    get inside(): boolean;
    /**
     * @param {number} flags
     * @param {Uint8Array} payload
     * @returns {{ value: any } | undefined} the message that is complete now
     */
    push(flags: number, payload: Uint8Array): {
        value: any;
    } | undefined;
    /** Forgets what was stored. */
    clear(): void;
}
