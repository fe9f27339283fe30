/** How much we may still send on a stream. */
export declare class SendWindow {
    #private;
    /** Bytes of payload that the next frame may have; negative when there may be no frame at all. */
    get room(): number;
    /** @param {number} length payload of the frame that is sent now */
    spend(length: number): void;
    /** @param {number} bytes */
    add(bytes: number): void;
}
/**
 * How much the other side may still send on a stream. What was consumed is given back in halves of the window, so that a stream of small
 * messages does not cause a CREDIT for each. While all that comes is consumed at once it is the window that makes the other side wait, and
 * it doubles.
 */
export declare class ReceiveWindow {
    #private;
    /**
     * @param {number} length payload of a frame that came
     * @returns {number} what it costs, to be given to `consume` later
     */
    receive(length: number): number;
    /**
     * @param {number} cost of frames whose bytes have left us
     * @returns {number} the credit to give now, 0 for none
     */
    consume(cost: number): number;
    /**
     * @param {number} most how large the window may become; it never shrinks
     * @returns {number} the credit to give now, 0 for none
     */
    grow(most: number): number;
}
