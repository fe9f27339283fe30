/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import io.github.browserstreamserver.muxdemux.MuxDemuxDialect;
import io.github.browserstreamserver.muxdemux.MuxDemuxLimits;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.route.StreamRoute;
import io.github.browserstreamserver.route.StreamRoutes;
import io.github.browserstreamserver.sockjs.BootHandlerMapping;
import io.github.browserstreamserver.stream.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way in for the original's clients, and the application's routes.
 */
class BootConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BrowserStreamServerAutoConfiguration.class));

	private final WebApplicationContextRunner booting = this.runner
		.withPropertyValues("browser-stream-server.boot.enabled=true");

	@Test
	void isOffUnlessItIsSwitchedOn() {
		this.runner.withPropertyValues("browser-stream-server.boot.path=*")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(MuxDemuxDialect.class)
				.doesNotHaveBean(BootHandlerMapping.class));
	}

	@Test
	void isOffWhenAllIsOff() {
		this.booting.withPropertyValues("browser-stream-server.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(BootHandlerMapping.class));
	}

	@Test
	void mapsTheDefaultPath() {
		this.booting.run(
				(context) -> assertThat(context.getBean(BootHandlerMapping.class).getUrlMap()).containsKey("/boot/**"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "old", "/old", "old/", "//old//" })
	void takesAPathWithAndWithoutSlashesAtItsEnds(String path) {
		this.booting.withPropertyValues("browser-stream-server.boot.path=" + path)
			.run((context) -> assertThat(context.getBean(BootHandlerMapping.class).getUrlMap()).containsKey("/old/**"));
	}

	@ParameterizedTest
	@CsvSource({ "boot.path, /*, for example '/boot'", "boot.path, /, for example '/boot'",
			"boot.path, /browser-server, must not be the same as browser-stream-server.prefix",
			"boot.max-message-size, 0, from 4096B", "boot.max-message-size, 1TB, from 4096B" })
	void refusesWhatMakesNoSense(String property, String value, String advice) {
		this.booting.withPropertyValues("browser-stream-server." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("browser-stream-server." + property)
				.hasMessageContaining(advice));
	}

	@Test
	void refusesAPathAboveThePrefix() {
		this.booting
			.withPropertyValues("browser-stream-server.boot.path=/api", "browser-stream-server.prefix=/api/streams")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("nor above it"));
		this.booting
			.withPropertyValues("browser-stream-server.boot.path=/api/boot", "browser-stream-server.prefix=/api/b")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void backsOffForADialect() {
		this.booting.withUserConfiguration(OwnDialect.class)
			.run((context) -> assertThat(context).hasSingleBean(MuxDemuxDialect.class).hasBean("own"));
	}

	@Test
	void leavesBootsOwnTaskSchedulerAlone() {
		this.booting.withConfiguration(AutoConfigurations.of(TaskSchedulingAutoConfiguration.class))
			.withUserConfiguration(Scheduling.class)
			.run((context) -> assertThat(context).hasSingleBean(TaskScheduler.class).hasBean("taskScheduler"));
	}

	@Test
	void findsRoutesAlsoThoseThatNeedTheRegistry() {
		this.runner.withUserConfiguration(NeedyRoute.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(StreamRoutes.class).resolve("/needy/1")).isNotNull();
			assertThat(context.getBean(StreamRoutes.class).resolve("/other")).isNull();
		});
	}

	@Test
	void twoRoutesWithOnePatternStopTheStart() {
		this.runner.withUserConfiguration(NeedyRoute.class, SameRoute.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Two StreamRoute beans are for the same paths: '/needy/*'"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDialect {

		@Bean
		MuxDemuxDialect own() {
			return new MuxDemuxDialect(MuxDemuxLimits.DEFAULTS, new Budget(1), (from, request, end) -> {
			}, (name) -> false, "/p", System::nanoTime);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedyRoute {

		@Bean
		StreamRoute needy(ProxyRegistry registry) {
			return new StreamRoute("/needy/*", (stream, match) -> stream.send(registry.names().toString()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SameRoute {

		@Bean
		StreamRoute same() {
			return new StreamRoute("/needy/*", (stream, match) -> stream.end());
		}

	}

}
