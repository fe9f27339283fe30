// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { WireError } from "./errors.js";

/** @typedef {"OPENING" | "OPENING_ENDED" | "OFFERED" | "OFFERED_ENDED" | "OPEN" | "HALF_CLOSED_LOCAL" | "HALF_CLOSED_REMOTE" | "CLOSED"} State */
/** @typedef {"DATA" | "CREDIT" | "ACCEPT" | "END" | "RESET"} StreamFrame */
/** @typedef {"sent" | "received"} Direction */

/**
 * The table of docs/protocol.md, section 4, as far as frames change the state: by direction, frame and state before. What is received in
 * CLOSED was sent before the other side knew, and is ignored.
 * @type {Record<Direction, Record<"ACCEPT" | "END", Partial<Record<State, State>>>>}
 */
const TABLE = {
  sent: {
    ACCEPT: { OFFERED: "OPEN", OFFERED_ENDED: "HALF_CLOSED_REMOTE" },
    END: { OPENING: "OPENING_ENDED", OPEN: "HALF_CLOSED_LOCAL", HALF_CLOSED_REMOTE: "CLOSED" },
  },
  received: {
    ACCEPT: { OPENING: "OPEN", OPENING_ENDED: "HALF_CLOSED_LOCAL", CLOSED: "CLOSED" },
    END: { OFFERED: "OFFERED_ENDED", OPEN: "HALF_CLOSED_REMOTE", HALF_CLOSED_LOCAL: "CLOSED", CLOSED: "CLOSED" },
  },
};

/**
 * @param {State} state
 * @param {StreamFrame} frame
 * @param {Direction} direction
 * @returns {State | undefined} undefined where the frame may not be
 */
function lookUp(state, frame, direction) {
  const table = TABLE[direction];
  // DATA may be where END may be.
  if (frame === "DATA") return table.END[state] && state;
  if (frame in table) return table[/** @type {"ACCEPT" | "END"} */ (frame)][state];
  return direction === "sent" && state === "CLOSED" ? undefined : state;
}

/**
 * Where a frame leads. What is not allowed is our own fault when we sent it (INTERNAL), the other side's when it came
 * (PROTOCOL_ERROR); both cost the stream.
 * @param {State} state
 * @param {StreamFrame} frame
 * @param {Direction} direction
 * @returns {State}
 */
export function nextState(state, frame, direction) {
  const next = frame === "RESET" ? "CLOSED" : lookUp(state, frame, direction);
  if (next) return next;
  throw new WireError(direction === "sent" ? "INTERNAL" : "PROTOCOL_ERROR", `${frame} ${direction} in state ${state}`);
}

/**
 * @param {State} state
 * @param {StreamFrame} frame
 * @returns {boolean}
 */
export function maySend(state, frame) {
  return lookUp(state, frame, "sent") !== undefined;
}

/**
 * Whether the other side may still send DATA, now or later.
 * @param {State} state
 * @returns {boolean}
 */
export function expectsData(state) {
  return state !== "OFFERED_ENDED" && state !== "HALF_CLOSED_REMOTE" && state !== "CLOSED";
}
