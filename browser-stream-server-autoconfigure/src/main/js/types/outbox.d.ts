import type { OutgoingMessage } from "./messages.js";
/** @import { OutgoingMessage } from "./messages.js" */
/** Messages of one stream that wait to be sent, in order. */
export declare class Outbox {
    #private;
    /** Bytes that wait, and what each message costs beside its bytes, so that empty messages count as well. */
    buffered: number;
    get empty(): boolean;
    /** @param {OutgoingMessage} message */
    push(message: OutgoingMessage): void;
    /**
     * @param {number} room bytes of payload that credit allows, negative for no frame at all
     * @param {(error?: unknown) => void} loaded is called later when a Blob had to be read first
     * @returns {{ flags: number, payload: Uint8Array } | undefined} the next frame, undefined when there can be none now
     */
    next(room: number, loaded: (error?: unknown) => void): {
        flags: number;
        payload: Uint8Array;
    } | undefined;
    clear(): void;
}
