export type StreamOptions = {
    /**
     * bytes that the other side may send before the page has taken them (2 MiB): at first 256 KiB, and more while the page takes them at once
     */
    window?: number;
    /**
     * bytes of the largest message that is received; a larger one resets the stream with LIMIT (256 MiB)
     */
    maxMessageSize?: number;
    /**
     * bytes that may wait to be sent before `write` returns false (256 KiB)
     */
    highWaterMark?: number;
    /**
     * whether we may go on writing when the other side has ended (true)
     */
    allowHalfOpen?: boolean;
};
export type StreamSettings = Required<StreamOptions>;
/**
 * What can be set for one stream or, in `boot`, for all.
 * @typedef {object} StreamOptions
 * @property {number} [window] bytes that the other side may send before the page has taken them (2 MiB): at first 256 KiB, and more while the page takes them at once
 * @property {number} [maxMessageSize] bytes of the largest message that is received; a larger one resets the stream with LIMIT (256 MiB)
 * @property {number} [highWaterMark] bytes that may wait to be sent before `write` returns false (256 KiB)
 * @property {boolean} [allowHalfOpen] whether we may go on writing when the other side has ended (true)
 */
/** @typedef {Required<StreamOptions>} StreamSettings */
/** @type {StreamSettings} */
export declare const DEFAULTS: StreamSettings;
/**
 * @param {StreamOptions} options
 * @param {StreamSettings} defaults
 * @returns {StreamSettings}
 */
export declare function streamSettings(options: StreamOptions, defaults: StreamSettings): StreamSettings;
/**
 * @param {number} value
 * @param {string} name of the option
 * @param {number} least
 * @param {number} most
 * @returns {number}
 */
export declare function wholeNumber(value: number, name: string, least: number, most: number): number;
