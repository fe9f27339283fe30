// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { WireError } from "./errors.js";
import { Flag, Kind } from "./frames.js";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";

/** Bytes of a Blob that are in memory at once while it is sent. */
const BLOB_SLICE = 256 * 1024;

/** Bytes: the first and the largest block of a message that is being assembled. */
const FIRST_BLOCK = 16 * 1024;
const LARGEST_BLOCK = 1024 * 1024;

/** A message on its way out: gives its bytes away part by part. Those of a Blob are read as they are asked for. */
export class OutgoingMessage {
  #chunk;
  #blob;
  #given = 0;

  /**
   * @param {number} kind
   * @param {Uint8Array} bytes
   * @param {Blob} [blob] instead of the bytes
   */
  constructor(kind, bytes, blob) {
    this.kind = kind;
    this.size = blob ? blob.size : bytes.length;
    this.#chunk = bytes;
    this.#blob = blob;
  }

  /** Whether `take` can go on, or `load` has to come first. */
  get ready() {
    return this.#chunk.length > 0 || this.#given === this.size;
  }

  /** Whether the last part was taken. */
  get done() {
    return this.#given === this.size;
  }

  /**
   * @param {number} limit in bytes
   * @returns {{ flags: number, payload: Uint8Array }} the next part, as a DATA frame has it
   */
  take(limit) {
    const payload = this.#chunk.subarray(0, limit);
    const first = this.#given === 0 ? Flag.FIRST : 0;
    this.#chunk = this.#chunk.subarray(payload.length);
    this.#given += payload.length;
    return { flags: first | (this.done ? Flag.LAST : 0) | this.kind, payload };
  }

  /** Reads the next slice of the Blob. Rejects when it cannot be read, for example because the file has changed. */
  async load() {
    const slice = /** @type {Blob} */ (this.#blob).slice(this.#given, this.#given + BLOB_SLICE);
    this.#chunk = new Uint8Array(await slice.arrayBuffer());
    if (this.#chunk.length === 0) throw new Error("the Blob is shorter than it was");
  }
}

/**
 * @param {unknown} value a string, an ArrayBuffer or a view on one, a Blob, or anything that JSON can say
 * @returns {OutgoingMessage}
 * @throws {TypeError} when it is none of them
 */
export function encodeMessage(value) {
  if (typeof value === "string") return new OutgoingMessage(Kind.TEXT, encodeUtf8(value));
  const bytes = copyBytes(value);
  if (bytes) return new OutgoingMessage(Kind.BINARY, bytes);
  if (isBlob(value)) return new OutgoingMessage(Kind.BINARY, new Uint8Array(0), /** @type {Blob} */ (value));
  return new OutgoingMessage(Kind.JSON, encodeUtf8(toJson(value, "a message")));
}

/**
 * @param {unknown} value
 * @returns {Uint8Array | undefined} a copy, so that the writer may use its buffer again at once
 */
function copyBytes(value) {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  const tag = tagOf(value);
  if (tag !== "[object ArrayBuffer]" && tag !== "[object SharedArrayBuffer]") return undefined;
  return new Uint8Array(/** @type {ArrayBuffer} */ (value)).slice();
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

/**
 * Puts frames together again. Stores bytes in blocks and not frame by frame, so that a message in a million frames of a byte costs no
 * more than one in a few large ones, and copies each byte twice at most.
 */
export class Assembler {
  #limit;
  /** Kind of the message that has begun, -1 between messages. */
  #kind = -1;
  #size = 0;
  /** @type {Uint8Array[]} all full but the last */
  #blocks = [];
  /** Bytes used of the last block. */
  #used = 0;

  /** @param {number} limit bytes of the largest message */
  constructor(limit) {
    this.#limit = limit;
  }

  /** Whether a message has begun and not ended. */
  get inside() {
    return this.#kind >= 0;
  }

  /**
   * @param {number} flags
   * @param {Uint8Array} payload
   * @returns {{ value: any } | undefined} the message that is complete now
   */
  push(flags, payload) {
    const kind = flags & Flag.KIND;
    const first = (flags & Flag.FIRST) !== 0;
    const last = (flags & Flag.LAST) !== 0;
    if (kind === Flag.KIND) throw broken("a message of an unknown kind");
    if (first === this.inside) throw broken(first ? "a message begins inside another" : "a part of a message that did not begin");
    if (!first && kind !== this.#kind) throw broken("a message changes its kind");
    if (this.#size + payload.length > this.#limit) throw new WireError("LIMIT", `a message of more than ${this.#limit} bytes`, "stream");
    if (first && last) return { value: decode(kind, payload) };
    this.#kind = kind;
    this.#store(payload);
    if (!last) return undefined;
    const whole = this.#join();
    this.clear();
    return { value: decode(kind, whole, true) };
  }

  /** Forgets what was stored. */
  clear() {
    this.#kind = -1;
    this.#size = 0;
    this.#blocks = [];
    this.#used = 0;
  }

  /** @param {Uint8Array} payload */
  #store(payload) {
    this.#size += payload.length;
    for (let rest = payload; rest.length > 0; ) {
      let block = this.#blocks.at(-1);
      if (!block || this.#used === block.length) {
        block = new Uint8Array(block ? Math.min(2 * block.length, LARGEST_BLOCK) : FIRST_BLOCK);
        this.#blocks.push(block);
        this.#used = 0;
      }
      const part = rest.subarray(0, block.length - this.#used);
      block.set(part, this.#used);
      this.#used += part.length;
      rest = rest.subarray(part.length);
    }
  }

  #join() {
    const whole = new Uint8Array(this.#size);
    let at = 0;
    for (const block of this.#blocks) {
      const part = block.subarray(0, this.#size - at);
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

/**
 * @param {number} kind
 * @param {Uint8Array} bytes
 * @param {boolean} [owned] whether nobody else has them
 * @returns {any}
 */
function decode(kind, bytes, owned = false) {
  if (kind === Kind.BINARY) return owned ? bytes : bytes.slice();
  const text = decodeUtf8(bytes);
  if (text === undefined) throw broken("a text that is not UTF-8");
  if (kind === Kind.TEXT) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw broken("a JSON message that is not JSON");
  }
}

/** @param {string} message */
function broken(message) {
  return new WireError("PROTOCOL_ERROR", message, "stream");
}
