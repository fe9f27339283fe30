import { Emitter } from "./emitter.js";
import { asyncDispose } from "./web-streams.js";
import type { StreamSettings } from "./options.js";
import type { Destination } from "./pipe.js";
import type { WireStream } from "./wire-stream.js";
export type StreamEvents = {
    /**
     * the host has taken the stream
     */
    open: [];
    /**
     * a message: a Uint8Array, a string, or the JSON value that was written. Nobody else has the array's buffer; that of
     * a message of more than 16 KiB may be longer than the message
     */
    data: [value: any];
    /**
     * the other side writes no more, and everything that it wrote has been delivered
     */
    end: [];
    /**
     * everything that was written, and the end, has been sent
     */
    finish: [];
    /**
     * `write` may go on after it returned false
     */
    drain: [];
    /**
     * a StreamError, unless it is what `destroy` was given; "close" follows
     */
    error: [error: any];
    /**
     * comes once, and last
     */
    close: [];
};
/** @import { StreamSettings } from "./options.js" */
/** @import { Destination } from "./pipe.js" */
/** @import { WireStream } from "./wire-stream.js" */
/**
 * @typedef {object} StreamEvents
 * @property {[]} open the host has taken the stream
 * @property {[value: any]} data a message: a Uint8Array, a string, or the JSON value that was written. Nobody else has the array's buffer; that of
 *   a message of more than 16 KiB may be longer than the message
 * @property {[]} end the other side writes no more, and everything that it wrote has been delivered
 * @property {[]} finish everything that was written, and the end, has been sent
 * @property {[]} drain `write` may go on after it returned false
 * @property {[error: any]} error a StreamError, unless it is what `destroy` was given; "close" follows
 * @property {[]} close comes once, and last
 */
/**
 * A stream of messages between a client and a host, in both directions. What one side writes in one `write`, the other side gets as one
 * "data" event, of the same kind.
 *
 * Messages are held until somebody listens to "data" (or calls `resume`, or reads in another way), and the other side is told to
 * wait meanwhile. Errors come as "error" and then "close"; an error that nobody listens to goes to the console and does no further harm.
 *
 * @extends {Emitter<StreamEvents>}
 */
export declare class BrowserStream extends Emitter<StreamEvents> {
    #private;
    /** The name that the client connected to. @type {string} */
    name: string;
    /** What the client gave as metadata, undefined when it gave none. @type {any} */
    meta: any;
    /**
     * Made by StreamClient and StreamServer.
     * @param {WireStream} wire
     * @param {StreamSettings} settings
     */
    constructor(wire: WireStream, settings: StreamSettings);
    /** Bytes that were written but not yet sent. */
    get bufferedAmount(): number;
    /** Whether "end" was emitted. */
    get readableEnded(): boolean;
    /** Whether `end` was called. */
    get writableEnded(): boolean;
    /** Whether everything that was written, and the end, has been sent. */
    get writableFinished(): boolean;
    /** Whether the stream is closed: nothing can be read or written any more. */
    get destroyed(): boolean;
    /** What the stream ended with, undefined when it has not ended or has ended well. */
    get errored(): unknown;
    /**
     * Sends a message: a string, bytes (an ArrayBuffer, a typed array, a Blob), or any other JSON value. Bytes are copied at once, but a
     * Blob is read while it is sent, and is never in memory as a whole.
     *
     * Writing may begin at once; what is written before the stream is open is kept. On a stream that is closed it does nothing.
     *
     * @param {any} value
     * @returns {boolean} false when much is waiting to be sent: wait for "drain" before writing more
     * @throws {TypeError} when it is none of these values
     */
    write(value: any): boolean;
    /**
     * Ends our direction, behind all that was written. The other side may go on writing. A second call has no effect.
     * @param {any} [value] is written before
     * @returns {this}
     */
    end(value?: any): this;
    /**
     * Closes both directions at once; what is under way is lost. The other side gets the error CANCELLED, or the code of a StreamError.
     * "error" is emitted if there is an error, and "close". On a stream that is closed it has no effect.
     * @param {unknown} [error] its message is what the other side gets to read
     * @returns {this}
     */
    destroy(error?: unknown): this;
    /**
     * No more "data" until `resume`. The other side is told to wait when the window is full.
     * @returns {this}
     */
    pause(): this;
    /**
     * Messages flow from now on, also if nobody listens to them.
     * @returns {this}
     */
    resume(): this;
    /**
     * Writes all that comes to another stream, at the speed that it takes it.
     * @template {Destination} D
     * @param {D} destination
     * @param {{ end?: boolean }} [options] end: whether the destination ends with this stream (true)
     * @returns {D} the destination
     */
    pipe<D extends Destination>(destination: D, options?: {
        end?: boolean;
    }): D;
    /** What comes, as a Web Stream. It asks for a message only when it is read. */
    get readable(): ReadableStream<any>;
    /** What goes, as a Web Stream. */
    get writable(): WritableStream<any>;
    /** Leaving the loop before the end destroys the stream. @returns {AsyncGenerator<any, void, undefined>} */
    [Symbol.asyncIterator](): AsyncGenerator<any, void, undefined>;
    /** For `await using`. */
    [asyncDispose](): Promise<void>;
    /**
     * @template {keyof StreamEvents} K
     * @param {K} event
     * @param {(...args: StreamEvents[K]) => void} listener
     * @returns {this}
     */
    on<K extends keyof StreamEvents>(event: K, listener: (...args: StreamEvents[K]) => void): this;
    /**
     * @template {keyof StreamEvents} K
     * @param {K} event
     * @param {(...args: StreamEvents[K]) => void} listener
     * @returns {this}
     */
    removeListener<K extends keyof StreamEvents>(event: K, listener: (...args: StreamEvents[K]) => void): this;
}
