/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BatchWriterTests {

	private final BatchBuffers buffers = new BatchBuffers();

	private final List<ByteBuffer> written = new ArrayList<>();

	private final List<Transport.Completion> completions = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void bufferIsBorrowedWhileAWriteIsUnderWayUnlessTheTransportCopies(boolean copies) {
		writer(copies).flush();
		ByteBuffer next = this.buffers.take();
		assertThat(next == this.written.get(0)).isEqualTo(copies);
	}

	@Test
	void bufferComesBackWhenTheWriteIsOver() {
		writer(false).flush();
		this.completions.get(0).completed(true);
		assertThat(this.buffers.take()).isSameAs(this.written.get(0));
	}

	private BatchWriter writer(boolean copies) {
		Transport transport = new Transport() {
			@Override
			public void write(ByteBuffer message, Completion completion) {
				BatchWriterTests.this.written.add(message);
				BatchWriterTests.this.completions.add(completion);
			}

			@Override
			public void close(int code, String reason) {
			}

			@Override
			public boolean copies() {
				return copies;
			}
		};
		BatchSource source = new BatchSource() {
			private boolean empty;

			@Override
			public boolean isEmpty() {
				return this.empty;
			}

			@Override
			public List<Sender> fill(ByteBuffer batch) {
				this.empty = true;
				batch.put((byte) 1);
				return List.of();
			}

			@Override
			public void clear() {
			}
		};
		return new BatchWriter(new ReentrantLock(), transport, this.buffers, source, () -> {
		});
	}

}
