/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.testing.NoFaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.browserstreamserver.stream.MessageKind.BINARY;
import static io.github.browserstreamserver.stream.MessageKind.JSON;
import static io.github.browserstreamserver.stream.MessageKind.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(NoFaults.class)
class MessageEdgesTests {

	private final MessageEdges edges = new MessageEdges();

	@ParameterizedTest
	@EnumSource
	void takesAMessageOfOneFrame(MessageKind kind) {
		assertThat(this.edges.isInside()).isFalse();
		assertThat(this.edges.take(kind, true, true, true)).isNull();
		assertThat(this.edges.isInside()).isFalse();
	}

	@Test
	void takesAMessageOfSeveralFrames() {
		assertThat(this.edges.take(TEXT, true, true, false)).isNull();
		assertThat(this.edges.take(TEXT, true, false, false)).isNull();
		assertThat(this.edges.isInside()).isTrue();
		assertThat(this.edges.take(TEXT, true, false, true)).isNull();
		assertThat(this.edges.isInside()).isFalse();
	}

	@Test
	void takesTheNextMessageOfAnotherKind() {
		this.edges.take(TEXT, true, true, true);
		assertThat(this.edges.take(JSON, true, true, false)).isNull();
		assertThat(this.edges.take(JSON, true, false, true)).isNull();
		assertThat(this.edges.take(BINARY, true, true, true)).isNull();
	}

	@Test
	void takesAFrameThatComesInParts() {
		assertThat(this.edges.take(TEXT, true, true, false)).isNull();
		assertThat(this.edges.take(TEXT, false, false, false)).isNull();
		assertThat(this.edges.take(TEXT, false, false, true)).isNull();
		assertThat(this.edges.isInside()).isFalse();
	}

	@Test
	void takesALaterFrameThatComesInParts() {
		this.edges.take(TEXT, true, true, false);
		assertThat(this.edges.take(TEXT, true, false, false)).isNull();
		assertThat(this.edges.take(TEXT, false, false, false)).isNull();
		assertThat(this.edges.isInside()).isTrue();
	}

	@Test
	void refusesAKindThatDoesNotExist() {
		assertThat(this.edges.take(null, true, true, true)).contains("kind");
	}

	@Test
	void refusesTheBeginningOfAMessageInsideAnother() {
		this.edges.take(TEXT, true, true, false);
		assertThat(this.edges.take(TEXT, true, true, true)).contains("inside another");
	}

	@Test
	void refusesToContinueAMessageThatDidNotBegin() {
		assertThat(this.edges.take(TEXT, true, false, true)).contains("did not begin");
	}

	@Test
	void refusesToContinueAMessageThatHasEnded() {
		this.edges.take(TEXT, true, true, true);
		assertThat(this.edges.take(TEXT, true, false, false)).contains("did not begin");
	}

	@Test
	void refusesAnotherKindWithinAMessage() {
		this.edges.take(TEXT, true, true, false);
		assertThat(this.edges.take(JSON, true, false, true)).contains("kind");
	}

}
