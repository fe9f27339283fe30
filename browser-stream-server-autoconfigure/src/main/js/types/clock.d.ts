export type Clock = {
    setTimeout: (callback: () => void, ms: number) => any;
    clearTimeout: (timer: any) => void;
    /**
     * in milliseconds
     */
    now: () => number;
    /**
     * 0 to 1
     */
    random: () => number;
};
/**
 * Time and chance. Passed in so that tests need to wait for neither.
 * @typedef {object} Clock
 * @property {(callback: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} now in milliseconds
 * @property {() => number} random 0 to 1
 */
/** @type {Clock} */
export declare const systemClock: Clock;
