/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.jspecify.annotations.Nullable;

/**
 * One upgraded connection of Tomcat, whichever way it is read and written.
 */
abstract class TomcatDoor {

	private static final int READ = 65_536;

	private static final ThreadLocal<ByteBuffer> IN = ThreadLocal.withInitial(() -> buffer(READ));

	private static final ThreadLocal<ByteBuffer> OUT = ThreadLocal.withInitial(() -> buffer(2 * READ));

	private static final Names<TomcatDoor> NAMES = new Names<>();

	private final UpgradedFrames frames = new UpgradedFrames();

	private volatile @Nullable TomcatDoor peer;

	private static ByteBuffer buffer(int size) {
		return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
	}

	/**
	 * Finds whom it is connected with.
	 * @param name of the host
	 * @param host whether it is one
	 */
	final void join(String name, boolean host) {
		if (host) {
			NAMES.add(name, this);
			return;
		}
		TomcatDoor other = NAMES.take(name);
		if (other != null) {
			this.peer = other;
			other.peer = this;
		}
	}

	/**
	 * Reads until there is nothing more, or the peer takes no more.
	 * @return whether the connection goes on
	 * @throws IOException if it broke
	 */
	final boolean forward() throws IOException {
		// who may read on again comes on another thread than who was told to read
		synchronized (this.frames) {
			return forwardAll();
		}
	}

	private boolean forwardAll() throws IOException {
		TomcatDoor to = this.peer;
		while (to == null || to.isWritable(this)) {
			ByteBuffer in = IN.get().clear();
			int count = read(in);
			if (count <= 0) {
				return count == 0;
			}
			ByteBuffer out = OUT.get().clear();
			this.frames.translate(in.flip(), out);
			if (to != null) {
				to.write(out.flip());
			}
		}
		return true;
	}

	abstract int read(ByteBuffer into) throws IOException;

	abstract void write(ByteBuffer from) throws IOException;

	/**
	 * Tells whether all that was written has left.
	 * @param reader is to read on when it has
	 * @return whether it has
	 * @throws IOException if the connection broke
	 */
	abstract boolean isWritable(TomcatDoor reader) throws IOException;

	/**
	 * What was written has left: read on.
	 */
	abstract void resume();

}
