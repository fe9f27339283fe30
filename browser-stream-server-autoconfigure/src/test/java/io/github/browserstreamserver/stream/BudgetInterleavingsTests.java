/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import io.github.browserstreamserver.testing.Interleavings;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Several threads that reserve and release answer as one would that does all of it in
 * some order.
 */
@Tag("interleavings")
class BudgetInterleavingsTests {

	private static final int LIMIT = 64;

	private static final int AT_FIRST = 24;

	@Test
	void isLinearizable() {
		new ModelCheckingOptions().iterations(5 + Interleavings.count() / 500)
			.invocationsPerIteration(1_000)
			.threads(2)
			.actorsPerThread(3)
			.actorsBefore(1)
			.actorsAfter(1)
			.sequentialSpecification(Sequential.class)
			.check(Concurrent.class);
	}

	/**
	 * The real one.
	 */
	public static class Concurrent {

		private final Budget budget = new Budget(LIMIT);

		public Concurrent() {
			this.budget.tryReserve(AT_FIRST);
		}

		@Operation
		public boolean reserve(@Param(gen = IntGen.class, conf = "1:30") int bytes) {
			return this.budget.tryReserve(bytes);
		}

		@Operation
		public boolean open(@Param(gen = IntGen.class, conf = "1:30") int bytes) {
			return this.budget.tryOpen(bytes);
		}

		@Operation
		public boolean grow(@Param(gen = IntGen.class, conf = "1:20") int bytes) {
			return this.budget.tryGrow(bytes);
		}

		@Operation(runOnce = true)
		public void release() {
			this.budget.release(AT_FIRST / 2);
		}

		@Operation(runOnce = true)
		public void releaseTheRest() {
			this.budget.release(AT_FIRST / 2);
		}

		@Operation
		public boolean isShort() {
			return this.budget.isShort();
		}

		@Operation
		public long reserved() {
			return this.budget.reserved();
		}

	}

	/**
	 * What it must look like.
	 */
	public static class Sequential {

		private long reserved = AT_FIRST;

		public boolean reserve(int bytes) {
			return within(LIMIT, bytes);
		}

		public boolean open(int bytes) {
			return within(LIMIT / 8 * 7, bytes);
		}

		public boolean grow(int bytes) {
			return within(LIMIT / 2, bytes);
		}

		private boolean within(long bound, int bytes) {
			if (this.reserved + bytes > bound) {
				return false;
			}
			this.reserved += bytes;
			return true;
		}

		public void release() {
			this.reserved -= AT_FIRST / 2;
		}

		public void releaseTheRest() {
			this.reserved -= AT_FIRST / 2;
		}

		public boolean isShort() {
			return this.reserved > LIMIT / 4 * 3;
		}

		public long reserved() {
			return this.reserved;
		}

	}

}
