export type AnyListener = (...args: any[]) => void;
/** @typedef {(...args: any[]) => void} AnyListener */
/**
 * Events as in Node, as far as the original's users know them. A listener that throws is reported and hurts nobody else: neither the
 * other listeners nor the connection that the event came from.
 * @template {{ [K in keyof Events]: any[] }} Events names of the events, and what their listeners are given
 */
export declare class Emitter<Events extends {
    [K in keyof Events]: any[];
}> {
    #private;
    /**
     * @template {keyof Events} K
     * @param {K} event
     * @param {(...args: Events[K]) => void} listener
     * @returns {this}
     */
    on<K extends keyof Events>(event: K, listener: (...args: Events[K]) => void): this;
    /**
     * @template {keyof Events} K
     * @param {K} event
     * @param {(...args: Events[K]) => void} listener
     * @returns {this}
     */
    addListener<K extends keyof Events>(event: K, listener: (...args: Events[K]) => void): this;
    /**
     * @template {keyof Events} K
     * @param {K} event
     * @param {(...args: Events[K]) => void} listener
     * @returns {this}
     */
    once<K extends keyof Events>(event: K, listener: (...args: Events[K]) => void): this;
    /**
     * @template {keyof Events} K
     * @param {K} event
     * @param {(...args: Events[K]) => void} listener
     * @returns {this}
     */
    removeListener<K extends keyof Events>(event: K, listener: (...args: Events[K]) => void): this;
    /**
     * @template {keyof Events} K
     * @param {K} event
     * @param {(...args: Events[K]) => void} listener
     * @returns {this}
     */
    off<K extends keyof Events>(event: K, listener: (...args: Events[K]) => void): this;
    /**
     * @param {keyof Events} event
     * @returns {number}
     */
    listenerCount(event: keyof Events): number;
    /**
     * An "error" that nobody listens to goes to the console. It does not end the page or the process.
     * @template {keyof Events} K
     * @param {K} event
     * @param {Events[K]} args
     * @returns {boolean} whether anybody listened
     */
    emit<K extends keyof Events>(event: K, ...args: Events[K]): boolean;
}
/**
 * Shows what a user's callback threw, as the page shows what its own listeners throw.
 * @param {unknown} error
 */
export declare function report(error: unknown): void;
