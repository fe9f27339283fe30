/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wrong properties stop the start, and what Boot then prints says what to write instead.
 */
class WrongPropertiesTests {

	private ConfigurableApplicationContext source;

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withInitializer((context) -> this.source = context)
		.withConfiguration(AutoConfigurations.of(BrowserStreamServerAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(strings = { "/**", "/", "//", "a b", "..", "/api/../x", ".", "/./x", "{x}", "/a/{id}", "/a//b", "/a?",
			"/*", "/a#b", "/a%20b", "/ä", "a\\b", "http://example.org/x", "/a;b" })
	void refusesAPrefixThatIsNoPlainPath(String prefix) {
		assertRefused("prefix", prefix, "for example '/browser-server' or '/api/streams'");
	}

	@Test
	void refusesAnEmptyPrefix() {
		assertRefused("prefix", "", "for example '/browser-server' or '/api/streams'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.org", "https://example.org/", "https://example.org/app", "https://*.example.org",
			"ws://example.org", "null", "**", "https://", "https://example.org:443", "http://example.org:80",
			"http://[::1]:80", "https://example.org:", "https://example.org:080", "https://example.org:999999",
			"https://user@example.org", "https://example.org?x" })
	void refusesAnOriginThatIsNone(String origin) {
		assertRefused("allowed-origins", origin, "for example 'https://example.org'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*.example.org", "https://*.example.org/", "https://*.example.org/app",
			"ws://*.example.org", "null", "https://", "https://user@*.example.org", "https://*.example.org?x",
			"http://localhost:[x]", "http://localhost:[", "http://localhost:[*", "http://localhost:[80]",
			"http://localhost:[8080,80]", "https://*.example.org:[443,8443]", "https://*.example.org:443",
			"http://localhost:[80]x", "http://[*" })
	void refusesAnOriginPatternThatIsNone(String pattern) {
		assertRefused("allowed-origin-patterns", pattern, "for example 'https://*.example.org'");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "*", "https://*", "https://*.example.org", "http://localhost:[*]", "http://localhost:[443]",
					"https://*.example.org:8443", "http://[::1]:[*]", "http://[::1]:8080", "http://*:[8080]" })
	void takesOriginPatterns(String pattern) {
		this.runner.withPropertyValues("browser-stream-server.allowed-origin-patterns=" + pattern)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void refusesWrongOriginsAlsoForTheOriginalsClientsAlone() {
		this.runner
			.withPropertyValues("browser-stream-server.boot.enabled=true",
					"browser-stream-server.allowed-origin-patterns[0]=https://*.example.org",
					"browser-stream-server.allowed-origin-patterns[1]=example.org")
			.run((context) -> assertThat(analysis(context).getDescription())
				.contains("browser-stream-server.allowed-origin-patterns", "'example.org'"));
	}

	@Test
	void refusesOneWrongOriginAmongRightOnes() {
		this.runner
			.withPropertyValues("browser-stream-server.allowed-origins[0]=https://a.example",
					"browser-stream-server.allowed-origins[1]=b.example")
			.run((context) -> assertThat(analysis(context).getDescription())
				.contains("browser-stream-server.allowed-origins", "b.example", "for example 'https://example.org'"));
	}

	@ParameterizedTest
	@CsvSource({ "memory, -1MB", "memory, 0", "memory, 1023KB", "memory, 1000000GB", "stream.max-window, -1",
			"stream.max-window, 0", "stream.max-window, 16383B", "stream.max-window, 2147483648B",
			"stream.max-window, 1TB", "java.max-message-size, -1KB", "java.max-message-size, 0",
			"java.max-message-size, 4GB", "java.max-message-size, 2147483647B" })
	void refusesSizesThatMakeNoSense(String property, String value) {
		assertRefused(property, value, "It must be a size from ", "for example '");
	}

	@ParameterizedTest
	@CsvSource({ "keepalive, -1s", "keepalive, 0", "keepalive, 999ms", "keepalive, 25h", "handshake-timeout, -1ms",
			"handshake-timeout, 0s", "handshake-timeout, 1000d", "accept-timeout, -5m", "accept-timeout, 0",
			"accept-timeout, PT1000H" })
	void refusesTimesThatMakeNoSense(String property, String value) {
		assertRefused(property, value, "from one second ('1s') to one day ('24h')");
	}

	@ParameterizedTest
	@CsvSource({ "stream.max-per-connection, 0", "stream.max-per-connection, -1", "java.max-handler-threads, 0",
			"java.max-handler-threads, -2147483648" })
	void refusesCountsBelowOne(String property, String value) {
		assertRefused(property, value, "at least 1");
	}

	@ParameterizedTest
	@CsvSource({ "memory, lots", "memory, 10 MiB", "stream.max-window, 1MBB", "keepalive, soon", "keepalive, 10 s x",
			"stream.max-per-connection, many", "stream.max-per-connection, 2147483648", "java.max-message-size, 1PB",
			"java.max-handler-threads, 1.5" })
	void refusesWhatCannotBeRead(String property, String value) {
		this.runner.withPropertyValues("browser-stream-server." + property + "=" + value)
			.run((context) -> assertThat(analysis(context).getDescription()).contains(property, value));
	}

	private void assertRefused(String property, String value, String... advice) {
		this.runner.withPropertyValues("browser-stream-server." + property + "=" + value).run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).contains("browser-stream-server." + property)
				.contains("'" + value + "'", "Validation failed")
				.contains(advice);
			assertThat(analysis.getAction()).contains("Review the value of the property");
		});
	}

	private FailureAnalysis analysis(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed();
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, this.source.getBeanFactory())
			.and(Environment.class, this.source.getEnvironment());
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, FailureHandler.handleMessage((message, failure) -> {
			}))
			.stream()
			.map((analyzer) -> analyzer.analyze(context.getStartupFailure()))
			.filter((analysis) -> analysis != null)
			.findFirst()
			.orElseThrow(() -> new AssertionError("nothing explains this failure", context.getStartupFailure()));
	}

}
