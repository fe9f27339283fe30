/** Error codes and their numbers on the wire (docs/protocol.md, section 5). */
export declare const ErrorCode: Readonly<{
    /** Nobody listens on this name. */
    NO_SUCH_SERVER: 1;
    /** Somebody else listens on this name. */
    NAME_TAKEN: 2;
    /** The host or the application declined the stream. */
    REFUSED: 3;
    /** A bound was reached: streams, memory, size. */
    LIMIT: 4;
    /** Something did not happen in time: an answer, or data. */
    TIMEOUT: 5;
    /** The host's connection was lost, or it stopped listening. */
    HOST_GONE: 6;
    /** The client's connection was lost. */
    CLIENT_GONE: 7;
    /** The other side broke a rule of the protocol. */
    PROTOCOL_ERROR: 8;
    /** More data than credit, or more credit than can be. */
    FLOW_CONTROL: 9;
    /** Whoever reset the stream wants no more of it. */
    CANCELLED: 10;
    /** A fault of whoever reports it. */
    INTERNAL: 11;
    /** The application has no such route. */
    NO_SUCH_ROUTE: 12;
    /** The application stops. */
    SHUTDOWN: 13;
    /** The owner of the name listens on it from another connection. */
    REPLACED: 14;
    /** The relay did not like the name, the metadata or the key. */
    INVALID_OPEN: 15;
    /** The connection to the application broke. Never on the wire. */
    CONNECTION_LOST: 16;
}>;
export type ErrorName = keyof typeof ErrorCode;
/**
 * The name of a number that came over the wire. What we do not know reads as CANCELLED, so that later versions can add codes.
 * @param {number} number
 * @returns {ErrorName}
 */
export declare function errorName(number: number): ErrorName;
/** Why a stream or a server ended. `code` is stable and made for programs, `message` for people. */
export declare class StreamError extends Error {
    cause: unknown;
    /** @type {ErrorName} */
    code: ErrorName;
    status: number | undefined;
    /**
     * @param {ErrorName} code one of the names in `ErrorCode`
     * @param {string} [message] for a stream that you `destroy` with this error it is the reason that the other side gets to read
     * @param {{ cause?: unknown, status?: number }} [options]
     */
    constructor(code: ErrorName, message?: string, options?: {
        cause?: unknown;
        status?: number;
    });
}
/**
 * A rule of the protocol was broken. `scope` says what it costs: the stream, which is reset, or the whole connection.
 */
export declare class WireError extends Error {
    code: "CANCELLED" | "CLIENT_GONE" | "CONNECTION_LOST" | "FLOW_CONTROL" | "HOST_GONE" | "INTERNAL" | "INVALID_OPEN" | "LIMIT" | "NAME_TAKEN" | "NO_SUCH_ROUTE" | "NO_SUCH_SERVER" | "PROTOCOL_ERROR" | "REFUSED" | "REPLACED" | "SHUTDOWN" | "TIMEOUT";
    scope: "connection" | "stream";
    /**
     * @param {ErrorName} code
     * @param {string} message
     * @param {"stream" | "connection"} scope
     */
    constructor(code: ErrorName, message: string, scope: "stream" | "connection");
}
/**
 * The error that a user gets to see.
 * @param {ErrorName} code
 * @param {string} name of the server that the stream belongs to
 * @param {string} [reason] what whoever reported it had to say
 * @returns {StreamError}
 */
export declare function streamError(code: ErrorName, name: string, reason?: string): StreamError;
