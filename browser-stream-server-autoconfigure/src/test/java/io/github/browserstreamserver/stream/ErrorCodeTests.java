/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.browserstreamserver.ProtocolPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorCodeTests {

	@Test
	void numbersAndNamesAreThoseOfTheProtocolPage() {
		Map<String, String> numbered = new LinkedHashMap<>();
		Arrays.stream(ErrorCode.values()).forEach((code) -> numbered.put(String.valueOf(code.number()), code.name()));
		assertThat(numbered).hasSize(16).isEqualTo(ProtocolPage.read().table("| code | name | when |"));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "CONNECTION_LOST")
	void isFoundByItsNumber(ErrorCode code) {
		assertThat(ErrorCode.of(code.number())).isSameAs(code);
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 17, 127, 128, 1_000, Integer.MAX_VALUE })
	void readsAnUnknownNumberAsCancelled(int number) {
		assertThat(ErrorCode.of(number)).isSameAs(ErrorCode.CANCELLED);
	}

	@Test
	void readsWhatIsNeverOnTheWireAsCancelled() {
		assertThat(ErrorCode.of(ErrorCode.CONNECTION_LOST.number())).isSameAs(ErrorCode.CANCELLED);
	}

	@ParameterizedTest
	@EnumSource
	void closesAWebSocketWithFourThousandAndItsNumber(ErrorCode code) {
		assertThat(code.closeCode()).isEqualTo(4_000 + code.number());
	}

}
