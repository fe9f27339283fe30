// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Sha256 } from "./sha256.js";

/** @type {Map<number, Sha256>} */
const hashes = new Map();

// Every message but "forget" is answered, in order.
self.addEventListener("message", ({ data: { id, pieces, forget } }) => {
  const hash = hashes.get(id) ?? new Sha256();
  hashes.set(id, hash);
  for (const piece of pieces ?? []) hash.update(piece);
  if (pieces) self.postMessage({ id });
  else hashes.delete(id);
  if (!pieces && !forget) self.postMessage({ id, digest: hash.digest() });
});
