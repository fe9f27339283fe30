// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Flag, Kind } from "./frames.js";
import { borrowUtf8 } from "./utf8.js";

/** Bytes of a Blob that are in memory at once while it is sent. */
const BLOB_SLICE = 256 * 1024;

const EMPTY = new Uint8Array(0);

/** A message on its way out: gives its bytes away part by part. Those of a Blob are read as they are asked for. */
export class OutgoingMessage {
  #blob;
  #size;

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
    this.#size = blob ? blob.size : bytes.length;
    this.left = this.#size;
  }

  /** Whether `take` can go on, or `load` has to come first. */
  get ready() {
    return this.chunk.length > 0 || this.left === 0;
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
    const slice = /** @type {Blob} */ (this.#blob).slice(this.#size - this.left, this.#size - this.left + BLOB_SLICE);
    this.chunk = new Uint8Array(await slice.arrayBuffer());
    if (this.chunk.length === 0) throw new Error("the Blob is shorter than it was");
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
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const tag = tagOf(value);
  if (tag !== "[object ArrayBuffer]" && tag !== "[object SharedArrayBuffer]") return undefined;
  return new Uint8Array(/** @type {ArrayBuffer} */ (value));
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
function tagOf(value) {
  return Object.prototype.toString.call(value);
}

/**
 * @param {unknown} value
 * @param {string} what it is, for the error
 * @returns {string}
 */
export function toJson(value, what) {
  // JSON.stringify would make null of them, and the other side would never know.
  const lost = typeof value === "number" && !Number.isFinite(value);
  const json = lost ? undefined : JSON.stringify(value);
  if (json === undefined) throw new TypeError(`${what} cannot be ${lost ? value : typeof value}: it is nothing that JSON can say`);
  return json;
}
