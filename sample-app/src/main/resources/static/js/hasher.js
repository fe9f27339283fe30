// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** Hashers that wait for answers. @type {Map<number, Hasher>} */
const hashers = new Map();
let lastId = 0;

/** One worker for the page. @type {Worker | undefined} */
let worker;

function theWorker() {
  if (!worker) {
    worker = new Worker(new URL("./hash-worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }) => hashers.get(data.id)?.answered(data.digest));
  }
  return worker;
}

/** SHA-256 of what comes piece by piece, computed by a worker so that the page stays smooth. */
export class Hasher {
  #id = ++lastId;
  /** @type {((digest?: string) => void)[]} */
  #waiting = [];

  constructor() {
    hashers.set(this.#id, this);
  }

  /**
   * @param {Uint8Array[]} pieces are given away, with their whole buffers
   * @returns {Promise<unknown>} resolves when they are hashed
   */
  update(pieces) {
    return this.#ask({ id: this.#id, pieces }, pieces.map((piece) => piece.buffer));
  }

  /** Ends it. @returns {Promise<string>} the hash in hexadecimal */
  async digest() {
    const digest = await this.#ask({ id: this.#id }, []);
    hashers.delete(this.#id);
    return digest;
  }

  /** Ends it early. */
  forget() {
    if (hashers.delete(this.#id)) theWorker().postMessage({ id: this.#id, forget: true });
  }

  /** @param {string} [digest] */
  answered(digest) {
    this.#waiting.shift()?.(digest);
  }

  /** @returns {Promise<any>} */
  #ask(message, transfer) {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      theWorker().postMessage(message, transfer);
    });
  }
}
