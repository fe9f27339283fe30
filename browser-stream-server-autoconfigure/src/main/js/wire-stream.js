// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { Assembler } from "./assembler.js";
import { ErrorCode, errorName, ownError, streamError, WireError } from "./errors.js";
import { FRAME_COST, INITIAL_CREDIT, MAX_PAYLOAD } from "./wire.js";
import { TURN } from "./limits.js";
import * as OpenKind from "./open-kinds.js";
import { Outbox } from "./outbox.js";
import { expectsData, maySend, nextState } from "./stream-state.js";
import { EMPTY } from "./utf8.js";
import { NOBODY } from "./wire-owner.js";
import { ReceiveWindow, SendWindow } from "./window.js";

/** @import { ErrorName, StreamError } from "./errors.js" */
/** @import { OutgoingMessage } from "./messages.js" */
/** @import { Request } from "./open.js" */
/** @import { Outgoing } from "./outgoing.js" */
/** @import { Direction, State, StreamFrame } from "./stream-state.js" */
/** @import { WireStreamOwner } from "./wire-owner.js" */

/** What a stream takes before it is accepted: whoever accepts it knows better. */
const INITIAL_LIMITS = { window: INITIAL_CREDIT, maxMessageSize: 0 };

/**
 * One end of a stream on the wire: its state, its windows and its messages. It exists before it has a connection, so that what is
 * written early is kept, but it is never moved to a second one.
 */
export class WireStream {
  /** @type {State} */
  #state = "OPENING";
  #sendWindow = new SendWindow();
  #receiveWindow = new ReceiveWindow();
  #outbox = new Outbox();
  #assembler;
  #window;
  #ending = false;
  /** Whether the owner knows that it is closed. */
  #over = false;
  /** Bytes that this turn may still have; negative after a frame that was larger than what was left. */
  #turn = 0;
  /** Cost of parts that are stored but not yet given back. */
  #stored = 0;
  /** @type {Outgoing | undefined} */
  #carrier;

  id = 0;
  /** @type {WireStreamOwner} */
  owner = NOBODY;
  /** Called when the stream is reset before it had a connection. */
  abandoned = () => {};

  /**
   * @param {Request} request
   * @param {typeof INITIAL_LIMITS} [limits]
   */
  constructor(request, limits = INITIAL_LIMITS) {
    this.request = request;
    this.#window = limits.window;
    this.#assembler = new Assembler(limits.maxMessageSize, limits.window);
  }

  get closed() {
    return this.#state === "CLOSED";
  }

  get buffered() {
    return this.#outbox.buffered;
  }

  // --- what the owner does

  /** @param {OutgoingMessage} message */
  send(message) {
    if (this.#outbox.empty && !this.closed && message.ready && this.#carrier && this.#passes(message, this.#carrier)) return;
    this.#outbox.push(message);
    this.#carrier?.ready(this);
  }

  /** Ends our direction, behind all that was sent. */
  end() {
    this.#ending = true;
    // Not in its turn, if nothing has to go before: a name that is given up here may be asked for in the next line.
    this.#maybeSendEnd();
  }

  /**
   * Closes both directions at once. The owner is not told.
   * @param {ErrorName} code
   * @param {string} reason
   */
  reset(code, reason) {
    if (this.closed) return;
    this.#move("RESET", "sent");
    this.#carrier?.writer.reset(this.id, ErrorCode[code], reason);
    this.#carrier?.changed();
    if (!this.#carrier) this.abandoned();
    this.#drop();
  }

  /**
   * Takes a stream that was offered.
   * @param {typeof INITIAL_LIMITS} limits
   */
  accept(limits) {
    this.#window = limits.window;
    this.#assembler = new Assembler(limits.maxMessageSize, limits.window);
    this.#move("ACCEPT", "sent");
    this.#carrier?.writer.accept(this.id);
    this.#carrier?.ready(this);
    this.#grant(this.#receiveWindow.grow(this.#window));
  }

  /** @param {number} cost of a message that the page took */
  release(cost) {
    this.#grant(this.#receiveWindow.consume(cost));
  }

  /** Gives back what the parts of an unfinished message cost: the owner wants more of it. */
  releaseStored() {
    const cost = this.#stored;
    this.#stored = 0;
    if (cost > 0) this.release(cost);
  }

  // --- what the connection does

  /**
   * @param {Outgoing} carrier
   * @param {number} id
   */
  open(carrier, id) {
    this.#carrier = carrier;
    this.id = id;
    const { kind, target, metadata, key } = this.request;
    carrier.writer.open(id, kind, target, metadata ?? EMPTY, key);
    this.#grant(this.#receiveWindow.grow(this.#window));
    carrier.ready(this);
  }

  /**
   * @param {Outgoing} carrier
   * @param {number} id that the relay chose
   */
  offered(carrier, id) {
    this.#carrier = carrier;
    this.id = id;
    this.#state = "OFFERED";
  }

  /**
   * Sends frames, at most as many as are fair.
   * @returns {boolean} whether more could be sent at once
   */
  takeTurn() {
    this.#turn += TURN;
    const before = this.buffered;
    let more = true;
    while (more && this.#turn > 0) more = this.#sendOne();
    // Nobody saves up turns while there is nothing to send.
    if (!more) this.#turn = Math.min(this.#turn, 0);
    if (this.buffered < before) this.owner.sent();
    return more;
  }

  /**
   * The stream is at its end, or with its connection. The owner is told.
   * @param {StreamError} [error] undefined when nothing went wrong
   */
  close(error) {
    if (this.#over) return;
    this.#state = "CLOSED";
    this.#drop();
    this.owner.closed(error);
  }

  /**
   * A rule was broken that costs this stream.
   * @param {ErrorName} code
   * @param {string} reason
   */
  abort(code, reason) {
    if (this.closed) return;
    this.reset(code, reason);
    this.owner.closed(streamError(code, this.request.target, reason));
  }

  // --- what came

  receiveAccept() {
    this.#move("ACCEPT", "received");
    this.owner.accepted();
  }

  /**
   * @param {number} flags
   * @param {Uint8Array} payload
   * @param {number} whole
   */
  receiveData(flags, payload, whole) {
    if (this.request.kind === OpenKind.LISTEN) throw new WireError("PROTOCOL_ERROR", "DATA on a listen stream");
    this.#move("DATA", "received");
    const cost = this.#receiveWindow.receive(payload.length);
    const message = this.#assembler.push(flags, payload, whole);
    this.#stored += cost;
    if (!message) {
      // A message may be larger than the window. But while the page does not take what is complete, no more is asked for.
      if (this.owner.wantsMore()) this.releaseStored();
      return;
    }
    const total = this.#stored;
    this.#stored = 0;
    this.owner.message(message.value, total);
  }

  /** @param {number} bytes */
  receiveCredit(bytes) {
    this.#move("CREDIT", "received");
    this.#sendWindow.add(bytes);
    if (!this.#outbox.empty) this.#carrier?.ready(this);
  }

  receiveEnd() {
    if (this.#assembler.inside) throw new WireError("PROTOCOL_ERROR", "END inside a message");
    this.#move("END", "received");
    this.owner.ended();
    if (this.closed) this.close();
  }

  /**
   * @param {number} number
   * @param {string} reason
   */
  receiveReset(number, reason) {
    this.#move("RESET", "received");
    this.close(streamError(errorName(number), this.request.target, reason));
  }

  // --- inside

  /**
   * @param {StreamFrame} frame
   * @param {Direction} direction
   */
  #move(frame, direction) {
    this.#state = nextState(this.#state, frame, direction);
  }

  /**
   * Sends what can be sent without waiting for a turn.
   * @param {OutgoingMessage} message
   * @param {Outgoing} carrier
   * @returns {boolean} whether that was all of it
   */
  #passes(message, carrier) {
    for (let room = this.#sendWindow.room; message.fits(room) && carrier.free; room = this.#sendWindow.room) {
      const { flags, payload } = message.take(Math.min(room, MAX_PAYLOAD));
      this.#sendWindow.spend(payload.length);
      carrier.pass(this.id, flags, payload);
      if (message.done) return true;
    }
    return false;
  }

  /** @returns {boolean} whether a frame was sent */
  #sendOne() {
    if (!this.#carrier || this.closed) return false;
    const part = this.#outbox.next(this.#sendWindow.room, (error) => this.#loaded(error));
    if (part) {
      this.#move("DATA", "sent");
      this.#sendWindow.spend(part.payload.length);
      this.#carrier.writer.data(this.id, part.flags, part.payload);
      this.#turn -= part.payload.length + FRAME_COST;
      return true;
    }
    this.#maybeSendEnd();
    return false;
  }

  #maybeSendEnd() {
    if (!this.#carrier || !this.#ending || !this.#outbox.empty || !maySend(this.#state, "END")) return;
    this.#move("END", "sent");
    this.#carrier.writer.end(this.id);
    this.#carrier.changed();
    this.owner.finished();
    if (this.closed) this.close();
  }

  /** @param {unknown} error */
  #loaded(error) {
    if (this.closed) return;
    if (!error) {
      this.#carrier?.ready(this);
      return;
    }
    // The other side is told of a failure over here; over here it is not the other side's.
    const reason = `a Blob or file could not be read: ${error}`;
    this.reset("INTERNAL", reason);
    this.owner.closed(ownError("INTERNAL", this.request.target, reason, { cause: error }));
  }

  /** @param {number} bytes */
  #grant(bytes) {
    if (bytes === 0 || !expectsData(this.#state)) return;
    this.#carrier?.writer.credit(this.id, bytes);
    this.#carrier?.changed();
  }

  #drop() {
    this.#over = true;
    this.#outbox.clear();
    this.#assembler.clear();
    this.#carrier?.forget(this);
  }
}
