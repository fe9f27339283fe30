/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchBuffersTests {

	private final BatchBuffers buffers = new BatchBuffers();

	@Test
	void givesOutAnEmptyBufferOfTheBatchSize() {
		ByteBuffer buffer = this.buffers.take();
		assertThat(buffer.position()).isZero();
		assertThat(buffer.remaining()).isEqualTo(buffer.capacity()).isEqualTo(BatchBuffers.SIZE);
	}

	@Test
	void givesABufferToOneBorrowerAtATime() {
		assertThat(this.buffers.take()).isNotSameAs(this.buffers.take());
	}

	@Test
	void givesOutAgainWhatCameBackAsIfItWereNew() {
		ByteBuffer buffer = this.buffers.take();
		buffer.putInt(1).flip();
		this.buffers.give(buffer);
		assertThat(this.buffers.take()).isSameAs(buffer);
		assertThat(buffer.position()).isZero();
		assertThat(buffer.remaining()).isEqualTo(BatchBuffers.SIZE);
	}

	@Test
	void givesOutSmallBuffersForLittle() {
		ByteBuffer small = this.buffers.take(BatchBuffers.SMALL);
		assertThat(small.remaining()).isEqualTo(BatchBuffers.SMALL);
		assertThat(this.buffers.take(BatchBuffers.SMALL + 1).remaining()).isEqualTo(BatchBuffers.SIZE);
		this.buffers.give(small);
		assertThat(this.buffers.take()).isNotSameAs(small);
		assertThat(this.buffers.take(1)).isSameAs(small);
	}

	@Test
	void allocatesNoneForWhatCanWait() {
		assertThat(this.buffers.takeFree()).isNull();
		ByteBuffer buffer = this.buffers.take();
		this.buffers.give(buffer);
		assertThat(this.buffers.takeFree()).isSameAs(buffer);
	}

	@Test
	void keepsOnlyAFewOfThem() {
		List<ByteBuffer> borrowed = new ArrayList<>();
		for (int index = 0; index < 100; index++) {
			borrowed.add(this.buffers.take());
		}
		borrowed.forEach(this.buffers::give);
		assertThat(countKept(borrowed)).isEqualTo(32);
	}

	@Test
	void keepsAgainAfterTheKeptOnesWereTaken() {
		for (int round = 0; round < 200; round++) {
			ByteBuffer buffer = this.buffers.take();
			this.buffers.give(buffer);
			assertThat(this.buffers.take()).isSameAs(buffer);
			this.buffers.give(buffer);
		}
	}

	private int countKept(List<ByteBuffer> known) {
		Set<ByteBuffer> identities = Collections.newSetFromMap(new IdentityHashMap<>());
		identities.addAll(known);
		int kept = 0;
		while (identities.remove(this.buffers.take())) {
			kept++;
		}
		return kept;
	}

}
