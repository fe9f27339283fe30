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

/** @type {Map<number, ErrorName>} */
const NAMES = new Map();
for (const [name, number] of Object.entries(ErrorCode)) {
  if (number !== ErrorCode.CONNECTION_LOST) NAMES.set(number, /** @type {ErrorName} */ (name));
}

/**
 * The name of a number that came over the wire. What we do not know reads as CANCELLED, so that later versions can add codes.
 * @param {number} number
 * @returns {ErrorName}
 */
export function errorName(number) {
  return NAMES.get(number) ?? "CANCELLED";
}

/** Why a stream or a server ended. `code` is stable and made for programs, `message` for people. */
export class StreamError extends Error {
  /**
   * @param {ErrorName} code one of the names in `ErrorCode`
   * @param {string} [message] for a stream that you `destroy` with this error it is the reason that the other side gets to read
   * @param {{ cause?: unknown, status?: number }} [options]
   */
  constructor(code, message = code, options = undefined) {
    super(message);
    if (!(code in ErrorCode)) throw new TypeError(`"${code}" is no name in ErrorCode`);
    if (options && "cause" in options) this.cause = options.cause;
    /** @type {ErrorName} */
    this.code = code;
    /** HTTP's status, of a refused handshake only; 302 stands for every redirect. @type {number | undefined} */
    if (options?.status !== undefined) this.status = options.status;
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
   * @param {"stream" | "connection"} scope
   */
  constructor(code, message, scope) {
    super(message);
    this.code = code;
    this.scope = scope;
  }
}

/** What happened and what to do, for each code. N stands for the name. @type {Record<ErrorName, string>} */
const TEXTS = {
  NO_SUCH_SERVER: "nobody listens on N; check the name, or connect again later",
  NAME_TAKEN: "somebody else listens on N; choose another name",
  REFUSED: "the stream to N was declined",
  LIMIT: "the stream to N went over a limit",
  TIMEOUT: "the time was up for the stream to N",
  HOST_GONE: "the host of N is gone; connect again later",
  CLIENT_GONE: "the client that was connected to N is gone",
  PROTOCOL_ERROR: "a rule of the protocol was broken on the stream to N; use the same release on both sides",
  FLOW_CONTROL: "more was sent than was allowed on the stream to N; use the same release on both sides",
  CANCELLED: "the other side wants no more of the stream to N",
  INTERNAL: "the other side of the stream to N failed; see its log",
  NO_SUCH_ROUTE: "the application has no route N",
  SHUTDOWN: "the application is stopping, and N with it; connect again later",
  REPLACED: "N is on another connection of its owner now",
  INVALID_OPEN: "the application refused the name N or its metadata",
  CONNECTION_LOST: "the connection to the application was lost, and the stream to N with it",
};

/** Reasons of the relay that say no more than the text of their code does. */
const SAID = /^(?:nobody listens|the application has no route|somebody else listens|the owner of|the application stops$|the (?:host|client)'s connection is gone$)/;

/** Codes of which no reason says more. @type {Set<ErrorName>} */
const SAY_ALL = new Set(["NO_SUCH_SERVER", "NO_SUCH_ROUTE"]);

/**
 * The error that a user gets to see.
 * @param {ErrorName} code
 * @param {string} name of the server that the stream belongs to
 * @param {string} [reason] what whoever reported it had to say
 * @returns {StreamError}
 */
export function streamError(code, name, reason = "") {
  // A function, because a name may contain what String.replace takes for a pattern ("$&").
  const text = TEXTS[code].replace("N", () => JSON.stringify(name));
  return new StreamError(code, reason && !SAY_ALL.has(code) && !SAID.test(reason) ? `${text} (${reason})` : text);
}
