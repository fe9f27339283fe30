/**
 * @param {string} text lone surrogates become U+FFFD, as everywhere on the web
 * @returns {Uint8Array}
 */
export declare function encodeUtf8(text: string): Uint8Array;
/**
 * @param {string} text
 * @returns {Uint8Array} only valid until the next call
 */
export declare function borrowUtf8(text: string): Uint8Array;
/**
 * @param {Uint8Array} bytes
 * @returns {string | undefined} undefined when they are not UTF-8
 */
export declare function decodeUtf8(bytes: Uint8Array): string | undefined;
/**
 * As much of a text as fits, in whole characters.
 * @param {string} text
 * @param {number} limit in bytes
 * @returns {Uint8Array}
 */
export declare function encodeAtMost(text: string, limit: number): Uint8Array;
