/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.fuzz;

import java.util.List;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The short form of fuzzing, with no fuzzer: all inputs that are kept, and many that are
 * almost those. What a failure names is a line for the corpus.
 */
class FuzzTargetsTests {

	private static final long SEED = 20_260_704_000_000L;

	private static Level before;

	@BeforeAll
	static void beQuiet() {
		before = FuzzTarget.logOnly(Level.ERROR);
	}

	@AfterAll
	static void beAsBefore() {
		FuzzTarget.logOnly(before);
	}

	@ParameterizedTest
	@EnumSource
	void handlesWhatIsInTheCorpus(FuzzTarget target) {
		List<byte[]> corpus = Corpus.of(target);
		assertThat(corpus).hasSizeGreaterThan(10);
		corpus.forEach((input) -> run(target, input, "in the corpus"));
	}

	@ParameterizedTest
	@EnumSource
	void handlesWhatIsAlmostInTheCorpus(FuzzTarget target) {
		List<byte[]> corpus = Corpus.of(target);
		for (long seed = SEED; seed < SEED + target.mutations(); seed++) {
			run(target, Mutations.of(corpus, seed), "made by the seed " + seed);
		}
	}

	private static void run(FuzzTarget target, byte[] input, String where) {
		try {
			target.fuzz(input);
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError(target + ", " + where + ": " + Corpus.line(input), ex);
		}
	}

}
