import type { StreamError } from "./errors.js";
export type WireStreamOwner = {
    accepted: () => void;
    /**
     * the cost is to be given to `release` when the page took the message
     */
    message: (value: any, cost: number) => void;
    /**
     * whether it would take the next message at once
     */
    wantsMore: () => boolean;
    /**
     * the other side sends no more
     */
    ended: () => void;
    /**
     * less is buffered than before
     */
    sent: () => void;
    /**
     * everything is sent, the end as well
     */
    finished: () => void;
    closed: (error: StreamError | undefined) => void;
};
/** @import { StreamError } from "./errors.js" */
/**
 * Is told what happens to a stream. `closed` comes last, once, and not after the owner's own `reset`.
 * @typedef {object} WireStreamOwner
 * @property {() => void} accepted
 * @property {(value: any, cost: number) => void} message the cost is to be given to `release` when the page took the message
 * @property {() => boolean} wantsMore whether it would take the next message at once
 * @property {() => void} ended the other side sends no more
 * @property {() => void} sent less is buffered than before
 * @property {() => void} finished everything is sent, the end as well
 * @property {(error: StreamError | undefined) => void} closed
 */
/** Where nobody cares. @type {WireStreamOwner} */
export declare const NOBODY: WireStreamOwner;
