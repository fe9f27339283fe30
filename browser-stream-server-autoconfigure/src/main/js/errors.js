// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** Error codes and their numbers on the wire (docs/protocol.md, section 5). */
export const ErrorCode = Object.freeze({
  /** Nobody listens on this name. */
  NO_SUCH_SERVER: 1,
  /** Somebody else listens on this name. */
  NAME_TAKEN: 2,
  /** The host or the application declined the stream. */
  REFUSED: 3,
  /** A bound was reached: streams, memory, size. */
  LIMIT: 4,
  /** Something did not happen in time: an answer, or data. */
  TIMEOUT: 5,
  /** The host's connection was lost, or it stopped listening. */
  HOST_GONE: 6,
  /** The client's connection was lost. */
  CLIENT_GONE: 7,
  /** The other side broke a rule of the protocol. */
  PROTOCOL_ERROR: 8,
  /** More data than credit, or more credit than can be. */
  FLOW_CONTROL: 9,
  /** Whoever reset the stream wants no more of it. */
  CANCELLED: 10,
  /** A fault of whoever reports it. */
  INTERNAL: 11,
  /** The application has no such route. */
  NO_SUCH_ROUTE: 12,
  /** The application stops. */
  SHUTDOWN: 13,
  /** The owner of the name listens on it from another connection. */
  REPLACED: 14,
  /** The relay did not like the name, the metadata or the key. */
  INVALID_OPEN: 15,
  /** The connection to the application broke. Never on the wire. */
  CONNECTION_LOST: 16,
});

/** @typedef {keyof typeof ErrorCode} ErrorName */

/** All that come over the wire, which is not the last. */
const NAMES = /** @type {ErrorName[]} */ (Object.keys(ErrorCode).slice(0, -1));

/**
 * The name of a number that came over the wire. What we do not know reads as CANCELLED, so that later versions can add codes.
 * @param {number} number
 * @returns {ErrorName}
 */
export function errorName(number) {
  return NAMES[number - 1] ?? "CANCELLED";
}

/** Why a stream or a server ended. `code` is stable and made for programs, `message` for people. */
export class StreamError extends Error {
  /**
   * @param {ErrorName} code one of the names in `ErrorCode`
   * @param {string} [message] for a stream that you `destroy` with this error it is the reason that the other side gets to read
   * @param {{ cause?: unknown, status?: number }} [options]
   */
  constructor(code, message = code, options = undefined) {
    super(message, options);
    if (!(code in ErrorCode)) throw new TypeError(`"${code}" is not in ErrorCode`);
    /** @type {ErrorName} */
    this.code = code;
    /** HTTP's status, of a refused handshake only; 302 stands for every redirect. @type {number | undefined} */
    if (options?.status) this.status = options.status;
  }
}
StreamError.prototype.name = "StreamError";

/**
 * A rule of the protocol was broken. `scope` says what it costs: the stream, which is reset, or the whole connection.
 */
export class WireError extends Error {
  /**
   * @param {ErrorName} code
   * @param {string} message
   * @param {"stream" | "connection"} [scope]
   */
  constructor(code, message, scope = "stream") {
    super(message);
    this.code = code;
    this.scope = scope;
  }
}

/** What happened and what to do, for each code in the order of the numbers. N stands for the name. */
const TEXTS = [
  "nobody listens on N; check the name, or connect again later",
  "somebody else listens on N; choose another name, or wait",
  "the stream to N was declined",
  "the stream to N went over a limit",
  "the stream to N was not served in time",
  "the host of N is gone; connect again later",
  "the client of N is gone",
  "the stream to N broke a rule of the protocol; use the same release on both sides",
  "the stream to N broke a rule of flow control; use the same release on both sides",
  "the other side wants no more of the stream to N",
  "the other side of the stream to N failed; its log says more",
  "the application has no route N",
  "N stops with the application; connect again later",
  "the owner of N listens elsewhere",
  "the application did not accept N, or its metadata",
  "the connection of the stream to N was lost; open another",
];

/** Codes whose reasons say no more than the text does, and such reasons of other codes. */
const SAID = /^(?:NO_SUCH|REPLACED|\w+ (?:somebody else|the application stops$|the \w+'s connection is gone$))/;

/**
 * An error that has its reason on this side.
 * @param {ErrorName} code
 * @param {string} name of the server that it is about
 * @param {string} text
 * @param {{ cause?: unknown }} [options]
 * @returns {StreamError}
 */
export function ownError(code, name, text, options) {
  return new StreamError(code, `${JSON.stringify(name)}: ${text}`, options);
}

/**
 * The error that a user gets to see of what came from elsewhere.
 * @param {ErrorName} code
 * @param {string} name of the server that the stream belongs to
 * @param {string} [reason] what whoever reported it had to say
 * @returns {StreamError}
 */
export function streamError(code, name, reason = "") {
  // A function, because a name may contain what String.replace takes for a pattern ("$&").
  const text = TEXTS[ErrorCode[code] - 1].replace("N", () => JSON.stringify(name));
  return new StreamError(code, reason && !SAID.test(`${code} ${reason}`) ? `${text} (${reason})` : text);
}
