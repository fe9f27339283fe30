// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/**
 * The times and sizes that this client chooses for itself, by the modules that use them. In a module that imports nothing, because the bundler
 * puts the values of such a one in their place.
 */

// --- boot.js

/** Streams that the relay may open to this page at once. */
export const DEFAULT_MAX_STREAMS = 4096;

// --- connector.js

/** Milliseconds after which a connection counts as one that works, so that the next loss is tried again quickly. */
export const STABLE = 5_000;

/** Milliseconds to stay away at most when the application says that it stops. */
export const MAX_SPREAD = 60_000;

/** How often a handshake that the browser holds back is waited for, each time as long as for one that is not. */
export const MAX_HELD_BACK = 3;

// --- connection.js

/** Milliseconds from the first packet to the relay's HELLO. */
export const HANDSHAKE_TIMEOUT = 20_000;

/** Silence for so many times the relay's KEEPALIVE means that the line is broken. */
export const SILENCE_FACTOR = 2.5;

/** Bytes of a WebSocket close reason. */
export const MAX_CLOSE_REASON = 123;

/** WebSocket.CLOSING, which an injected constructor need not have. */
export const SOCKET_CLOSING = 2;

/** Milliseconds after an "error" in which "close", which has a reason, may follow. Node's own WebSocket says "error" alone. */
export const CLOSE_AFTER_ERROR = 100;

// --- dialer.js

/** Milliseconds to wait at most after a refusal that only a login ends. */
export const LOGIN_PAUSE = 30_000;

/** Milliseconds after which a handshake is tried whatever HTTP says: what stands between may treat the two differently. */
export const DIAL_ANYWAY = 60_000;

// --- inquiry.js

/** Milliseconds until a request counts as unanswered. */
export const INQUIRY_TIMEOUT = 4_000;

/** What a redirect is reported as: a browser does not tell which one it was. */
export const REDIRECT_STATUS = 302;

/** Characters of the application's message that are kept. */
export const MAX_REASON_TEXT = 300;

// --- outgoing.js

/** Bytes from which on a WebSocket message is sent and another begun. */
export const BATCH_SIZE = 64 * 1024;

/** Bytes that may wait in the socket before streams have to wait. More would only delay the streams that come later. */
export const MAX_BUFFERED = 256 * 1024;

/**
 * Milliseconds between looks at a full socket, which does not say when it is empty. CREDIT that comes in, or the answer to a PING behind the
 * data, usually is faster; in a hidden tab, whose timers wait for a second or a minute, they are all there is.
 */
export const POLL_PAUSE = 10;

// --- wire-stream.js

/** Bytes that a stream may send before it is another's turn. */
export const TURN = 16 * 1024;

// --- window.js

/** Bytes of the window of a stream that nobody has measured yet. */
export const FIRST_WINDOW = 256 * 1024;

// --- assembler.js

/** Bytes: the first and the largest block of a message that is being assembled. */
export const FIRST_BLOCK = 16 * 1024;
export const LARGEST_BLOCK = 1024 * 1024;

// --- messages.js

/** Bytes of a Blob that are in memory at once while it is sent. */
export const BLOB_SLICE = 256 * 1024;

// --- open-stream.js

/** The longest time that setTimeout knows. */
export const MAX_TIMEOUT = 2 ** 31 - 1;

// --- server.js

/** Bytes of the key that proves that a name is ours. */
export const KEY_SIZE = 32;

/** How often a name that was ours is asked for again when somebody else has it after a lost connection. */
export const MAX_RETRIES = 5;

// --- writer.js

/** A header is at most type, flags and two varints of five bytes. */
export const MAX_HEADER = 12;
