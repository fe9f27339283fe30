// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { WireError } from "./errors.js";

/** @typedef {"OPENING" | "OPENING_ENDED" | "OFFERED" | "OFFERED_ENDED" | "OPEN" | "HALF_CLOSED_LOCAL" | "HALF_CLOSED_REMOTE" | "CLOSED"} State */
/** @typedef {"DATA" | "CREDIT" | "ACCEPT" | "END" | "RESET"} StreamFrame */
/** @typedef {"sent" | "received"} Direction */

/**
 * The table of docs/protocol.md, section 4. RESET is not in it: it leads to CLOSED from everywhere.
 * @type {Record<State, Record<Direction, Partial<Record<StreamFrame, State>>>>}
 */
const TABLE = {
  OPENING: {
    sent: { DATA: "OPENING", CREDIT: "OPENING", END: "OPENING_ENDED" },
    received: { CREDIT: "OPENING", ACCEPT: "OPEN" },
  },
  OPENING_ENDED: {
    sent: { CREDIT: "OPENING_ENDED" },
    received: { CREDIT: "OPENING_ENDED", ACCEPT: "HALF_CLOSED_LOCAL" },
  },
  OFFERED: {
    sent: { CREDIT: "OFFERED", ACCEPT: "OPEN" },
    received: { DATA: "OFFERED", CREDIT: "OFFERED", END: "OFFERED_ENDED" },
  },
  OFFERED_ENDED: {
    sent: { CREDIT: "OFFERED_ENDED", ACCEPT: "HALF_CLOSED_REMOTE" },
    received: { CREDIT: "OFFERED_ENDED" },
  },
  OPEN: {
    sent: { DATA: "OPEN", CREDIT: "OPEN", END: "HALF_CLOSED_LOCAL" },
    received: { DATA: "OPEN", CREDIT: "OPEN", END: "HALF_CLOSED_REMOTE" },
  },
  HALF_CLOSED_LOCAL: {
    sent: { CREDIT: "HALF_CLOSED_LOCAL" },
    received: { DATA: "HALF_CLOSED_LOCAL", CREDIT: "HALF_CLOSED_LOCAL", END: "CLOSED" },
  },
  HALF_CLOSED_REMOTE: {
    sent: { DATA: "HALF_CLOSED_REMOTE", CREDIT: "HALF_CLOSED_REMOTE", END: "CLOSED" },
    received: { CREDIT: "HALF_CLOSED_REMOTE" },
  },
  CLOSED: {
    sent: {},
    // Sent before the other side knew: ignored.
    received: { DATA: "CLOSED", CREDIT: "CLOSED", ACCEPT: "CLOSED", END: "CLOSED" },
  },
};

/**
 * Where a frame leads. What is not in the table is our own fault when we sent it (INTERNAL), the other side's when it came
 * (PROTOCOL_ERROR); both cost the stream.
 * @param {State} state
 * @param {StreamFrame} frame
 * @param {Direction} direction
 * @returns {State}
 */
export function nextState(state, frame, direction) {
  if (frame === "RESET") return "CLOSED";
  const next = TABLE[state][direction][frame];
  if (!next) throw new WireError(direction === "sent" ? "INTERNAL" : "PROTOCOL_ERROR", `${frame} ${direction} in state ${state}`, "stream");
  return next;
}

/**
 * @param {State} state
 * @param {StreamFrame} frame
 * @returns {boolean}
 */
export function maySend(state, frame) {
  return frame === "RESET" ? state !== "CLOSED" : TABLE[state].sent[frame] !== undefined;
}

/**
 * Whether the other side may still send DATA, now or later.
 * @param {State} state
 * @returns {boolean}
 */
export function expectsData(state) {
  return state !== "OFFERED_ENDED" && state !== "HALF_CLOSED_REMOTE" && state !== "CLOSED";
}
