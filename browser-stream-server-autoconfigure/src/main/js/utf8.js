// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

export const EMPTY = new Uint8Array(0);

const encoder = new TextEncoder();
// ignoreBOM, oddly, keeps a byte order mark: it is a character like any other here.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * @param {string} text lone surrogates become U+FFFD, as everywhere on the web
 * @returns {Uint8Array}
 */
export function encodeUtf8(text) {
  return encoder.encode(text);
}

/** Where short texts are encoded: to get fresh memory for each costs more than the rest of a write. */
const scratch = new Uint8Array(48 * 1024);

/**
 * @param {string} text
 * @returns {Uint8Array} only valid until the next call
 */
export function borrowUtf8(text) {
  // A UTF-16 code unit has at most three bytes.
  if (3 * text.length > scratch.length) return encodeUtf8(text);
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

/**
 * @param {Uint8Array} bytes
 * @returns {string | undefined} undefined when they are not UTF-8
 */
export function decodeUtf8(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * As much of a text as fits, in whole characters.
 * @param {string} text
 * @param {number} limit in bytes
 * @returns {Uint8Array}
 */
export function encodeAtMost(text, limit) {
  const bytes = new Uint8Array(limit);
  return bytes.subarray(0, encoder.encodeInto(text, bytes).written);
}
