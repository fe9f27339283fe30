/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The frames to a SockJS client.
 */
class FramesTests {

	@Test
	void quotesAllCharactersSoThatJsonGivesThemBack() {
		StringBuilder all = new StringBuilder();
		for (int character = 0; character < 0x11000; character++) {
			if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
				all.appendCodePoint(character);
			}
		}
		String frame = Frames.message(utf8(all.toString()));
		assertThat(frame).startsWith("a[").doesNotContain("\n", "\u2028", "\u200c", "\ufff0", "\u0000");
		assertThat(new JsonMapper().readValue(frame.substring(1), String[].class)).containsExactly(all.toString());
	}

	@Test
	void sendsAHeartbeatForNothing() {
		assertThat(Frames.message(ByteBuffer.allocate(0))).isEqualTo("h");
	}

	@Test
	void saysWhyItCloses() {
		assertThat(Frames.close(4008, "\"x\"")).isEqualTo("c[4008,\"\\\"x\\\"\"]");
	}

	@Test
	void leavesTheBufferAsItIs() {
		ByteBuffer text = utf8("text");
		assertThat(Frames.message(text)).isEqualTo("a[\"text\"]");
		assertThat(text.remaining()).isEqualTo(4);
	}

	private static ByteBuffer utf8(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

}
