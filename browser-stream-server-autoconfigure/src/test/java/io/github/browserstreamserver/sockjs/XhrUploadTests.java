/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.github.browserstreamserver.transport.Connection;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

/**
 * A request that brings messages while its session ends.
 */
class XhrUploadTests {

	private final XhrReading reading = new XhrReading(Runnable::run);

	private final Connection connection = mock(Connection.class);

	private final XhrUpload upload = new XhrUpload(this.reading, this.connection);

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	XhrUploadTests() {
		this.request.setAsyncSupported(true);
		this.request.setContent("[\"half a message".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void isAnsweredWhenTheSessionEndedBetweenItsTwoSteps() throws IOException {
		assertThat(this.reading.begin(this.upload)).isTrue();
		this.reading.finish();
		this.upload.start(this.request, this.response);
		assertThat(this.response.getStatus()).isEqualTo(404);
		assertThat(this.response.getHeader("Connection")).isEqualTo("close");
		assertThat(this.request.isAsyncStarted()).as("it is complete").isFalse();
		verifyNoInteractions(this.connection);
	}

	@Test
	void doesNotBeginWhenTheSessionHasEnded() {
		this.reading.finish();
		assertThat(this.reading.begin(this.upload)).isFalse();
	}

}
