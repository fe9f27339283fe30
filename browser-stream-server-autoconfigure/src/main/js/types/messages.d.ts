/** A message on its way out: gives its bytes away part by part. Those of a Blob are read as they are asked for. */
export declare class OutgoingMessage {
    #private;
    kind: number;
    /** Bytes that can be taken. At first they are the page's, and only valid until `write` returns. */
    chunk: Uint8Array<ArrayBufferLike>;
    /** Bytes that were not taken. */
    left: number;
    /**
     * @param {number} kind
     * @param {Uint8Array} bytes
     * @param {Blob} [blob] instead of the bytes
     */
    constructor(kind: number, bytes: Uint8Array, blob?: Blob);
    /** Whether `take` can go on, or `load` has to come first: also for an empty Blob, which may be a file that is gone. */
    get ready(): boolean;
    /** Whether the last part was taken, if one was. */
    get done(): boolean;
    /**
     * @param {number} room bytes of payload that credit allows, negative for no frame at all
     * @returns {boolean} whether that is enough for a part
     */
    fits(room: number): boolean;
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
 * @returns {OutgoingMessage} its bytes are not copied yet
 * @throws {TypeError} when it is none of them
 */
export declare function encodeMessage(value: unknown): OutgoingMessage;
/**
 * @param {unknown} value
 * @param {string} what it is, for the error
 * @returns {string}
 */
export declare function toJson(value: unknown, what: string): string;
