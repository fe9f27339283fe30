// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { systemClock } from "./clock.js";
import { Connector } from "./connector.js";
import { defaultAddress } from "./default-address.js";
import { Emitter, emitEnd } from "./emitter.js";
import { MAX_INT } from "./wire.js";
import { DEFAULT_MAX_STREAMS } from "./limits.js";
import * as OpenKind from "./open-kinds.js";
import { tagOf } from "./messages.js";
import { openStream } from "./open-stream.js";
import { DEFAULTS, streamSettings, wholeNumber } from "./options.js";

/** @import { Clock } from "./clock.js" */
/** @import { StreamError } from "./errors.js" */
/** @import { Fetch } from "./inquiry.js" */
/** @import { ConnectOptions } from "./open-stream.js" */
/** @import { StreamOptions, StreamSettings } from "./options.js" */
/** @import { BrowserStream } from "./stream.js" */

/** @typedef {string | (() => string | Promise<string>)} Token */

/**
 * @typedef {object} BootOnly
 * @property {boolean} [shared] false: a connection of its own (true)
 * @property {number} [maxStreams] streams of clients that are open at once; more are refused with LIMIT (4096)
 * @property {Token} [token] who we are, for the application's StreamAuthorizer: a text, or a function that has one for each new connection. It travels
 *   in the handshake's Sec-WebSocket-Protocol, so it may have letters, digits and -._~ alone, as a JSON Web Token has
 * @property {new (uri: string, protocols: string | string[]) => WebSocket} [WebSocket] a constructor, where the platform has none or for tests
 * @property {Fetch | null} [fetch] asks the application why a handshake was refused, and whether it is back; null: nothing is asked (the platform's)
 * @property {Clock} [clock] for tests
 * @property {EventTarget} [events] where "online", "pagehide" and the like are heard; the window or the worker unless it is given
 */

/** @typedef {StreamOptions & BootOnly} BootOptions */

/**
 * What a connector needs to know of where it is.
 * @typedef {object} Environment
 * @property {new (uri: string, protocols: string | string[]) => WebSocket} WebSocket
 * @property {Fetch | null | undefined} fetch
 * @property {Token | undefined} token
 * @property {Clock} clock
 * @property {Partial<EventTarget>} events outside a browser there may be none
 * @property {number} maxStreams
 * @property {StreamSettings} settings
 */

/**
 * @typedef {object} MdmEvents
 * @property {[]} connect the application can be reached
 * @property {[error: StreamError]} disconnect it cannot any more; it is tried again
 * @property {[]} close `close` was called
 */

/** @type {Map<string, Mdm>} */
const SHARED = new Map();

/**
 * What is behind an mdm, which shows it to nobody else.
 * @type {(mdm: Mdm) => Connector}
 */
export let connectorOf;

/**
 * The connection to the application, made anew whenever it is lost. Streams that are open then end with CONNECTION_LOST; streams that were not
 * sent yet wait; servers listen again by themselves.
 * @extends {Emitter<MdmEvents>}
 */
export class Mdm extends Emitter {
  #connector;

  /**
   * Made by `boot`.
   * @param {string} uri
   * @param {Environment} environment
   */
  constructor(uri, environment) {
    super();
    /** Where it connects to. */
    this.uri = uri;
    this.#connector = new Connector(uri, environment, this);
  }

  static {
    connectorOf = (mdm) => {
      if (#connector in Object(mdm)) return mdm.#connector;
      throw new TypeError("the first argument must be what boot() returned");
    };
  }

  /** Whether the application can be reached. */
  get connected() {
    return this.#connector.connected;
  }

  /**
   * Ends the connection, with all its streams and servers, for good. What was written is still sent as far as that is possible at once.
   * A second call has no effect.
   */
  close() {
    if (this.#connector.closed) return;
    if (SHARED.get(this.uri) === this) SHARED.delete(this.uri);
    this.#connector.close();
    emitEnd(/** @type {Emitter<any>} */ (this), undefined);
  }

  /** The same as `close`. */
  end() {
    this.close();
  }

  /**
   * Opens a stream to a route of the application itself.
   * @param {string} path
   * @param {ConnectOptions} [options]
   * @returns {BrowserStream}
   */
  createStream(path, options = {}) {
    return openStream(this.#connector, OpenKind.ROUTE, path, options);
  }
}

/**
 * Connects to the application, at once, and stays connected.
 *
 * Several calls with the same uri share one connection until it is closed; the options of the first call count. With
 * `{ shared: false }` it is one of its own. The options may also be the only argument.
 *
 * @param {string | URL | BootOptions | null} [uri] a path ("/browser-server"), or an http:, https:, ws: or wss: address. Unless it is given, it is the
 *   directory that `client.js` came from; of the npm package, and of the WebJar, it is "/browser-server"
 * @param {BootOptions} [options]
 * @returns {Mdm}
 * @throws {Error} when the connection that would be shared was made with another token, or without one
 */
export function boot(uri, options) {
  if (areOptions(uri)) {
    if (options !== undefined) throw new TypeError("boot() takes its options once");
    return boot(undefined, uri);
  }
  const address = resolve(uri);
  const { shared = true, token } = options ?? {};
  const known = shared ? SHARED.get(address) : undefined;
  if (known && !connectorOf(known).serves(token))
    throw new Error(`the connection to ${address} was made with another token, or without one; use { shared: false }`);
  if (known) return known;
  const mdm = new Mdm(address, environment(options ?? {}));
  if (shared) SHARED.set(address, mdm);
  return mdm;
}

/**
 * @param {BootOptions} options
 * @returns {Environment}
 */
function environment(options) {
  const WebSocket = options.WebSocket ?? globalThis.WebSocket;
  if (typeof WebSocket !== "function") throw new TypeError("there is no WebSocket here; give a constructor as an option");
  return {
    WebSocket,
    fetch: options.fetch === undefined ? globalThis.fetch : options.fetch,
    token: options.token,
    clock: options.clock ?? systemClock,
    events: options.events ?? globalThis,
    maxStreams: wholeNumber(options.maxStreams ?? DEFAULT_MAX_STREAMS, "maxStreams", 1, MAX_INT),
    settings: streamSettings(options, DEFAULTS),
  };
}

/**
 * @param {string | URL | BootOptions | null | undefined} value
 * @returns {value is BootOptions} and not an address, as a URL or the page's `location` is
 */
function areOptions(value) {
  return tagOf(value) === "[object Object]" && !("href" in /** @type {object} */ (value));
}

/**
 * @param {string | URL | null | undefined} uri
 * @returns {string} a ws: or wss: address
 */
function resolve(uri) {
  const given = String(uri || defaultAddress());
  // A worker that was made from a Blob has no useful address of its own, but knows its origin.
  const bases = [globalThis.document?.baseURI, globalThis.location?.href, globalThis.origin, import.meta.url];
  const base = bases.find((each) => /^https?:/.test(each ?? ""));
  try {
    const address = new URL(given, base);
    address.protocol = address.protocol.replace("http", "ws");
    address.hash = "";
    if (/^wss?:/.test(address.href)) return address.href;
  } catch {
    // It is none.
  }
  const hint = base ? "" : "; outside a page it must be a whole one";
  throw new TypeError(`boot() needs a uri, and ${given} is none${hint}`);
}
