/** The constants of docs/protocol.md, under the names that they have there. */
export declare const SUBPROTOCOL = "v1.browser-stream-server";
/** Frame types (section 3). */
export declare const Type: Readonly<{
    HELLO: 1;
    PING: 2;
    OPEN: 3;
    ACCEPT: 4;
    DATA: 5;
    CREDIT: 6;
    END: 7;
    RESET: 8;
    GOAWAY: 129;
}>;
/** An unknown type from here on is skipped; below it is an error. */
export declare const SKIPPABLE = 128;
/** Flag bits. ANSWER belongs to PING, the others to DATA. */
export declare const Flag: Readonly<{
    ANSWER: 1;
    FIRST: 1;
    LAST: 2;
    KIND: 12;
}>;
/** What a message is: the KIND bits of its DATA frames. */
export declare const Kind: Readonly<{
    BINARY: 0;
    TEXT: 4;
    JSON: 8;
}>;
/** What an OPEN asks for. */
export declare const OpenKind: Readonly<{
    LISTEN: 1;
    CONNECT: 2;
    ROUTE: 3;
}>;
/** Ids of the settings in HELLO. */
export declare const Setting: Readonly<{
    MAX_STREAMS: 1;
    KEEPALIVE: 2;
}>;
/** Ids of the fields of OPEN. */
export declare const Field: Readonly<{
    KEY: 1;
}>;
/** The greatest value of a varint; also the greatest credit and the last stream id. */
export declare const MAX_INT = 2147483647;
/** Bytes of payload in one frame. */
export declare const MAX_PAYLOAD = 16384;
/** Bytes of PING. */
export declare const MAX_PING = 64;
/** Bytes of a target in UTF-8. */
export declare const MAX_TARGET = 255;
/** Bytes of metadata as JSON in UTF-8, and how deep its arrays and objects may be nested. */
export declare const MAX_METADATA = 4096;
export declare const MAX_METADATA_DEPTH = 100;
/** Bytes of KEY, unless it is empty, and asks for one. */
export declare const MIN_KEY = 16;
export declare const MAX_KEY = 64;
/** Bytes of the reason in RESET. */
export declare const MAX_REASON = 255;
/** Bytes of credit that each direction of a stream begins with. */
export declare const INITIAL_CREDIT = 16384;
/** What a DATA frame costs beside its payload, in bytes of credit. */
export declare const FRAME_COST = 64;
/** A connection ends with this plus the error's number as WebSocket close code. */
export declare const CLOSE_CODE_BASE = 4000;
