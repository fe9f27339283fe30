/**
 * Messages of one stream that the page has not taken yet. It begins neither flowing nor paused: messages are held until somebody
 * listens, and so is the end, as whoever listens later would otherwise miss it.
 */
export declare class Inbox {
    #private;
    /** Whether the end is known. */
    ending: boolean;
    /** Whether the end was delivered. */
    ended: boolean;
    /**
     * @param {object} owner
     * @param {(value: any) => void} owner.deliver
     * @param {(cost: number) => void} owner.release a message was taken
     * @param {() => void} owner.drained no message is left, and more are wanted
     * @param {() => void} owner.end
     * @param {() => boolean} owner.hears whether anybody would hear the end
     */
    constructor(owner: {
        deliver: (value: any) => void;
        release: (cost: number) => void;
        drained: () => void;
        end: () => void;
        hears: () => boolean;
    });
    /** True, false when paused, undefined when nobody has asked for either. */
    get flowing(): boolean | undefined;
    /** Whether the next message would be taken at once. */
    get wantsMore(): boolean;
    /**
     * @param {any} value
     * @param {number} cost
     */
    push(value: any, cost: number): void;
    /** No more messages will come. */
    end(): void;
    flow(): void;
    pause(): void;
    /** Back to holding until somebody listens. */
    hold(): void;
    /** Delivers what can be delivered, in a microtask so that whoever attaches several listeners has attached them all. */
    wake(): void;
    /** Drops what is held, and the end. */
    clear(): void;
}
