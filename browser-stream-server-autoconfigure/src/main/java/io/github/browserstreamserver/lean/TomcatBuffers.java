/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;

import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that Tomcat has for each connection, 16 KiB by default. An upgraded one
 * that reads into a buffer of its thread needs none, so they are taken away meanwhile.
 * Tomcat uses its connection objects again, so they must be back before the close. Where
 * Tomcat does not look as it should, they stay.
 */
final class TomcatBuffers {

	private static final ByteBuffer NONE = ByteBuffer.allocate(0);

	private static final @Nullable Field READ = find("readBuffer");

	private static final @Nullable Field WRITE = find("writeBuffer");

	private TomcatBuffers() {
	}

	private static @Nullable Field find(String name) {
		try {
			Field field = SocketBufferHandler.class.getDeclaredField(name);
			field.setAccessible(true);
			return (field.getType() == ByteBuffer.class) ? field : null;
		}
		catch (NoSuchFieldException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Takes the buffers of a connection away, if there is nothing in them.
	 * @param handler what has them
	 * @return what gives as many back
	 */
	static Borrowed borrow(SocketBufferHandler handler) {
		if (READ == null || WRITE == null || !handler.isReadBufferEmpty() || !handler.isWriteBufferEmpty()) {
			return Borrowed.NOTHING;
		}
		try {
			ByteBuffer read = (ByteBuffer) READ.get(handler);
			ByteBuffer write = (ByteBuffer) WRITE.get(handler);
			READ.set(handler, NONE);
			WRITE.set(handler, NONE);
			return Borrowed.of(read.capacity(), write.capacity(), read.isDirect());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("fields that were accessible are not", ex);
		}
	}

	/**
	 * What was taken away. Most connections have the same, so they share one.
	 *
	 * @param read the size of the one buffer in bytes
	 * @param write the size of the other in bytes
	 * @param direct whether they lay outside the heap
	 */
	record Borrowed(int read, int write, boolean direct) {

		private static final Borrowed NOTHING = new Borrowed(0, 0, false);

		private static volatile Borrowed last = NOTHING;

		private static Borrowed of(int read, int write, boolean direct) {
			Borrowed borrowed = last;
			if (borrowed.read != read || borrowed.write != write || borrowed.direct != direct) {
				borrowed = new Borrowed(read, write, direct);
				last = borrowed;
			}
			return borrowed;
		}

		void giveBack(SocketBufferHandler handler) {
			if (READ == null || WRITE == null || this == NOTHING) {
				return;
			}
			try {
				READ.set(handler, allocate(this.read));
				WRITE.set(handler, allocate(this.write));
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException("fields that were accessible are not", ex);
			}
		}

		private ByteBuffer allocate(int size) {
			return this.direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
		}

	}

}
