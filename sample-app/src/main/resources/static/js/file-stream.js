// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamError } from "../browser-server/client.js";
import { Hasher } from "./hasher.js";

/*
 * A file has a stream of its own, so files do not wait for each other, nor messages for files. On it go
 *
 *     sender   > { type: "file", name, size, mime }      JSON
 *     sender   > the content                             bytes, in any number of messages
 *     sender   > { type: "file-end", sha256 }            JSON
 *     receiver > { type: "file-received", sha256 }       JSON, when it has all; then both end
 *
 * A client opens the stream with the metadata { kind: "file" }. A host cannot open streams: it writes { type: "file-offer", id } on
 * the stream that the client has for messages, and the client opens one with { kind: "fetch", id }, on which the host is the sender.
 */

/** Bytes that are read from the disk at once, and twice that is all that the sender holds. */
const READ = 1024 * 1024;

/** Bytes of a message. */
const CHUNK = 64 * 1024;

/** Bytes that are put into one Blob, which the browser may keep on disk. */
const COLLECT = 1024 * 1024;

/** Bytes that may wait for their hash before the other side has to. */
const MAX_UNHASHED = 8 * 1024 * 1024;

/**
 * What shows a file on its way.
 * @typedef {object} Progress
 * @property {(bytes: number) => void} moved so many in all
 * @property {() => void} checking
 * @property {(result: { own: string, other: string, blob?: Blob }) => void} done
 * @property {(error: unknown) => void} failed
 * @property {(cancel: () => void) => void} cancellable
 */

/** The files on one stream: at most one each way. Both ways happens when the other side sends everything back. */
export class FileStream {
  #stream;
  #accept;
  /** @type {Sender | undefined} */
  #sender;
  /** @type {Receiver | undefined} */
  #receiver;

  /**
   * @param {import("../browser-server/client.js").BrowserStream} stream
   * @param {(file: { name: string, size: number, mime: string }) => Progress} accept shows a file that comes
   */
  constructor(stream, accept) {
    this.#stream = stream;
    this.#accept = accept;
    stream
      .on("data", (value) => this.#received(value))
      .on("drain", () => this.#sender?.drained())
      .on("end", () => this.#ended())
      .on("error", (error) => this.#fail(error))
      .on("close", () => this.#fail(new StreamError("CANCELLED", "the stream ended before the file did")));
  }

  /**
   * @param {File} file
   * @param {Progress} progress
   */
  send(file, progress) {
    this.#sender = new Sender(this.#stream, file, progress);
    progress.cancellable(() => this.#cancel());
    this.#sender.run().catch((error) => this.#stream.destroy(error));
  }

  #received(value) {
    if (value instanceof Uint8Array) this.#receiver?.chunk(value);
    else if (value?.type === "file") this.#begin(value);
    else if (value?.type === "file-end") this.#finish(String(value.sha256));
    else if (value?.type === "file-received") this.#confirmed(String(value.sha256));
  }

  #begin({ name, size, mime }) {
    if (this.#receiver) return;
    const file = { name: String(name), size: Math.max(0, Number(size) || 0), mime: String(mime) };
    const progress = this.#accept(file);
    this.#receiver = new Receiver(this.#stream, file, progress);
    progress.cancellable(() => this.#cancel());
  }

  async #finish(sha256) {
    const own = await this.#receiver?.finish(sha256);
    if (own === undefined || this.#stream.destroyed) return;
    this.#stream.write({ type: "file-received", sha256: own });
    this.#endIfDone();
  }

  #confirmed(sha256) {
    this.#sender?.confirmed(sha256);
    this.#endIfDone();
  }

  #endIfDone() {
    if (!this.#sender?.busy && !this.#receiver?.busy) this.#stream.end();
  }

  #ended() {
    if (this.#sender?.busy || this.#receiver?.incomplete) this.#stream.destroy(new StreamError("CANCELLED", "the stream ended before the file did"));
    else this.#endIfDone();
  }

  #cancel() {
    this.#stream.destroy(new StreamError("CANCELLED", "cancelled"));
  }

  #fail(error) {
    this.#sender?.fail(error);
    this.#receiver?.fail(error);
  }
}

class Sender {
  #stream;
  #file;
  #progress;
  #hasher = new Hasher();
  #sha256 = "";
  /** @type {(() => void) | undefined} */
  #onDrain;

  busy = true;

  constructor(stream, file, progress) {
    this.#stream = stream;
    this.#file = file;
    this.#progress = progress;
  }

  async run() {
    const { name, size, type } = this.#file;
    this.#stream.write({ type: "file", name, size, mime: type });
    let hashed;
    let next = this.#read(0);
    for (let at = 0; at < size && this.busy; at += READ) {
      const bytes = await next;
      next = this.#read(at + READ);
      await this.#write(bytes, at);
      // One behind: the worker is as busy as the network, and no more waits for it than this.
      await hashed;
      if (this.busy) hashed = this.#hasher.update([bytes]);
    }
    if (!this.busy) return;
    this.#sha256 = await this.#hasher.digest();
    if (!this.busy) return;
    this.#stream.write({ type: "file-end", sha256: this.#sha256 });
    this.#progress.checking();
  }

  async #read(at) {
    const bytes = new Uint8Array(await this.#file.slice(at, at + READ).arrayBuffer());
    if (bytes.length !== Math.max(0, Math.min(READ, this.#file.size - at))) throw new Error("the file has changed while it was read");
    return bytes;
  }

  async #write(bytes, before) {
    for (let at = 0; at < bytes.length && this.busy; at += CHUNK) {
      const room = this.#stream.write(bytes.subarray(at, at + CHUNK));
      this.#progress.moved(before + Math.min(at + CHUNK, bytes.length) - this.#stream.bufferedAmount);
      if (!room) await this.#drain();
    }
  }

  #drain() {
    return new Promise((resolve) => {
      this.#onDrain = () => resolve(undefined);
    });
  }

  drained() {
    this.#onDrain?.();
  }

  confirmed(sha256) {
    if (!this.busy || !this.#sha256) return;
    this.busy = false;
    this.#progress.done({ own: this.#sha256, other: sha256 });
  }

  fail(error) {
    if (!this.busy) return;
    this.busy = false;
    this.#hasher.forget();
    this.#progress.failed(error);
    this.drained();
  }
}

class Receiver {
  #stream;
  #file;
  #progress;
  #hasher = new Hasher();
  /** Not in a Blob yet. @type {Uint8Array[]} */
  #pieces = [];
  #collected = 0;
  /** @type {Blob[]} */
  #blobs = [];
  #received = 0;
  #unhashed = 0;

  busy = true;
  /** Whether the sender has more to say. */
  incomplete = true;

  constructor(stream, file, progress) {
    this.#stream = stream;
    this.#file = file;
    this.#progress = progress;
  }

  /** @param {Uint8Array} bytes */
  chunk(bytes) {
    if (!this.busy) return;
    this.#received += bytes.length;
    if (this.#received > this.#file.size) {
      this.#stream.destroy(new StreamError("PROTOCOL_ERROR", "the file is larger than was said"));
      return;
    }
    this.#pieces.push(bytes);
    this.#collected += bytes.length;
    if (this.#collected >= COLLECT) this.#store();
    this.#progress.moved(this.#received);
  }

  /** Into a Blob first, which copies: then the worker may have the bytes. */
  async #store() {
    const bytes = this.#collected;
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#collected = 0;
    this.#blobs.push(new Blob(pieces));
    this.#unhashed += bytes;
    if (this.#unhashed > MAX_UNHASHED) this.#stream.pause();
    await this.#hasher.update(pieces);
    this.#unhashed -= bytes;
    if (this.#unhashed <= MAX_UNHASHED / 2) this.#stream.resume();
  }

  /**
   * @param {string} sha256 what the sender computed
   * @returns {Promise<string | undefined>} what we did
   */
  async finish(sha256) {
    if (!this.busy) return undefined;
    this.incomplete = false;
    if (this.#received < this.#file.size) {
      this.#stream.destroy(new StreamError("PROTOCOL_ERROR", "the file is smaller than was said"));
      return undefined;
    }
    this.#progress.checking();
    this.#store();
    const own = await this.#hasher.digest();
    if (!this.busy) return undefined;
    this.busy = false;
    this.#progress.done({ own, other: sha256, blob: new Blob(this.#blobs, { type: this.#file.mime }) });
    return own;
  }

  fail(error) {
    if (!this.busy) return;
    this.busy = false;
    this.#hasher.forget();
    this.#pieces = [];
    this.#blobs = [];
    this.#progress.failed(error);
  }
}
