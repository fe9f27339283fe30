/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;

/**
 * What one side's HELLO says.
 *
 * @param maxStreams how many streams the receiver of the HELLO may have open
 * @param keepaliveMillis the longest silence of the HELLO's sender, 0 for none announced
 */
record Settings(int maxStreams, int keepaliveMillis) {

	static Settings read(ByteBuffer payload) throws ProtocolException {
		int maxStreams = Wire.MAX_VALUE;
		int keepalive = 0;
		while (payload.hasRemaining()) {
			int id = Varint.read(payload, "HELLO setting id");
			int length = Payloads.length(payload, "HELLO setting", id);
			if (id == Wire.SETTING_MAX_STREAMS) {
				maxStreams = positive(Payloads.take(payload, length), "MAX_STREAMS");
			}
			else if (id == Wire.SETTING_KEEPALIVE) {
				keepalive = positive(Payloads.take(payload, length), "KEEPALIVE");
			}
			else {
				Payloads.skip(payload, length);
			}
		}
		return new Settings(maxStreams, keepalive);
	}

	private static int positive(ByteBuffer value, String name) throws ProtocolException {
		int number = Varint.read(value, name);
		if (number == 0 || value.hasRemaining()) {
			throw new ProtocolException("HELLO: " + name + " must be one varint of at least 1");
		}
		return number;
	}

	void write(ByteBuffer to) {
		write(to, Wire.SETTING_MAX_STREAMS, this.maxStreams);
		if (this.keepaliveMillis > 0) {
			write(to, Wire.SETTING_KEEPALIVE, this.keepaliveMillis);
		}
	}

	private static void write(ByteBuffer to, int id, int value) {
		Varint.write(to, id);
		Varint.write(to, Varint.size(value));
		Varint.write(to, value);
	}

}
