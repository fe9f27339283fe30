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

import static org.assertj.core.api.Assertions.assertThat;

class BatchWriterTests {

	private final BatchBuffers buffers = new BatchBuffers();

	private final List<ByteBuffer> written = new ArrayList<>();

	private final List<Transport.Completion> completions = new ArrayList<>();

	@Test
	void bufferIsBorrowedWhileAWriteIsUnderWay() {
		writer(false).flush();
		assertThat(this.buffers.take()).isNotSameAs(this.written.get(0));
	}

	@Test
	void bufferComesBackOnceWhenTheTransportIsDoneWithItEarly() {
		writer(true).flush();
		assertThat(this.buffers.take()).isSameAs(this.written.get(0));
		this.completions.get(0).completed(true);
		assertThat(this.buffers.takeFree()).isNull();
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
				if (copies) {
					completion.bufferFree();
				}
			}

			@Override
			public void close(int code, String reason) {
			}
		};
		BatchSource source = new BatchSource() {
			private boolean empty;

			@Override
			public boolean isEmpty() {
				return this.empty;
			}

			@Override
			public ByteBuffer fill(List<? super Sender> senders) {
				this.empty = true;
				return BatchWriterTests.this.buffers.take().put((byte) 1).flip();
			}

			@Override
			public void clear() {
			}
		};
		return new BatchWriter(new ReentrantLock(), transport, this.buffers, source, () -> {
		});
	}

}
