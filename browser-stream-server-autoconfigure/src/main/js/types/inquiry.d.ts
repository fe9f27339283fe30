import { StreamError } from "./errors.js";
import type { Clock } from "./clock.js";
import type { ErrorName } from "./errors.js";
export type Answer = {
    /**
     * that the handshake gets too; 302 stands for every redirect
     */
    status: number;
    /**
     * whether the stream server itself answered, and not a proxy, a login or another application
     */
    ours?: boolean;
    /**
     * only if it is ours
     */
    code?: ErrorName;
    /**
     * only if it is ours
     */
    message?: string;
};
export type Fetch = (uri: string, init: RequestInit) => Promise<Response>;
/**
 * What was answered over HTTP.
 * @typedef {object} Answer
 * @property {number} status that the handshake gets too; 302 stands for every redirect
 * @property {boolean} [ours] whether the stream server itself answered, and not a proxy, a login or another application
 * @property {ErrorName} [code] only if it is ours
 * @property {string} [message] only if it is ours
 */
/** @typedef {(uri: string, init: RequestInit) => Promise<Response>} Fetch */
/**
 * Asks the application over HTTP what a handshake would get (docs/protocol.md, section 1): a browser does not tell a page why its handshake was
 * refused, and Firefox delays new WebSockets after failed ones, but no requests.
 */
export declare class Inquiry {
    #private;
    /** Whether the page's Content-Security-Policy allows no requests, as it may while it allows WebSockets. */
    blind: boolean;
    /**
     * @param {string} uri ws: or wss:
     * @param {Fetch} fetch
     * @param {Clock} clock
     * @param {EventTarget | undefined} events where "securitypolicyviolation" is heard
     */
    constructor(uri: string, fetch: Fetch, clock: Clock, events: EventTarget | undefined);
    /** Whether no answer means that nothing is there. */
    get decisive(): boolean;
    /**
     * @param {string} [token] with which the handshake was made
     * @returns {Promise<Answer | undefined>} undefined when nothing answered
     */
    ask(token?: string): Promise<Answer | undefined>;
    close(): void;
}
/**
 * @param {Answer} answer
 * @returns {boolean} whether a handshake is of no use now: the application is not there yet, or takes nobody
 */
export declare function isAway({ status, ours }: Answer): boolean;
/**
 * Why there is no connection.
 * @param {Answer | undefined} answer
 * @param {string} uri
 * @returns {StreamError}
 */
export declare function refusal(answer: Answer | undefined, uri: string): StreamError;
