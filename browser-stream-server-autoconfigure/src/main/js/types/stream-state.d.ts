export type State = "OPENING" | "OPENING_ENDED" | "OFFERED" | "OFFERED_ENDED" | "OPEN" | "HALF_CLOSED_LOCAL" | "HALF_CLOSED_REMOTE" | "CLOSED";
export type StreamFrame = "DATA" | "CREDIT" | "ACCEPT" | "END" | "RESET";
export type Direction = "sent" | "received";
/**
 * Where a frame leads. What is not in the table is our own fault when we sent it (INTERNAL), the other side's when it came
 * (PROTOCOL_ERROR); both cost the stream.
 * @param {State} state
 * @param {StreamFrame} frame
 * @param {Direction} direction
 * @returns {State}
 */
export declare function nextState(state: State, frame: StreamFrame, direction: Direction): State;
/**
 * @param {State} state
 * @param {StreamFrame} frame
 * @returns {boolean}
 */
export declare function maySend(state: State, frame: StreamFrame): boolean;
/**
 * Whether the other side may still send DATA, now or later.
 * @param {State} state
 * @returns {boolean}
 */
export declare function expectsData(state: State): boolean;
