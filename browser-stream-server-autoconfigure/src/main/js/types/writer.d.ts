/** Frames bytes, one frame behind the other, until they are taken as one WebSocket message. Knows no state. */
export declare class FrameWriter {
    #private;
    /** Bytes that wait to be taken. */
    get length(): number;
    /**
     * What was written since the last time.
     * @returns {Uint8Array<ArrayBuffer>} only valid until something is written again
     */
    take(): Uint8Array<ArrayBuffer>;
    /** @param {Array<{ id: number, value: number }>} settings */
    hello(settings: Array<{
        id: number;
        value: number;
    }>): void;
    /**
     * @param {Uint8Array} payload
     * @param {boolean} answer
     */
    ping(payload: Uint8Array, answer: boolean): void;
    /**
     * @param {number} id
     * @param {number} kind
     * @param {string} target
     * @param {Uint8Array} metadata
     * @param {Uint8Array} [key]
     */
    open(id: number, kind: number, target: string, metadata: Uint8Array, key?: Uint8Array): void;
    /** @param {number} id */
    accept(id: number): void;
    /**
     * @param {number} id
     * @param {number} flags
     * @param {Uint8Array} payload
     */
    data(id: number, flags: number, payload: Uint8Array): void;
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
     * @param {string} reason is cut when it is too long
     */
    reset(id: number, code: number, reason: string): void;
    /**
     * @param {number} type
     * @param {number} flags
     * @param {number} id
     * @param {Uint8Array} payload
     */
    frame(type: number, flags: number, id: number, payload: Uint8Array): void;
}
