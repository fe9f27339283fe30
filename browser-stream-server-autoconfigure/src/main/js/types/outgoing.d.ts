import { FrameWriter } from "./writer.js";
import type { Clock } from "./clock.js";
import type { WireStream } from "./wire-stream.js";
export type OutgoingOwner = {
    /**
     * it has nothing more to send
     */
    forget: (stream: WireStream) => void;
    /**
     * the socket takes nothing
     */
    broken: () => void;
};
/**
 * @typedef {object} OutgoingOwner
 * @property {(stream: WireStream) => void} forget it has nothing more to send
 * @property {() => void} broken the socket takes nothing
 */
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
     * @param {OutgoingOwner} owner
     */
    constructor(socket: WebSocket, clock: Clock, owner: OutgoingOwner);
    /**
     * Whether nobody waits for a turn and the socket has room, so that what is written now may go into the next WebSocket message at once,
     * without being copied a second time. Only as much as the socket holds anyway: in a while it is another's turn.
     */
    get free(): boolean;
    /**
     * A DATA frame, past the turns: only when it is `free`.
     * @param {number} id
     * @param {number} flags
     * @param {Uint8Array} payload
     */
    pass(id: number, flags: number, payload: Uint8Array): void;
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
