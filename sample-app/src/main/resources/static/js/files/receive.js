// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamError } from "../../browser-server/client.js";
import { Hasher } from "./hasher.js";
import { expect, readOffer } from "./messages.js";

/**
 * Takes what is offered on a stream, checks it, and says so to the sender. Nothing is shown as a file before all of it is there and right.
 * @param {any} stream of this file alone
 * @param {(offer: { name: string, size: number }) => import("./file-row.js").FileRow} show
 */
export async function receiveFile(stream, show) {
  const hasher = new Hasher({ keep: true });
  const messages = stream.readable.getReader();
  const next = async () => (await messages.read()).value;
  let row;
  try {
    const offer = readOffer(await next());
    row = show(offer);
    row.onCancel = (reason) => stream.destroy(new StreamError("CANCELLED", reason));
    stream.write({ type: "accept" });
    const { sha256: other } = expect(await receiveParts(next, offer.size, hasher, row), "end", row.peer);
    row.checking();
    const { sha256: own, blob } = await hasher.finish(offer.mediaType);
    if (own !== other) throw new StreamError("PROTOCOL_ERROR", "SHA-256 differs: the file has changed on its way");
    if (stream.destroyed) throw stream.errored ?? new StreamError("CANCELLED", "the stream was closed");
    stream.end({ type: "received", sha256: own });
    row.done({ own, other, blob });
    // The sender's end, so that the stream closes.
    await next().catch(() => {});
  } catch (error) {
    row?.failed(error);
    stream.destroy(error instanceof StreamError ? error : new StreamError("INTERNAL", error.message));
  } finally {
    hasher.forget();
  }
}

/** @returns {Promise<any>} the message behind the last part */
async function receiveParts(next, size, hasher, row) {
  let received = 0;
  let message = await next();
  for (; message instanceof Uint8Array; message = await next()) {
    received += message.byteLength;
    if (received > size) throw new StreamError("PROTOCOL_ERROR", "the file is larger than was offered");
    // Gives the array away.
    await hasher.update(message);
    row.moved(received);
  }
  if (message?.type === "end" && received < size) throw new StreamError("PROTOCOL_ERROR", "the file is smaller than was offered");
  return message;
}
