/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeptHeadersTests {

	@Test
	void areWhatTheyWereWhenTheyWereKept() {
		HttpHeaders headers = new HttpHeaders();
		headers.add("Cookie", "a=b; c=\u00e9");
		headers.add("X-Twice", "one");
		headers.add("X-Twice", "");
		KeptHeaders kept = new KeptHeaders(headers);
		headers.clear();
		HttpHeaders read = kept.read();
		assertThat(read.getFirst("cookie")).isEqualTo("a=b; c=\u00e9");
		assertThat(read.get("x-twice")).containsExactly("one", "");
		assertThat(read.headerNames()).hasSize(2);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> read.add("More", "x"));
	}

	@Test
	void mayBeNone() {
		assertThat(new KeptHeaders(new HttpHeaders()).read().isEmpty()).isTrue();
	}

}
