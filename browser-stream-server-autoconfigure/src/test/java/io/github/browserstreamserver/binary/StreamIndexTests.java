/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StreamIndexTests {

	private final StreamIndex<Numbered> index = new StreamIndex<>();

	private record Numbered(int id) implements StreamIndex.Entry {
	}

	/** Ids that a multiplication with a known number would put into one place. */
	@Test
	void findsInFewStepsWhateverIdsAPeerChooses() {
		AtomicLong looks = new AtomicLong();
		StreamIndex<StreamIndex.Entry> chosen = new StreamIndex<>();
		int id = 1;
		for (int count = 0; count < 990; id += 2) {
			if (Integer.rotateRight(id, 1) * 0x9E3779B9 >>> 21 == 0) {
				int number = id;
				chosen.put(() -> {
					looks.incrementAndGet();
					return number;
				});
				count++;
			}
		}
		looks.set(0);
		for (int missing = id; missing < id + 2_000; missing += 2) {
			assertThat(chosen.get(missing)).isNull();
		}
		assertThat(looks).hasValueLessThan(5_000);
	}

	@Test
	void hasNothingAtFirst() {
		assertThat(this.index.get(1)).isNull();
		assertThat(this.index.remove(new Numbered(1))).isFalse();
		assertThat(this.index.all()).isEmpty();
	}

	@Test
	void doesNotRemoveAnotherStreamWithTheSameId() {
		Numbered stream = new Numbered(1);
		this.index.put(stream);
		record Other(int id) implements StreamIndex.Entry {
		}
		assertThat(this.index.get(1)).isSameAs(stream).isNotEqualTo(new Other(1));
		assertThat(this.index.remove(new Numbered(3))).isFalse();
		assertThat(this.index.remove(stream)).isTrue();
		assertThat(this.index.get(1)).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 16, 65_536, 0x1000_0000 })
	void isAsAMapWhateverComesAndGoes(int step) {
		Random random = new Random(step);
		Map<Integer, Numbered> model = new HashMap<>();
		for (int round = 0; round < 20_000; round++) {
			int id = (1 + random.nextInt(300)) * step;
			boolean fills = (round / 2_000) % 2 == 0;
			if (random.nextInt(4) == 0 != fills) {
				model.computeIfAbsent(id, (key) -> {
					Numbered stream = new Numbered(key);
					this.index.put(stream);
					return stream;
				});
			}
			else {
				Numbered stream = model.remove(id);
				assertThat(stream != null && this.index.remove(stream)).isEqualTo(stream != null);
			}
			int asked = (1 + random.nextInt(300)) * step;
			assertThat(this.index.get(asked)).isSameAs(model.get(asked));
		}
		assertThat(this.index.all()).containsExactlyInAnyOrderElementsOf(model.values());
	}

}
