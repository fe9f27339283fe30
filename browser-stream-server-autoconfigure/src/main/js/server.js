// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Backoff } from "./backoff.js";
import { connectorOf } from "./boot.js";
import { Emitter, emitEnd, report } from "./emitter.js";
import { ownError, streamError } from "./errors.js";
import { KEY_SIZE, MAX_RETRIES } from "./limits.js";
import * as OpenKind from "./open-kinds.js";
import { checkName } from "./open.js";
import { obey, openStream } from "./open-stream.js";
import { streamSettings } from "./options.js";
import { BrowserStream } from "./stream.js";
import { asyncDispose } from "./web-streams.js";
import { NOBODY } from "./wire-owner.js";
import { WireStream } from "./wire-stream.js";

/** @import { StreamError } from "./errors.js" */
/** @import { Mdm } from "./boot.js" */
/** @import { Connector, Listener as NameListener } from "./connector.js" */
/** @import { ConnectOptions } from "./open-stream.js" */
/** @import { StreamOptions, StreamSettings } from "./options.js" */

/**
 * @typedef {object} ServerEvents
 * @property {[]} listening clients can connect; again after each lost connection
 * @property {[error: StreamError]} error it cannot listen; "close" follows
 * @property {[]} close comes once, and last
 */

/** @typedef {(stream: BrowserStream) => unknown} StreamCallback */

/**
 * A name that this page listens on, until `end`. It listens anew by itself on each new connection.
 * @extends {Emitter<ServerEvents>}
 */
export class Server extends Emitter {
  #connector;
  #settings;
  #callback;
  #backoff;
  #key = crypto.getRandomValues(new Uint8Array(KEY_SIZE));
  /** What the connector sees of us. @type {NameListener} */
  #listener = {
    online: () => this.#listen(),
    offered: (wire) => this.#offered(wire),
    leaving: () => (this.listening = false),
    closed: () => this.#finish(),
  };
  /** The listen stream, while there is one. @type {WireStream | undefined} */
  #wire;
  /** @type {any} */
  #timer;
  /** Whether the name has been ours. */
  #owned = false;
  #ending = false;
  #done = false;
  /** @type {unknown} */
  #error;
  /** @type {Promise<void> | undefined} */
  #ready;

  /** The name. @type {string} */
  name;
  /** Whether clients can connect now. */
  listening = false;

  /**
   * Made by StreamServer.
   * @param {Connector} connector
   * @param {string} name
   * @param {StreamSettings} settings
   * @param {StreamCallback} callback
   */
  constructor(connector, name, settings, callback) {
    super();
    this.#connector = connector;
    this.name = name;
    this.#settings = settings;
    this.#callback = callback;
    this.#backoff = new Backoff(connector.clock.random);
    if (connector.closed) this.#finish(ownError("CANCELLED", name, "the mdm is closed"));
    else if (connector.listeners.has(name)) this.#finish(streamError("NAME_TAKEN", name, "by this page itself"));
    else {
      connector.listeners.set(name, this.#listener);
      this.#listen();
    }
  }

  /** Resolves when clients can connect, and rejects when the server closes before. Unlike others it may be ignored. @returns {Promise<void>} */
  get ready() {
    this.#ready ??= new Promise((resolve, reject) => {
      const fail = () => reject(this.#error ?? ownError("CANCELLED", this.name, "the server was ended"));
      if (this.listening) resolve();
      else if (this.#done) fail();
      else this.on("listening", resolve).on("close", fail);
    });
    this.#ready.catch(() => {});
    return this.#ready;
  }

  /**
   * Gives the name up; the application ends the streams to it. A second call has no effect.
   * @returns {this}
   */
  end() {
    if (this.#ending) return this;
    this.#leave();
    if (this.#wire) this.#wire.end();
    else this.#finish();
    return this;
  }

  /** For `await using`. */
  async [asyncDispose]() {
    this.end();
  }

  #listen() {
    this.#connector.clock.clearTimeout(this.#timer);
    if (!this.#connector.online) return;
    const wire = new WireStream({ kind: OpenKind.LISTEN, target: this.name, key: this.#key });
    // The one before may live on for a while, on a connection that the application ends soon.
    this.#wire = wire;
    wire.owner = {
      ...NOBODY,
      accepted: () => this.#wire === wire && this.#accepted(),
      ended: () => wire.end(),
      closed: (error) => this.#wire === wire && this.#lost(error),
    };
    this.#connector.open(wire);
  }

  #accepted() {
    this.#owned = true;
    this.#backoff.reset();
    if (this.#ending) return;
    this.listening = true;
    this.emit("listening");
  }

  /** @param {WireStream} wire */
  #offered(wire) {
    wire.accept(this.#settings);
    const stream = new BrowserStream(wire, this.#settings);
    const fail = (/** @type {unknown} */ error) => {
      // A callback that reads with `for await` throws what the stream ended with: no fault of its own.
      if (error !== stream.errored || error === undefined) report(error);
      wire.reset("INTERNAL", "the server's callback failed");
      stream.destroy();
    };
    try {
      const result = this.#callback(stream);
      if (result instanceof Promise) result.catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  /** @param {StreamError | undefined} error */
  #lost(error) {
    this.#wire = undefined;
    this.listening = false;
    // Without an error on a connection that ends soon: there will be another.
    if (this.#ending || (!error && this.#connector.online)) this.#finish();
    else if (error?.code === "SHUTDOWN" || (error?.code === "NAME_TAKEN" && this.#owned && this.#backoff.tries < MAX_RETRIES))
      this.#timer = this.#connector.clock.setTimeout(() => this.#listen(), this.#backoff.next());
    else if (error && error.code !== "CONNECTION_LOST") this.#finish(error);
  }

  /** @param {StreamError} [error] */
  #finish(error) {
    if (this.#done) return;
    this.#done = true;
    this.#error = error;
    this.#leave();
    emitEnd(/** @type {Emitter<any>} */ (this), error);
  }

  #leave() {
    this.#ending = true;
    this.listening = false;
    this.#connector.clock.clearTimeout(this.#timer);
    if (this.#connector.listeners.get(this.name) === this.#listener) this.#connector.listeners.delete(this.name);
  }
}

/**
 * @typedef {object} ServerOnly
 * @property {string} [prefix] accepted for the original's sake: where the application listens is decided in `boot`
 */

/** @typedef {StreamOptions & ServerOnly} ServerOptions */
/** @typedef {ConnectOptions & ServerOnly} ClientOptions */
/** @typedef {{ listen: (name: string, options?: { signal?: AbortSignal }) => Server }} Listener */
/** @typedef {{ connect: (name: string, options?: ClientOptions) => BrowserStream }} Client */

/**
 * `StreamServer(mdm, callback).listen(name)`. The callback is called with a stream for each client that connects to the name. If it throws,
 * that stream is reset with INTERNAL; the others are not affected.
 *
 * `listen` returns the server. If somebody else has the name, it closes with the error NAME_TAKEN.
 *
 * @type {{
 *   (mdm: Mdm, callback: StreamCallback): Listener;
 *   (mdm: Mdm, options: ServerOptions | null | undefined, callback: StreamCallback): Listener;
 *   new (mdm: Mdm, callback: StreamCallback): Listener;
 *   new (mdm: Mdm, options: ServerOptions | null | undefined, callback: StreamCallback): Listener;
 * }}
 */
export const StreamServer = /** @type {any} */ (
  function StreamServer(
    /** @type {Mdm} */ mdm,
    /** @type {any} */ optionsOrCallback,
    /** @type {StreamCallback | undefined} */ callback,
  ) {
    const connector = connectorOf(mdm);
    if (typeof optionsOrCallback === "function") return /** @type {any} */ (StreamServer)(mdm, {}, optionsOrCallback);
    if (typeof callback !== "function") throw new TypeError("StreamServer needs a function");
    const settings = streamSettings(optionsOrCallback ?? {}, connector.settings);
    return {
      listen(/** @type {string} */ name, /** @type {{ signal?: AbortSignal }} */ { signal } = {}) {
        const server = new Server(connector, checkName(name), settings, callback);
        if (signal) obey(signal, server, () => server.end());
        return server;
      },
    };
  }
);

/**
 * `StreamClient(mdm).connect(name)`. Returns a stream to the server that listens on the name; it may be written to at once. If nobody listens
 * there, it closes with the error NO_SUCH_SERVER. Options can be given in both places.
 *
 * @type {{
 *   (mdm: Mdm, options?: ClientOptions | null): Client;
 *   new (mdm: Mdm, options?: ClientOptions | null): Client;
 * }}
 */
export const StreamClient = /** @type {any} */ (
  function StreamClient(/** @type {Mdm} */ mdm, /** @type {ClientOptions | null | undefined} */ defaults) {
    const connector = connectorOf(mdm);
    return {
      connect: (/** @type {string} */ name, /** @type {ClientOptions} */ options = {}) =>
        openStream(connector, OpenKind.CONNECT, name, { ...defaults, ...options }),
    };
  }
);
