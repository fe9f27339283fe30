/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import io.github.browserstreamserver.stream.ErrorCode;

/**
 * How much a peer allows us to send on one stream. Guarded by the connection's lock.
 */
final class SendWindow {

	private int credit = Wire.INITIAL_CREDIT;

	/**
	 * Returns how long the payload of the next frame may be.
	 * @return bytes, or -1 if not even an empty frame may be sent
	 */
	int payloadAllowed() {
		return (this.credit < Wire.FRAME_COST) ? -1 : Math.min(this.credit - Wire.FRAME_COST, Wire.MAX_PAYLOAD);
	}

	void spend(int payload) {
		int left = this.credit - payload - Wire.FRAME_COST;
		if (left < 0) {
			throw new IllegalStateException("sent " + payload + " bytes with a credit of " + this.credit);
		}
		this.credit = left;
	}

	void add(int bytes) throws ProtocolException {
		if (bytes > Wire.MAX_VALUE - this.credit) {
			throw new ProtocolException(ErrorCode.FLOW_CONTROL,
					"credit of " + this.credit + " and " + bytes + " is over " + Wire.MAX_VALUE);
		}
		this.credit += bytes;
	}

}
