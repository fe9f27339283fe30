// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { webcrypto } from "node:crypto";
import { boot } from "../../../main/js/client.js";
import { FakeClock, settle } from "./clock.js";
import { decode, hello } from "./wire.js";

// Node 18 keeps it from the global scope.
globalThis.crypto ??= webcrypto;

/** The client's end of a WebSocket without a network. The test is the other end. */
class FakeSocket extends EventTarget {
  readyState = 0;
  bufferedAmount = 0;
  protocol = "";
  /** What the client sent, message by message. */
  sent = [];
  closedWith = undefined;

  constructor(uri, protocol) {
    super();
    this.uri = uri;
    this.offered = protocol;
  }

  send(bytes) {
    if (this.readyState !== 1) throw new Error(`send() in state ${this.readyState}`);
    this.sent.push(Buffer.from(bytes));
    this.onsend?.();
  }

  close(code, reason = "") {
    this.readyState = 2;
    this.closedWith = { code, reason };
    this.onclose?.();
  }

  dispatch(type, fields) {
    this.dispatchEvent(Object.assign(new Event(type), fields));
  }
}

/** A relay that says what the test tells it to say. One for each WebSocket that the client makes. */
export class ScriptedRelay {
  #taken = 0;

  constructor(socket) {
    this.socket = socket;
  }

  /** Completes the handshake. */
  async open({ protocol = "v1.browser-stream-server", settings = {}, greet = true } = {}) {
    this.socket.readyState = 1;
    this.socket.protocol = protocol;
    this.socket.dispatch("open");
    if (greet) this.say(hello(settings));
    await settle();
    return this;
  }

  /** Sends frames in one message. */
  say(...frames) {
    this.raw(Uint8Array.from(frames.flat()));
  }

  raw(bytes) {
    this.socket.dispatch("message", {
      data: typeof bytes === "string" ? bytes : bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    });
  }

  /** Breaks the line. */
  async drop(code = 1006, reason = "") {
    this.socket.readyState = 3;
    this.socket.dispatch("close", { code, reason });
    await settle();
  }

  /** The frames that came since the last time. */
  async heard() {
    await settle();
    const messages = this.socket.sent.slice(this.#taken);
    this.#taken = this.socket.sent.length;
    return messages.flatMap(decode);
  }

  /** Those of one type. */
  async heardOnly(type) {
    return (await this.heard()).filter((frame) => frame.type === type);
  }
}

/** An mdm whose every WebSocket ends in a ScriptedRelay. */
export function setUp(options = {}) {
  const clock = new FakeClock();
  const relays = [];
  class WebSocket extends FakeSocket {
    constructor(uri, protocol) {
      super(uri, protocol);
      relays.push(new ScriptedRelay(this));
    }
  }
  const events = new EventTarget();
  const mdm = boot("ws://test/browser-server", { shared: false, WebSocket, fetch: null, clock, events, ...options });
  return {
    mdm,
    clock,
    relays,
    events,
    get relay() {
      return relays.at(-1);
    },
  };
}

/** The same, connected, and with what is said in each handshake out of the way. */
export async function setUpConnected(options = {}) {
  const world = setUp(options);
  await world.relay.open({ settings: options.settings });
  await world.relay.heard();
  return world;
}

/** Writes down the events of a stream, a server or an mdm in their order. */
export function record(emitter, ...events) {
  const log = [];
  for (const event of events)
    emitter.on(event, (value) =>
      log.push(value === undefined ? event : [event, value instanceof Error ? (value.code ?? value.message) : value]),
    );
  return log;
}

/** Keeps what is printed on the console meanwhile. */
export async function silenced(action) {
  const printed = [];
  const { error } = console;
  console.error = (...args) => printed.push(args);
  try {
    await action();
  } finally {
    console.error = error;
  }
  return printed;
}

export { FakeSocket };
