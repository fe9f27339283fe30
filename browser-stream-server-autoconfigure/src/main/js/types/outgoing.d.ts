import { FrameWriter } from "./writer.js";
import type { Clock } from "./clock.js";
import type { WireStream } from "./wire-stream.js";
/**
 * The way out of a connection: frames that were written in one turn of the event loop leave in one WebSocket message, and streams that
 * have much to say take turns by bytes.
 */
export declare class Outgoing {
    #private;
    writer: FrameWriter;
    /**
     * @param {WebSocket} socket that is open
     * @param {Clock} clock
     * @param {(stream: WireStream) => void} forget
     */
    constructor(socket: WebSocket, clock: Clock, forget: (stream: WireStream) => void);
    /** Something was written: it leaves at the end of this turn of the event loop. */
    changed(): void;
    /** @param {WireStream} stream */
    ready(stream: WireStream): void;
    /** @param {WireStream} stream */
    forget(stream: WireStream): void;
    /**
     * Answers a PING when the socket has room. Only the newest: a relay that asks faster than it reads must not fill our memory.
     * @param {Uint8Array} payload
     */
    answer(payload: Uint8Array): void;
    /** The PING behind the data was answered, so the data has left. */
    answered(): void;
    /** Sends what can be sent now. */
    flush(): void;
    /** Nothing is sent from now on. */
    stop(): void;
}
