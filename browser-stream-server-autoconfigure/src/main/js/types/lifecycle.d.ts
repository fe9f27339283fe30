export type LifecycleOwner = {
    /**
     * the network is back, or somebody looks at the page: do not wait any longer
     */
    woke: () => void;
    /**
     * the page's code will not run for a while; cached: it is in the back/forward cache
     */
    stopped: (cached: boolean) => void;
    /**
     * it runs again
     */
    resumed: () => void;
};
/** What a page hears of its own life: https://wicg.github.io/page-lifecycle, and the back/forward cache. A worker hears "online" alone. */
export declare class Lifecycle {
    #private;
    /**
     * @param {EventTarget | undefined} target the window or the worker
     * @param {LifecycleOwner} owner
     */
    constructor(target: EventTarget | undefined, owner: LifecycleOwner);
    close(): void;
}
