/**
 * First in, first out. Array.shift would move all other items each time.
 * @template T
 */
export declare class Queue<T> {
    #private;
    get empty(): boolean;
    /** @returns {T | undefined} the oldest, which stays */
    peek(): T | undefined;
    /** @param {T} item */
    push(item: T): void;
    /** @returns {T | undefined} the oldest, which goes */
    shift(): T | undefined;
    clear(): void;
}
