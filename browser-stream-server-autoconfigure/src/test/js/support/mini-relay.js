// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { boot } from "../../../main/js/client.js";
import { FakeSocket } from "./relay.js";
import { accept, decode, end, frame, hello, offer, reset, varint } from "./wire.js";

/** Joins tabs that exist only in this process: names, streams and nothing else. Credit goes through from end to end. */
export class MiniRelay {
  /** name -> { peer, id } */
  names = new Map();
  peers = [];

  /** Another tab. */
  boot(options = {}) {
    const relay = this;
    class WebSocket extends FakeSocket {
      constructor(uri, protocol) {
        super(uri, protocol);
        const peer = new Peer(relay, this);
        relay.peers.push(peer);
        setImmediate(() => peer.open(protocol));
      }
    }
    return boot("ws://mini/browser-server", { shared: false, WebSocket, fetch: null, ...options });
  }
}

class Peer {
  #nextId = 2;
  /** id -> { peer, id } of the other end */
  joined = new Map();
  outgoing = [];

  constructor(relay, socket) {
    this.relay = relay;
    this.socket = socket;
    socket.onsend = () => this.receive(socket.sent.pop());
    socket.onclose = () => this.gone();
  }

  open(protocol) {
    this.socket.readyState = 1;
    this.socket.protocol = protocol;
    this.socket.dispatch("open");
    this.say(hello({ 1: 1000 }));
  }

  /** In another turn of the event loop, as a network would. */
  say(bytes) {
    this.outgoing.push(Buffer.from(bytes));
    if (this.outgoing.length > 1) return;
    setImmediate(() => {
      const joined = Buffer.concat(this.outgoing);
      this.outgoing = [];
      if (this.socket.readyState === 1)
        this.socket.dispatch("message", { data: joined.buffer.slice(joined.byteOffset, joined.byteOffset + joined.length) });
    });
  }

  receive(message) {
    for (const each of decode(message)) {
      if (each.type === "OPEN") this.opened(each);
      else this.forward(each);
    }
  }

  opened({ stream, kind, target, meta }) {
    const host = this.relay.names.get(target);
    if (kind === 1 && host) return this.say(reset(stream, 2));
    if (kind === 1) {
      this.relay.names.set(target, { peer: this, id: stream });
      return this.say(accept(stream));
    }
    if (kind === 3) return this.say(reset(stream, 12));
    if (!host) return this.say(reset(stream, 1));
    const id = host.peer.#nextId;
    host.peer.#nextId += 2;
    host.peer.joined.set(id, { peer: this, id: stream });
    this.joined.set(stream, { peer: host.peer, id });
    return host.peer.say(offer(id, target, meta));
  }

  forward({ type, stream, payload, first, last, kind, bytes, code, reason }) {
    const other = this.joined.get(stream);
    if (!other && type === "END") return this.unlisten(stream);
    // What was sent before this tab knew that the other one is gone.
    if (!other) return undefined;
    if (type === "DATA") {
      const head = frame(type, (first ? 1 : 0) + (last ? 2 : 0) + kind, other.id).slice(0, -1);
      other.peer.say(Buffer.concat([Buffer.from([...head, ...varint(payload.length)]), payload]));
    } else if (type === "CREDIT") other.peer.say(frame(type, 0, other.id, varint(bytes)));
    else if (type === "RESET") other.peer.say(reset(other.id, code, reason));
    else if (type === "ACCEPT") other.peer.say(accept(other.id));
    else if (type === "END") other.peer.say(end(other.id));
    return undefined;
  }

  unlisten(stream) {
    for (const [name, { peer, id }] of this.relay.names) if (peer === this && id === stream) this.relay.names.delete(name);
    this.say(end(stream));
  }

  gone() {
    for (const [name, { peer }] of this.relay.names) if (peer === this) this.relay.names.delete(name);
    for (const { peer, id } of this.joined.values()) peer.say(reset(id, id % 2 === 0 ? 7 : 6));
    this.joined.clear();
  }
}
