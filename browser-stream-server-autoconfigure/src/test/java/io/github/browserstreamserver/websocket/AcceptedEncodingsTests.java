/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptedEncodingsTests {

	private static String preferred(String... headers) {
		return String.join(" ", AcceptedEncodings.of(List.of(headers)).preferred(List.of("br", "gzip")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gzip, deflate, br, zstd        | br gzip
			gzip                           | gzip
			GZIP                           | gzip
			br;q=0, gzip                   | gzip
			br; q=0.000, gzip;q=1.000      | gzip
			gzip;q=1, br;q=0.5             | gzip br
			gzip;q=0.3, br;q=0.7           | br gzip
			*                              | br gzip
			*;q=0.1, gzip;q=0              | br
			br, *;q=0                      | br
			identity, br;q=0.5             | ''
			identity;q=0.5, br;q=0.5       | br
			identity;q=0, gzip             | gzip
			identity;q=0                   | ''
			*;q=0                          | ''
			deflate, zstd                  | ''
			""")
	void takesWhatTheRequestWeighsMost(String header, String encodings) {
		assertThat(preferred(header)).isEqualTo(encodings);
	}

	@Test
	void readsSeveralHeadersAsOneList() {
		assertThat(preferred("gzip;q=0.5", "br;q=0.1")).isEqualTo("gzip br");
	}

	@Test
	void takesNothingWhereNothingIsAccepted() {
		assertThat(preferred()).isEmpty();
		assertThat(preferred("")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			br;q=2, gzip                   | gzip
			br;q=-1, gzip                  | gzip
			br;q=, gzip                    | gzip
			br;q=0.1234, gzip              | gzip
			br;level=3, gzip               | gzip
			br gzip                        | ''
			,,gzip,                        | gzip
			;q=1                           | ''
			""")
	void leavesOutWhatIsMalformed(String header, String encodings) {
		assertThat(preferred(header)).isEqualTo(encodings);
	}

}
