// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Cursor } from "./cursor.js";
import { Field, MAX_KEY, MAX_METADATA, MAX_METADATA_DEPTH, MAX_TARGET, MIN_KEY, OpenKind } from "./frames.js";
import { toJson } from "./messages.js";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";

/**
 * What no name has, as two that look alike would be taken for each other: what Unicode lets a program leave undrawn
 * (Default_Ignorable_Code_Point), what turns the direction of text around, what separates lines, and spaces that look like another.
 */
const INVISIBLE = /(?! )[\p{Cc}\p{Cs}\p{Z}\p{DI}\ufff9-\ufffb]/u;

/**
 * What a stream is asked for with, or was.
 * @typedef {object} Request
 * @property {number} kind
 * @property {string} target
 * @property {any} [meta]
 * @property {Uint8Array} [metadata] meta as the wire has it, on streams that we open
 * @property {Uint8Array} [key]
 */

/**
 * What an OPEN asks for, as it came from the wire.
 * @typedef {object} Open
 * @property {number} kind
 * @property {string} target
 * @property {string | null} metadata the JSON text, null when there is none
 * @property {any} meta the metadata, parsed; undefined when there is none
 * @property {Array<{ id: number, value: Uint8Array }>} fields
 * @property {string} problem why it has to be refused with INVALID_OPEN, empty when it has not
 */

/**
 * @param {Uint8Array} payload of an OPEN frame
 * @returns {Open}
 */
export function readOpen(payload) {
  const cursor = new Cursor(payload);
  const kind = cursor.byte();
  const targetBytes = cursor.take(cursor.varint());
  const metadataBytes = cursor.take(cursor.varint());
  const fields = [];
  while (!cursor.done) fields.push({ id: cursor.varint(), value: cursor.take(cursor.varint()) });

  const target = decodeUtf8(targetBytes);
  const metadata = metadataBytes.length > 0 ? decodeUtf8(metadataBytes) : null;
  const problem =
    kindProblem(kind) ||
    targetProblem(target, targetBytes.length) ||
    metadataProblem(metadata, metadataBytes.length) ||
    keyProblem(kind, fields);
  return {
    kind,
    target: target ?? "",
    metadata: metadata ?? null,
    meta: metadata == null || problem ? undefined : JSON.parse(metadata),
    fields,
    problem,
  };
}

/** @param {number} kind */
function kindProblem(kind) {
  return kind < OpenKind.LISTEN || kind > OpenKind.ROUTE ? `unknown kind ${kind}` : "";
}

/**
 * @param {string | undefined} target
 * @param {number} length in bytes
 */
function targetProblem(target, length) {
  if (length === 0) return "it is empty";
  if (length > MAX_TARGET) return `it is longer than ${MAX_TARGET} bytes in UTF-8`;
  if (target === undefined) return "it is not UTF-8";
  const unseen = INVISIBLE.exec(target)?.[0].codePointAt(0);
  if (unseen !== undefined) return `it has the character U+${unseen.toString(16).toUpperCase().padStart(4, "0")}, which cannot be seen or looks like a space`;
  return target === target.normalize("NFC") ? "" : "it is not in normalization form C";
}

/**
 * @param {string | null | undefined} metadata
 * @param {number} length in bytes
 */
function metadataProblem(metadata, length) {
  if (metadata === null) return "";
  if (length > MAX_METADATA) return `metadata is larger than ${MAX_METADATA} bytes`;
  if (metadata === undefined) return "metadata is not UTF-8";
  try {
    JSON.parse(metadata);
  } catch {
    return "metadata is not JSON";
  }
  return depthOf(metadata) > MAX_METADATA_DEPTH ? `metadata is more than ${MAX_METADATA_DEPTH} levels deep` : "";
}

/**
 * @param {number} kind
 * @param {Open["fields"]} fields
 */
function keyProblem(kind, fields) {
  for (const { id, value } of fields) {
    if (id !== Field.KEY) continue;
    if (kind !== OpenKind.LISTEN || (value.length !== 0 && (value.length < MIN_KEY || value.length > MAX_KEY))) return "invalid key";
  }
  return "";
}

/**
 * How deep arrays and objects are nested. On the text and not on the value, because of two members with one name the value
 * shows only one.
 * @param {string} json valid JSON
 */
function depthOf(json) {
  let depth = 0;
  let deepest = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return deepest;
}

/**
 * The name that a user gave, in Unicode's normalization form C, if it can be one. At once and with a stack trace that points to the user, not after a round trip.
 * @param {unknown} name
 * @returns {string}
 */
export function checkName(name) {
  if (typeof name !== "string") throw new TypeError(`a name must be a string, not ${typeof name}`);
  const normal = name.normalize("NFC");
  const problem = targetProblem(normal, encodeUtf8(normal).length);
  if (problem) throw new TypeError(`${JSON.stringify(name.slice(0, 60))} cannot be a name: ${problem}`);
  return normal;
}

/**
 * @param {unknown} meta any JSON value; undefined for none
 * @returns {Uint8Array}
 */
export function encodeMetadata(meta) {
  if (meta === undefined) return new Uint8Array(0);
  const json = toJson(meta, "metadata");
  const bytes = encodeUtf8(json);
  const problem = metadataProblem(json, bytes.length);
  if (problem) throw new RangeError(`${problem}; send it as a message`);
  return bytes;
}
