// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { FIELD_KEY, MAX_KEY, MAX_METADATA, MAX_METADATA_DEPTH, MAX_TARGET, MIN_KEY } from "./wire.js";
import * as OpenKind from "./open-kinds.js";
import { toJson } from "./messages.js";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";

/** @import { Cursor } from "./cursor.js" */

/**
 * What no name has, as two that look alike would be taken for each other: what Unicode lets a program leave undrawn
 * (Default_Ignorable_Code_Point, and U+180F for engines that do not know it as one), what separates words or lines, control characters,
 * interlinear marks, and halves of a pair of surrogates. The usual space is none of it. Nor are joiners (U+200C, U+200D), the variation selectors of emoji (U+FE0E, U+FE0F) and tags (U+E0020
 * to U+E007F): the relay alone judges them by their neighbours. That takes tables of joining letters and emoji sequences: 5 KB gzipped
 * beside the 13 of the whole client, and each browser has another version of Unicode.
 */
const INVISIBLE = /(?![ \u200c\u200d\ufe0e\ufe0f\u{e0020}-\u{e007f}])[\p{Cc}\p{Cs}\p{DI}\p{Z}\u180f\ufff9-\ufffb]/u;

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
 * @param {Cursor} cursor at the payload of an OPEN frame
 * @returns {Open}
 */
export function readOpen(cursor) {
  const kind = cursor.byte();
  const targetBytes = cursor.take(cursor.varint());
  const metadataBytes = cursor.take(cursor.varint());
  const fields = [];
  while (!cursor.done) fields.push({ id: cursor.varint(), value: cursor.take(cursor.varint()) });

  const target = decodeUtf8(targetBytes);
  const metadata = metadataBytes.length > 0 ? decodeUtf8(metadataBytes) : undefined;
  const problem =
    kindProblem(kind) ||
    targetProblem(target, targetBytes.length) ||
    metadataProblem(metadata, metadataBytes.length) ||
    keyProblem(kind, fields);
  return {
    kind,
    target: target ?? "",
    metadata: metadata ?? null,
    meta: metadata === undefined || problem ? undefined : JSON.parse(metadata),
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
  if (unseen !== undefined) return `it has an unseen U+${unseen.toString(16).toUpperCase().padStart(4, "0")}`;
  return target === target.normalize("NFC") ? "" : "it is not in normalization form C";
}

/**
 * @param {string | undefined} metadata
 * @param {number} length in bytes
 */
function metadataProblem(metadata, length) {
  if (length === 0) return "";
  if (length > MAX_METADATA) return `metadata is larger than ${MAX_METADATA} bytes`;
  try {
    return depthOf(/** @type {string} */ (metadata)) > MAX_METADATA_DEPTH ? `metadata is more than ${MAX_METADATA_DEPTH} levels deep` : "";
  } catch {
    return "metadata is not JSON in UTF-8";
  }
}

/**
 * @param {number} kind
 * @param {Open["fields"]} fields
 */
function keyProblem(kind, fields) {
  const isBad = (/** @type {number} */ length) => kind !== OpenKind.LISTEN || (length !== 0 && (length < MIN_KEY || length > MAX_KEY));
  return fields.some(({ id, value }) => id === FIELD_KEY && isBad(value.length)) ? "a key that cannot be" : "";
}

/**
 * How deep arrays and objects are nested. On the text and not on the value, because of two members with one name the value
 * shows only one.
 * @param {string} json
 * @throws {SyntaxError} when it is not JSON
 */
function depthOf(json) {
  JSON.parse(json);
  let depth = 0;
  let deepest = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if ("[{".includes(token)) deepest = Math.max(deepest, ++depth);
    if ("]}".includes(token)) depth--;
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
  if (problem) throw new RangeError(`${problem}; send what is large as the first message instead`);
  return bytes;
}
