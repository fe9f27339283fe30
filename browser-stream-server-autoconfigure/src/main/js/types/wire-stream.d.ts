import { StreamError } from "./errors.js";
import type { ErrorName } from "./errors.js";
import type { OutgoingMessage } from "./messages.js";
import type { Request } from "./open.js";
import type { Outgoing } from "./outgoing.js";
import type { WireStreamOwner } from "./wire-owner.js";
/** What a stream takes before it is accepted: whoever accepts it knows better. */
declare const INITIAL_LIMITS: {
    window: number;
    maxMessageSize: number;
};
/**
 * One end of a stream on the wire: its state, its windows and its messages. It exists before it has a connection, so that what is
 * written early is kept, but it is never moved to a second one.
 */
export declare class WireStream {
    #private;
    request: Request;
    id: number;
    /** @type {WireStreamOwner} */
    owner: WireStreamOwner;
    /** Called when the stream is reset before it had a connection. */
    abandoned: () => void;
    /**
     * @param {Request} request
     * @param {typeof INITIAL_LIMITS} [limits]
     */
    constructor(request: Request, limits?: typeof INITIAL_LIMITS);
    get closed(): boolean;
    get buffered(): number;
    /** @param {OutgoingMessage} message */
    send(message: OutgoingMessage): void;
    /** Ends our direction, behind all that was sent. */
    end(): void;
    /**
     * Closes both directions at once. The owner is not told.
     * @param {ErrorName} code
     * @param {string} reason
     */
    reset(code: ErrorName, reason: string): void;
    /**
     * Takes a stream that was offered.
     * @param {typeof INITIAL_LIMITS} limits
     */
    accept(limits: typeof INITIAL_LIMITS): void;
    /** @param {number} cost of a message that the page took */
    release(cost: number): void;
    /** Gives back what the parts of an unfinished message cost: the owner wants more of it. */
    releaseStored(): void;
    /**
     * @param {Outgoing} carrier
     * @param {number} id
     */
    open(carrier: Outgoing, id: number): void;
    /**
     * @param {Outgoing} carrier
     * @param {number} id that the relay chose
     */
    offered(carrier: Outgoing, id: number): void;
    /**
     * Sends frames, at most as many as are fair.
     * @returns {boolean} whether more could be sent at once
     */
    takeTurn(): boolean;
    /**
     * The stream is at its end, or with its connection. The owner is told.
     * @param {StreamError | undefined} error undefined when nothing went wrong
     */
    close(error: StreamError | undefined): void;
    /**
     * A rule was broken that costs this stream.
     * @param {ErrorName} code
     * @param {string} reason
     */
    abort(code: ErrorName, reason: string): void;
    receiveAccept(): void;
    /**
     * @param {number} flags
     * @param {Uint8Array} payload
     * @param {number} whole
     */
    receiveData(flags: number, payload: Uint8Array, whole: number): void;
    /** @param {number} bytes */
    receiveCredit(bytes: number): void;
    receiveEnd(): void;
    /**
     * @param {number} number
     * @param {string} reason
     */
    receiveReset(number: number, reason: string): void;
}
export {};
