/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ConnectorRoomTests {

	private static void start(String... properties) {
		TestServer.start(Application.class, properties).close();
	}

	@Test
	void thereIsRoomForRequestsByDefault(CapturedOutput output) {
		start();
		assertThat(output).doesNotContain("server.tomcat.max-connections");
	}

	@ParameterizedTest
	@CsvSource({ "100, 94, 94, 101", "100, 95, 94, 102", "8192, 10000, 7680, 10667" })
	void warnsWithBothNumbersWhenThereIsNone(int tomcat, int ours, int most, int least, CapturedOutput output) {
		start("server.tomcat.max-connections=" + tomcat, "browser-stream-server.connections.max=" + ours);
		if (ours <= most) {
			assertThat(output).doesNotContain("server.tomcat.max-connections");
			return;
		}
		assertThat(output).contains("There may be " + ours + " WebSockets (browser-stream-server.connections.max)",
				"Tomcat takes " + tomcat + " connections (server.tomcat.max-connections)",
				"the former to " + most + " at most, or the latter to " + least + " at least");
	}

	@Test
	void saysNothingWhereTomcatHasNoBound(CapturedOutput output) {
		new ConnectorRoom(1_000_000).look(-1);
		assertThat(output).doesNotContain("server.tomcat.max-connections");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
