// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** Workers that share the files among them: enough to keep two directions apart, and not the whole machine. */
const MAX_WORKERS = 2;

/** Bytes that are sent to a worker at once. */
const BATCH = 1024 * 1024;

/** Bytes that may wait for a worker before the other side has to. */
const MAX_WAITING = 8 * 1024 * 1024;

/** Hashers that wait for answers. @type {Map<number, Hasher>} */
const hashers = new Map();

const pool = new Array(Math.max(1, Math.min(MAX_WORKERS, (navigator.hardwareConcurrency ?? 2) - 1)));
let lastId = 0;

/** @param {number} index @returns {Worker} */
function workerAt(index) {
  pool[index] ??= startWorker(index);
  return pool[index];
}

/** @param {number} index */
function startWorker(index) {
  const worker = new Worker(new URL("./hash-worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }) => hashers.get(data.id)?.answered(data));
  // Its script cannot be had while the application is away: another try starts another worker.
  worker.addEventListener("error", () => {
    if (pool[index] === worker) pool[index] = undefined;
    for (const hasher of hashers.values()) if (hasher.worker === worker) hasher.failed(new Error("SHA-256 cannot be computed now: its script could not be loaded"));
  });
  return worker;
}

// While the application is there: a first file should not have to wait for the script.
for (let index = 0; index < pool.length; index++) workerAt(index);

/**
 * SHA-256 of what comes piece by piece, computed by a worker so that the page stays smooth. The worker also keeps the pieces, if wanted,
 * so that they are in memory once.
 */
export class Hasher {
  #id = ++lastId;
  worker = workerAt(this.#id % pool.length);
  /** @type {Uint8Array[]} */
  #batch = [];
  #batched = 0;
  /** How many bytes each batch has that the worker has not answered yet. @type {number[]} */
  #underway = [];
  #waiting = 0;
  #wake = () => {};
  /** @type {{ resolve: (value: any) => void, reject: (error: Error) => void } | undefined} */
  #result;
  /** @type {Error | undefined} */
  #error;

  /** @param {{ keep?: boolean }} [options] whether `finish` gives all pieces back as a Blob */
  constructor({ keep = false } = {}) {
    hashers.set(this.#id, this);
    this.worker.postMessage({ task: "begin", id: this.#id, keep });
  }

  /**
   * @param {Uint8Array} piece is given away, with its whole buffer
   * @returns {Promise<void>} resolves when more may come
   */
  async update(piece) {
    this.#batch.push(piece);
    this.#batched += piece.byteLength;
    if (this.#batched >= BATCH) this.#send();
    while (this.#waiting > MAX_WAITING && !this.#error) await new Promise((resolve) => (this.#wake = () => resolve(undefined)));
    if (this.#error) throw this.#error;
  }

  /**
   * @param {string} [type] the Blob's
   * @returns {Promise<{ sha256: string, blob?: Blob }>} the hash in hexadecimal
   */
  async finish(type = "") {
    if (this.#batched > 0) this.#send();
    if (this.#error) throw this.#error;
    return new Promise((resolve, reject) => {
      this.#result = { resolve, reject };
      this.worker.postMessage({ task: "finish", id: this.#id, type });
    });
  }

  /** Ends it early, or again. */
  forget() {
    if (hashers.delete(this.#id)) this.worker.postMessage({ task: "forget", id: this.#id });
    this.failed(new Error("the file was given up"));
  }

  /** @param {{ sha256?: string, blob?: Blob }} answer */
  answered(answer) {
    if (answer.sha256 === undefined) {
      this.#waiting -= this.#underway.shift() ?? 0;
      this.#wake();
    } else {
      hashers.delete(this.#id);
      this.#result?.resolve(answer);
    }
  }

  /** @param {Error} error */
  failed(error) {
    this.#error ??= error;
    this.#result?.reject(this.#error);
    this.#wake();
  }

  #send() {
    const pieces = this.#batch;
    this.#waiting += this.#batched;
    this.#underway.push(this.#batched);
    this.#batch = [];
    this.#batched = 0;
    this.worker.postMessage({ task: "update", id: this.#id, pieces }, pieces.map((piece) => piece.buffer));
  }
}
