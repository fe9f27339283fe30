import type { OutgoingMessage } from "./messages.js";
/** @import { Copy } from "./blocks.js" */
/** @import { OutgoingMessage } from "./messages.js" */
/** Messages of one stream that wait to be sent, in order. Bytes are copied, so that the page may use its own again. */
export declare class Outbox {
    #private;
    /** Bytes that wait, and what each message costs beside its bytes, so that empty messages count as well. */
    buffered: number;
    get empty(): boolean;
    /** @param {OutgoingMessage} message or what is left of it */
    push(message: OutgoingMessage): void;
    /**
     * @param {number} room bytes of payload that credit allows, negative for no frame at all
     * @param {(error?: unknown) => void} loaded is called later when a Blob had to be read first
     * @returns {{ flags: number, payload: Uint8Array } | undefined} the next frame, valid until the next call; undefined when there can be none now
     */
    next(room: number, loaded: (error?: unknown) => void): {
        flags: number;
        payload: Uint8Array;
    } | undefined;
    clear(): void;
}
