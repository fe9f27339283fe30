/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class MessageTests {

	@Test
	void carriesTextAndJsonAsUtf8() {
		assertThat(Message.text("é🦉").bytes()).isEqualTo("é🦉".getBytes(StandardCharsets.UTF_8));
		assertThat(Message.json("[1]").bytes()).isEqualTo("[1]".getBytes(StandardCharsets.UTF_8));
		assertThat(Message.text("é🦉").text()).isEqualTo("é🦉");
	}

	@Test
	void readsMalformedUtf8AsReplacementCharacters() {
		assertThat(Message.of(MessageKind.TEXT, new byte[] { 'a', (byte) 0xff }).text()).isEqualTo("a\ufffd");
	}

	@Test
	void doesNotCopyBytes() {
		byte[] bytes = { 1, 2 };
		assertThat(Message.binary(bytes).bytes()).isSameAs(bytes);
	}

	@Test
	void isEqualWhenKindAndBytesAre() {
		assertThat(Message.text("1")).isEqualTo(Message.of(MessageKind.TEXT, new byte[] { '1' }))
			.hasSameHashCodeAs(Message.text("1"))
			.isNotEqualTo(Message.json("1"))
			.isNotEqualTo(Message.text("2"))
			.isNotEqualTo("1");
	}

	@ParameterizedTest
	@EnumSource
	void keepsTheKindItIsMadeOf(MessageKind kind) {
		assertThat(Message.of(kind, new byte[0]).kind()).isSameAs(kind);
	}

	@Test
	void saysNothingOfItsContentInItsDescription() {
		assertThat(Message.text("secret")).hasToString("TEXT message of 6 bytes");
	}

	@Test
	@SuppressWarnings("NullAway")
	void takesNoNull() {
		assertThatNullPointerException().isThrownBy(() -> Message.binary(null)).withMessageContaining("bytes");
		assertThatNullPointerException().isThrownBy(() -> Message.text(null)).withMessageContaining("text");
		assertThatNullPointerException().isThrownBy(() -> Message.json(null)).withMessageContaining("json");
	}

}
