export type Request = {
    kind: number;
    target: string;
    meta?: any;
    /**
     * meta as the wire has it, on streams that we open
     */
    metadata?: Uint8Array;
    key?: Uint8Array;
};
export type Open = {
    kind: number;
    target: string;
    /**
     * the JSON text, null when there is none
     */
    metadata: string | null;
    /**
     * the metadata, parsed; undefined when there is none
     */
    meta: any;
    fields: Array<{
        id: number;
        value: Uint8Array;
    }>;
    /**
     * why it has to be refused with INVALID_OPEN, empty when it has not
     */
    problem: string;
};
/**
 * What a stream is asked for with, or was.
 * @typedef {object} Request
 * @property {number} kind
 * @property {string} target
 * @property {any} [meta]
 * @property {Uint8Array} [metadata] meta as the wire has it, on streams that we open
 * @property {Uint8Array} [key]
 */
/**
 * What an OPEN asks for, as it came from the wire.
 * @typedef {object} Open
 * @property {number} kind
 * @property {string} target
 * @property {string | null} metadata the JSON text, null when there is none
 * @property {any} meta the metadata, parsed; undefined when there is none
 * @property {Array<{ id: number, value: Uint8Array }>} fields
 * @property {string} problem why it has to be refused with INVALID_OPEN, empty when it has not
 */
/**
 * @param {Uint8Array} payload of an OPEN frame
 * @returns {Open}
 */
export declare function readOpen(payload: Uint8Array): Open;
/**
 * The name that a user gave, in Unicode's normalization form C, if it can be one. At once and with a stack trace that points to the user, not after a round trip.
 * @param {unknown} name
 * @returns {string}
 */
export declare function checkName(name: unknown): string;
/**
 * @param {unknown} meta any JSON value; undefined for none
 * @returns {Uint8Array}
 */
export declare function encodeMetadata(meta: unknown): Uint8Array;
