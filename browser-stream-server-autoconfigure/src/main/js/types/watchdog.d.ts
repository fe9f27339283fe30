import type { Clock } from "./clock.js";
/**
 * Notices when nothing was heard for too long. In two steps: a page that was frozen finds its timer due before the messages that came
 * meanwhile, so the first alarm only makes it wait a little longer for them.
 */
export declare class Watchdog {
    #private;
    /**
     * @param {Clock} clock
     * @param {() => void} silent
     */
    constructor(clock: Clock, silent: () => void);
    /** @param {number} limit in milliseconds */
    start(limit: number): void;
    /** Cheap: the timer runs on, and looks how long ago this was. */
    heard(): void;
    stop(): void;
}
