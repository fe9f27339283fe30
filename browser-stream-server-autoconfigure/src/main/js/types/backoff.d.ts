/** How long to wait before the next try: exponential, with full jitter so that the tabs of a restarted application do not come all at once. */
export declare class Backoff {
    #private;
    /** @param {() => number} random 0 to 1 */
    constructor(random: () => number);
    /** Tries since the last reset. */
    get tries(): number;
    /** @returns {number} milliseconds */
    next(): number;
    reset(): void;
}
