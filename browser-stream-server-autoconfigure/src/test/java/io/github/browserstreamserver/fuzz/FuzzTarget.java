/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.fuzz;

import java.util.Arrays;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.browserstreamserver.binary.ConnectionFuzzTarget;
import io.github.browserstreamserver.binary.FrameReaderFuzzTarget;
import io.github.browserstreamserver.lean.WebSocketReaderFuzzTarget;
import io.github.browserstreamserver.muxdemux.LineFuzzTarget;
import io.github.browserstreamserver.testing.Extent;
import org.slf4j.LoggerFactory;

/**
 * What is fuzzed. An input that is not handled as it should be ends in an exception.
 */
enum FuzzTarget {

	FRAME_READER("frame-reader", FrameReaderFuzzTarget::fuzz, 10_000),

	CONNECTION("connection", ConnectionFuzzTarget::fuzz, 1_500),

	LINE("line", LineFuzzTarget::fuzz, 1_000),

	WEBSOCKET_READER("websocket-reader", WebSocketReaderFuzzTarget::fuzz, 10_000);

	/** The test's property that chooses one of them. */
	static final String PROPERTY = "fuzz.target";

	private final String id;

	private final Consumer<byte[]> code;

	private final int mutations;

	FuzzTarget(String id, Consumer<byte[]> code, int mutations) {
		this.id = id;
		this.code = code;
		this.mutations = mutations;
	}

	/**
	 * Finds a target.
	 * @param id its id
	 * @return the target
	 */
	static FuzzTarget of(String id) {
		return Arrays.stream(values())
			.filter((target) -> target.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no target '" + id + "' in " + Arrays.toString(values())));
	}

	void fuzz(byte[] input) {
		this.code.accept(input);
	}

	/**
	 * Returns how many mutations the short form runs: in the whole build as many as take
	 * a second or two.
	 */
	int mutations() {
		return Extent.of(this.mutations / 5, this.mutations);
	}

	/**
	 * Lets the relay say only what must not be: it tells of each connection that ends.
	 * @return what it said before
	 */
	static Level logOnly(Level level) {
		Logger logger = (Logger) LoggerFactory.getLogger("io.github.browserstreamserver");
		Level before = logger.getLevel();
		logger.setLevel(level);
		return before;
	}

	@Override
	public String toString() {
		return this.id;
	}

}
