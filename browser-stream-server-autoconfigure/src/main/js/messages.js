// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import * as Flag from "./frame-flags.js";
import { BLOB_SLICE } from "./limits.js";
import * as Kind from "./message-kinds.js";
import { borrowUtf8, EMPTY } from "./utf8.js";

/** A message on its way out: gives its bytes away part by part. Those of a Blob are read as they are asked for. */
export class OutgoingMessage {
  #blob;
  #size;
  /** Whether nothing of the Blob was read. */
  #unread;

  /** Bytes that can be taken. At first they are the page's, and only valid until `write` returns. */
  chunk;
  /** Bytes that were not taken. */
  left;

  /**
   * @param {number} kind
   * @param {Uint8Array} bytes
   * @param {Blob} [blob] instead of the bytes
   */
  constructor(kind, bytes, blob) {
    this.kind = kind;
    this.chunk = bytes;
    this.#blob = blob;
    this.#unread = blob !== undefined;
    this.#size = blob ? blob.size : bytes.length;
    this.left = this.#size;
  }

  /** Whether `take` can go on, or `load` has to come first: also for an empty Blob, which may be a file that is gone. */
  get ready() {
    return this.chunk.length > 0 || (this.left === 0 && !this.#unread);
  }

  /** Whether the last part was taken, if one was. */
  get done() {
    return this.left === 0;
  }

  /**
   * @param {number} room bytes of payload that credit allows, negative for no frame at all
   * @returns {boolean} whether that is enough for a part
   */
  fits(room) {
    return room >= Math.min(this.left, 1);
  }

  /**
   * @param {number} limit in bytes
   * @returns {{ flags: number, payload: Uint8Array }} the next part, as a DATA frame has it
   */
  take(limit) {
    const payload = this.chunk.length <= limit ? this.chunk : this.chunk.subarray(0, limit);
    const first = this.left === this.#size ? Flag.FIRST : 0;
    this.chunk = payload === this.chunk ? EMPTY : this.chunk.subarray(limit);
    this.left -= payload.length;
    return { flags: first | (this.done ? Flag.LAST : 0) | this.kind, payload };
  }

  /** Reads the next slice of the Blob. Rejects when it cannot be read, for example because the file has changed. */
  async load() {
    const blob = /** @type {Blob} */ (this.#blob);
    const start = this.#size - this.left;
    // A whole one, if it is empty: of a slice of nothing no browser would look at the file.
    const part = this.#size === 0 ? blob : blob.slice(start, start + BLOB_SLICE);
    const chunk = new Uint8Array(await part.arrayBuffer());
    if (chunk.length !== Math.min(this.left, BLOB_SLICE)) throw new Error("it is not as long as it was");
    this.#unread = false;
    this.chunk = chunk;
  }
}

/**
 * @param {unknown} value a string, an ArrayBuffer or a view on one, a Blob, or anything that JSON can say
 * @returns {OutgoingMessage} its bytes are not copied yet
 * @throws {TypeError} when it is none of them
 */
export function encodeMessage(value) {
  if (typeof value === "string") return new OutgoingMessage(Kind.TEXT, borrowUtf8(value));
  const bytes = view(value);
  if (bytes) return new OutgoingMessage(Kind.BINARY, bytes);
  if (isBlob(value)) return new OutgoingMessage(Kind.BINARY, EMPTY, /** @type {Blob} */ (value));
  return new OutgoingMessage(Kind.JSON, borrowUtf8(toJson(value, "a message")));
}

/**
 * @param {unknown} value
 * @returns {Uint8Array | undefined} the same bytes, undefined when they are none
 */
function view(value) {
  if (value instanceof Uint8Array && value.length > 0) return value;
  // Throws on a buffer that was transferred away, of which only an empty view is left.
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer).subarray(value.byteOffset, value.byteOffset + value.byteLength);
  return tagOf(value).endsWith("ArrayBuffer]") ? new Uint8Array(/** @type {ArrayBuffer} */ (value)) : undefined;
}

/** @param {unknown} value */
function isBlob(value) {
  const tag = tagOf(value);
  return tag === "[object Blob]" || tag === "[object File]";
}

/**
 * What a value is, also if it comes from another frame of the page and so from another class of the same name.
 * @param {unknown} value
 * @returns {string}
 */
export function tagOf(value) {
  return Object.prototype.toString.call(value);
}

/**
 * @param {unknown} value
 * @param {string} what it is, for the error
 * @returns {string}
 */
export function toJson(value, what) {
  const json = JSON.stringify(value);
  // Of NaN, an invalid Date and the like JSON.stringify makes null, and the other side would never know.
  const lost = json === "null" && value !== null;
  if (json === undefined || lost) throw new TypeError(`${what} cannot be ${lost ? String(value) : typeof value}: it is nothing that JSON can say`);
  return json;
}
