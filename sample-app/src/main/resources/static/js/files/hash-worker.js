// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// Not a module: it puts its function into the global scope.
import "../../webjars/js-sha256/build/sha256.min.js";

/** What belongs to one file. @type {Map<number, { hash: any, blobs?: Blob[] }>} */
const files = new Map();

const tasks = {
  /** @param {{ id: number, keep: boolean }} task */
  begin({ id, keep }) {
    files.set(id, { hash: self.sha256.create(), blobs: keep ? [] : undefined });
  },

  /** Answers, so that the page knows how much waits here. @param {{ id: number, pieces: Uint8Array[] }} task */
  update({ id, pieces }) {
    const file = files.get(id);
    for (const piece of pieces) file?.hash.update(piece);
    // The browser may keep a Blob on disk.
    file?.blobs?.push(new Blob(pieces));
    self.postMessage({ id });
  },

  /** @param {{ id: number, type: string }} task */
  finish({ id, type }) {
    const file = files.get(id);
    files.delete(id);
    self.postMessage({ id, sha256: file?.hash.hex(), blob: file?.blobs && new Blob(file.blobs, { type }) });
  },

  /** @param {{ id: number }} task */
  forget({ id }) {
    files.delete(id);
  },
};

self.addEventListener("message", ({ data }) => tasks[data.task](data));
