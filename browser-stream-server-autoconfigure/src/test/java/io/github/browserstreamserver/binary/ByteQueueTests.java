/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.Random;

import io.github.browserstreamserver.binary.Chunks.Chunk;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ByteQueueTests {

	private final Chunks chunks = new Chunks();

	private final ByteQueue queue = new ByteQueue(this.chunks);

	@Test
	void givesBytesBackInOrderWhateverTheirPortions() {
		Random random = new Random(7);
		int in = 0;
		int out = 0;
		for (int round = 0; round < 5_000; round++) {
			byte[] bytes = new byte[random.nextInt(3) * random.nextInt(6_000)];
			for (int index = 0; index < bytes.length; index++) {
				bytes[index] = (byte) (in++ * 31 >> 3);
			}
			this.queue.add(ByteBuffer.wrap(bytes));
			ByteBuffer taken = ByteBuffer.allocate(random.nextInt(in - out + 1));
			this.queue.moveTo(taken, taken.capacity());
			for (byte next : taken.array()) {
				if (next != (byte) (out++ * 31 >> 3)) {
					throw new AssertionError("byte " + (out - 1) + " in round " + round);
				}
			}
		}
		assertThat(out).isGreaterThan(1_000_000);
	}

	@Test
	void holdsNothingWhenItIsEmpty() {
		Chunk only = this.chunks.take();
		this.chunks.give(only);
		this.queue.add(ByteBuffer.allocate(10));
		this.queue.moveTo(ByteBuffer.allocate(10), 10);
		assertThat(this.chunks.take()).isSameAs(only);
	}

	@Test
	void givesItsChunksBackWhenItIsCleared() {
		Chunk only = this.chunks.take();
		this.chunks.give(only);
		this.queue.add(ByteBuffer.allocate(Chunks.SIZE));
		this.queue.clear();
		assertThat(this.chunks.take()).isSameAs(only);
	}

	@Test
	void hasNoMoreThanWasAdded() {
		this.queue.add(ByteBuffer.allocate(3));
		assertThatIllegalStateException().isThrownBy(() -> this.queue.moveTo(ByteBuffer.allocate(4), 4));
	}

}
