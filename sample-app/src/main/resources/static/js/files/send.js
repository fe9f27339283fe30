// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { StreamError } from "../../browser-server/client.js";
import { Hasher } from "./hasher.js";
import { expect, offerOf, PART } from "./messages.js";

/** Bytes that are read from the disk at once; twice that is all that the sender holds. */
const READ = 1024 * 1024;

/**
 * Offers a file, sends it, and waits until the other side has checked it.
 * @param {any} stream of this file alone
 * @param {File} file
 * @param {import("./file-row.js").FileRow} row shows how it goes
 */
export async function sendFile(stream, file, row) {
  const hasher = new Hasher();
  const answers = stream.readable.getReader();
  const answer = async (type) => expect((await answers.read()).value, type, row.peer);
  row.onCancel = (reason) => stream.destroy(new StreamError("CANCELLED", reason));
  try {
    await read(file, 0, 1);
    stream.write(offerOf(file));
    await answer("accept");
    row.moved(0);
    await sendParts(stream, file, hasher, row);
    const { sha256 } = await hasher.finish();
    stream.end({ type: "end", sha256 });
    row.checking();
    row.done({ own: sha256, other: (await answer("received")).sha256 });
  } catch (error) {
    row.failed(error);
    stream.destroy(error instanceof StreamError ? error : new StreamError("INTERNAL", error.message));
  } finally {
    hasher.forget();
  }
}

async function sendParts(stream, file, hasher, row) {
  let next = read(file, 0);
  let hashed;
  for (let at = 0; at < file.size; at += READ) {
    const bytes = await next;
    next = at + READ < file.size ? quietly(read(file, at + READ)) : Promise.resolve(new Uint8Array());
    await sendPart(stream, bytes, (sent) => row.moved(at + sent - stream.bufferedAmount));
    // One behind: the worker is as busy as the network.
    await hashed;
    hashed = quietly(hasher.update(bytes));
  }
  await hashed;
}

/** For what is awaited later: another error may come first, and end the function. @template T @param {Promise<T>} promise */
function quietly(promise) {
  promise.catch(() => {});
  return promise;
}

async function sendPart(stream, bytes, moved) {
  for (let at = 0; at < bytes.length; at += PART) {
    if (stream.destroyed) throw stream.errored ?? new StreamError("CANCELLED", "the stream was closed");
    const room = stream.write(bytes.subarray(at, at + PART));
    moved(Math.min(at + PART, bytes.length));
    if (!room) await drained(stream);
  }
}

/** @param {File} file @param {number} at @param {number} [length] */
async function read(file, at, length = READ) {
  const wanted = Math.min(length, file.size - at);
  try {
    // An empty file is read as a whole: of an empty slice a browser need not look at the disk.
    const bytes = new Uint8Array(await (file.size === 0 ? file : file.slice(at, at + wanted)).arrayBuffer());
    if (bytes.length === wanted) return bytes;
  } catch (cause) {
    throw new Error("the file cannot be read: it was moved, changed or deleted, or is a folder", { cause });
  }
  throw new Error("the file has changed while it was read");
}

function drained(stream) {
  return new Promise((resolve) => {
    const done = () => {
      stream.off("drain", done).off("close", done);
      resolve(undefined);
    };
    stream.on("drain", done).on("close", done);
  });
}
