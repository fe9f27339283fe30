import type { BrowserStream } from "./stream.js";
export type Destination = {
    /**
     * false: wait for "drain"
     */
    write: (value: any) => unknown;
    end?: () => unknown;
    destroy?: (error?: any) => unknown;
    on?: (event: any, listener: (...args: any[]) => void) => unknown;
    removeListener?: (event: any, listener: (...args: any[]) => void) => unknown;
};
/** @import { BrowserStream } from "./stream.js" */
/**
 * What a stream can be piped to: another of our streams, one of Node's, or whatever looks like them.
 * @typedef {object} Destination
 * @property {(value: any) => unknown} write false: wait for "drain"
 * @property {() => unknown} [end]
 * @property {(error?: any) => unknown} [destroy]
 * @property {(event: any, listener: (...args: any[]) => void) => unknown} [on]
 * @property {(event: any, listener: (...args: any[]) => void) => unknown} [removeListener]
 */
/**
 * @template {Destination} D
 * @param {BrowserStream} source
 * @param {D} destination
 * @param {boolean} end whether the destination ends with the source
 * @returns {D}
 */
export declare function pipe<D extends Destination>(source: BrowserStream, destination: D, end: boolean): D;
