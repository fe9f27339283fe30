// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { WireError } from "./errors.js";

/** @typedef {"OPENING" | "OPENING_ENDED" | "OFFERED" | "OFFERED_ENDED" | "OPEN" | "HALF_CLOSED_LOCAL" | "HALF_CLOSED_REMOTE" | "CLOSED"} State */
/** @typedef {"DATA" | "CREDIT" | "ACCEPT" | "END" | "RESET"} StreamFrame */
/** @typedef {"sent" | "received"} Direction */

/**
 * The table of docs/protocol.md, section 4: the states that a frame leads to, "" where it changes nothing. RESET is not in it: it leads to
 * CLOSED from everywhere.
 * @type {Record<State, Record<Direction, Partial<Record<StreamFrame, State | "">>>>}
 */
const TABLE = {
  OPENING: {
    sent: { DATA: "", CREDIT: "", END: "OPENING_ENDED" },
    received: { CREDIT: "", ACCEPT: "OPEN" },
  },
  OPENING_ENDED: {
    sent: { CREDIT: "" },
    received: { CREDIT: "", ACCEPT: "HALF_CLOSED_LOCAL" },
  },
  OFFERED: {
    sent: { CREDIT: "", ACCEPT: "OPEN" },
    received: { DATA: "", CREDIT: "", END: "OFFERED_ENDED" },
  },
  OFFERED_ENDED: {
    sent: { CREDIT: "", ACCEPT: "HALF_CLOSED_REMOTE" },
    received: { CREDIT: "" },
  },
  OPEN: {
    sent: { DATA: "", CREDIT: "", END: "HALF_CLOSED_LOCAL" },
    received: { DATA: "", CREDIT: "", END: "HALF_CLOSED_REMOTE" },
  },
  HALF_CLOSED_LOCAL: {
    sent: { CREDIT: "" },
    received: { DATA: "", CREDIT: "", END: "CLOSED" },
  },
  HALF_CLOSED_REMOTE: {
    sent: { DATA: "", CREDIT: "", END: "CLOSED" },
    received: { CREDIT: "" },
  },
  CLOSED: {
    sent: {},
    // Sent before the other side knew: ignored.
    received: { DATA: "", CREDIT: "", ACCEPT: "", END: "" },
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
  if (next === undefined) throw new WireError(direction === "sent" ? "INTERNAL" : "PROTOCOL_ERROR", `${frame} ${direction} in state ${state}`, "stream");
  return next || state;
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
