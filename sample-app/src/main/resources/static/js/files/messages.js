// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// What goes over the stream of a file: docs/file-protocol.md.

import { StreamError } from "../../browser-server/client.js";

export const VERSION = 1;

/** Bytes of a part that we send. */
export const PART = 64 * 1024;

/** The largest file that this page takes: it keeps it until somebody saves it. */
export const MAX_SIZE = 4e9;

const SHA256 = /^[0-9a-f]{64}$/;

/** @param {File} file */
export function offerOf(file) {
  return { type: "offer", version: VERSION, name: file.name, size: file.size, mediaType: file.type, modified: new Date(file.lastModified).toISOString() };
}

/**
 * @param {any} message the first one of a sender
 * @returns {{ name: string, size: number, mediaType: string }}
 */
export function readOffer(message) {
  if (message?.type !== "offer") throw new StreamError("PROTOCOL_ERROR", "a file begins with an offer");
  if (message.version !== VERSION) throw new StreamError("REFUSED", `version ${message.version} of the file protocol is not known here, only ${VERSION}`);
  const { name, size, mediaType } = message;
  if (typeof name !== "string" || !Number.isSafeInteger(size) || size < 0) throw new StreamError("PROTOCOL_ERROR", "an offer has a name and a size");
  if (size > MAX_SIZE) throw new StreamError("REFUSED", `this page takes files of up to ${MAX_SIZE / 1e9} GB`);
  return { name: baseName(name), size, mediaType: typeof mediaType === "string" ? mediaType : "" };
}

/** What ends a line, or turns the direction of a text: "photo<U+202E>gpj.exe" would look like a picture. */
const DISGUISES = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

const MAX_NAME = 255;
const NAME_END = 50;

/** A name is never a path, shows what it is, and keeps its end when it is shortened: that says the file's type. @param {string} name */
function baseName(name) {
  const characters = [...(name.split(/[/\\]/).at(-1) ?? "").replace(DISGUISES, "")];
  if (characters.length > MAX_NAME) characters.splice(MAX_NAME - NAME_END - 1, characters.length - MAX_NAME + 1, "…");
  return characters.join("") || "file";
}

/**
 * @param {any} message
 * @param {string} type that it must have now
 * @param {string} peer
 */
export function expect(message, type, peer) {
  if (message?.type === type && (type === "accept" || SHA256.test(message.sha256))) return message;
  if (message?.type === "offer") throw new StreamError("PROTOCOL_ERROR", `“${peer}” sent the offer back: it takes no files`);
  if (message === undefined) throw new StreamError("PROTOCOL_ERROR", "the other side ended before the file did");
  throw new StreamError("PROTOCOL_ERROR", `the other side did not send “${type}”`);
}
