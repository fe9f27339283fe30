declare class Block {
    bytes: Uint8Array<ArrayBuffer>;
    used: number;
    users: number;
}
/** Copies of bytes that wait, close together in few blocks. They go in the order in which they came. */
export declare class Blocks {
    #private;
    /**
     * @param {Uint8Array} bytes
     * @returns {Copy}
     */
    copy(bytes: Uint8Array): Copy;
    /** @param {Copy} copy that nobody reads any more */
    free({ block }: Copy): void;
}
export type Copy = {
    bytes: Uint8Array;
    /**
     * that they are in
     */
    block: Block | undefined;
};
export {};
/**
 * @typedef {object} Copy
 * @property {Uint8Array} bytes
 * @property {Block | undefined} block that they are in
 */
