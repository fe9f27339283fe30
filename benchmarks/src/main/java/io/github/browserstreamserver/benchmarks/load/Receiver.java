/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes messages and counts them.
 */
final class Receiver implements StreamHandler {

	private final Checker checker;

	Receiver(int size) {
		this.checker = new Checker(size);
	}

	@Override
	public void received(StreamEnd end, ByteBuffer part, boolean last) throws IOException {
		this.checker.receive(part, last);
	}

	long count() {
		return this.checker.count();
	}

}
