/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.tools.ToolProvider;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class OtherStacksAutoConfigurationTests {

	private static final AutoConfigurations OURS = AutoConfigurations.of(BrowserStreamServerAutoConfiguration.class,
			OtherStacksAutoConfiguration.class);

	@Test
	void warnsWhereThereIsNoWebServer(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(OURS).run((context) -> {
			assertThat(context).doesNotHaveBean(ProxyRegistry.class);
			assertThat(output).contains("browser-stream-server does nothing here", "this one has no web server");
		});
	}

	@Test
	void warnsWhereWebFluxWasChosen(CapturedOutput output) {
		new ReactiveWebApplicationContextRunner().withConfiguration(OURS).run((context) -> {
			assertThat(context).doesNotHaveBean(ProxyRegistry.class);
			assertThat(output).contains("browser-stream-server does nothing here", "this one is a WebFlux application");
		});
	}

	@Test
	void saysNothingWhereItIsNotWanted(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(OURS)
			.withPropertyValues("browser-stream-server.enabled=false")
			.run((context) -> assertThat(output).doesNotContain("browser-stream-server"));
	}

	@Test
	void saysNothingInAServletApplication(CapturedOutput output) {
		new WebApplicationContextRunner().withConfiguration(OURS).run((context) -> {
			assertThat(context).hasSingleBean(ProxyRegistry.class);
			assertThat(output).doesNotContain(" WARN ");
		});
	}

	@Test
	void warnsWhereBothStacksAreThereAndNobodyHasChosen(@TempDir Path directory, CapturedOutput output)
			throws IOException {
		withWebFlux(directory, "a=b", output, "routes of WebFlux answer 404");
	}

	@Test
	void saysNothingOfBothStacksWhenOneWasChosen(@TempDir Path directory, CapturedOutput output) throws IOException {
		withWebFlux(directory, "spring.main.web-application-type=servlet", output, "");
		assertThat(output).doesNotContain("WebFlux");
	}

	/** As if Spring Boot's module for WebFlux was there, too. */
	private static void withWebFlux(Path directory, String property, CapturedOutput output, String expected)
			throws IOException {
		Path source = Files.writeString(directory.resolve("WebFluxAutoConfiguration.java"),
				"package org.springframework.boot.webflux.autoconfigure; public class WebFluxAutoConfiguration {}");
		int result = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-d", directory.toString(), source.toString());
		assertThat(result).isZero();
		URL[] urls = { directory.toUri().toURL() };
		try (URLClassLoader loader = new URLClassLoader(urls,
				OtherStacksAutoConfigurationTests.class.getClassLoader())) {
			new WebApplicationContextRunner().withConfiguration(OURS)
				.withClassLoader(loader)
				.withPropertyValues(property)
				.run((context) -> {
					assertThat(context).hasSingleBean(ProxyRegistry.class);
					assertThat(output).contains(expected);
				});
		}
	}

}
