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
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ConnectorRoomTests {

	@Test
	void thereIsRoomForRequestsByDefault(CapturedOutput output) {
		new ConnectorRoom(new BrowserStreamServerProperties().getConnections().getMax())
			.look(new TomcatServerProperties().getMaxConnections());
		assertThat(output).doesNotContain("server.tomcat.max-connections");
	}

	@Test
	void looksAtTheTomcatThatWasStarted(CapturedOutput output) {
		TestServer.start(Application.class, "server.tomcat.max-connections=100").close();
		assertThat(output).contains("There may be 7500 WebSockets", "Tomcat takes 100 connections");
	}

	@ParameterizedTest
	@CsvSource({ "100, 94, 94, 101", "100, 95, 94, 102", "8192, 10000, 7680, 10667" })
	void warnsWithBothNumbersWhenThereIsNone(int tomcat, int ours, int most, int least, CapturedOutput output) {
		new ConnectorRoom(ours).look(tomcat);
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
