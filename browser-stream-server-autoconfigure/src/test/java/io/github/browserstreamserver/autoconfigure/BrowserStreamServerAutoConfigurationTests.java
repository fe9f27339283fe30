/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.browserstreamserver.actuate.StreamServersEndpoint;
import io.github.browserstreamserver.binary.BinaryDialect;
import io.github.browserstreamserver.binary.BinaryLimits;
import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.proxy.NamePatience;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.proxy.ServerListener;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.PeerLimits;
import io.github.browserstreamserver.websocket.OriginRules;
import io.github.browserstreamserver.websocket.PlainUpgradeStrategy;
import io.github.browserstreamserver.websocket.StreamConnections;
import io.github.browserstreamserver.websocket.StreamHandlerMapping;
import io.github.browserstreamserver.websocket.StreamWebSocketHandler;
import jakarta.websocket.server.ServerContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

class BrowserStreamServerAutoConfigurationTests {

	private static final List<Class<?>> BEANS = List.of(LibraryThreads.class, Budget.class, ProxyRegistry.class,
			BinaryDialect.class, StreamConnections.class, StreamWebSocketHandler.class, StreamHandlerMapping.class,
			StreamServerLifecycle.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BrowserStreamServerAutoConfiguration.class));

	@Test
	void definesItsBeansInAServletApplication() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(BEANS).allSatisfy((type) -> assertThat(context).hasSingleBean(type));
		});
	}

	@Test
	void mapsTheDefaultPrefixAndTheClientBelowIt() {
		this.runner.run((context) -> assertThat(context.getBean(StreamHandlerMapping.class).getUrlMap().keySet())
			.containsExactlyInAnyOrderElementsOf(pathsUnder("/browser-server")));
	}

	private static List<String> pathsUnder(String prefix) {
		return List.of(prefix, prefix + "/*.js", prefix + "/client-*.js", prefix + "/*.js.map", prefix + "/*.d.ts",
				prefix + "/modules/*.js");
	}

	@Test
	void takesConnectionsWhileTheContextRuns() {
		this.runner.run((context) -> {
			StreamConnections connections = context.getBean(StreamConnections.class);
			assertThat(connections.isRunning()).isTrue();
			context.getSourceApplicationContext().close();
			assertThat(connections.isRunning()).isFalse();
		});
	}

	@Test
	void canBeStoppedAndStartedAgain() {
		this.runner.run((context) -> {
			ProxyRegistry registry = context.getBean(ProxyRegistry.class);
			StreamServerLifecycle lifecycle = context.getBean(StreamServerLifecycle.class);
			registry.listen("before", (stream) -> {
			});
			lifecycle.stop();
			assertThat(lifecycle.isRunning()).isFalse();
			assertThat(registry.names()).isEmpty();
			lifecycle.start();
			assertThat(lifecycle.isRunning()).isTrue();
			registry.listen("before", (stream) -> {
			});
			registry.connect("before").opened().get(10, TimeUnit.SECONDS);
		});
	}

	// --- when it backs off

	@Test
	void backsOffForABudget() {
		this.runner.withUserConfiguration(OwnBudget.class).run((context) -> {
			assertThat(context).hasSingleBean(Budget.class).hasBean("own");
			assertThat(context).hasSingleBean(ProxyRegistry.class);
		});
	}

	@Test
	void backsOffForARegistry() {
		this.runner.withUserConfiguration(OwnRegistry.class)
			.run((context) -> assertThat(context).hasSingleBean(ProxyRegistry.class)
				.hasBean("own")
				.hasSingleBean(StreamHandlerMapping.class));
	}

	@Test
	void backsOffForADialect() {
		this.runner.withUserConfiguration(OwnDialect.class)
			.run((context) -> assertThat(context).hasSingleBean(BinaryDialect.class)
				.hasBean("own")
				.hasSingleBean(StreamHandlerMapping.class));
	}

	@Test
	void backsOffForConnections() {
		this.runner.withUserConfiguration(OwnConnections.class)
			.run((context) -> assertThat(context).hasSingleBean(StreamConnections.class).hasBean("own"));
	}

	@Test
	void backsOffForAWebSocketHandler() {
		this.runner.withUserConfiguration(OwnHandler.class)
			.run((context) -> assertThat(context).hasSingleBean(StreamWebSocketHandler.class)
				.hasBean("own")
				.hasSingleBean(StreamHandlerMapping.class));
	}

	@Test
	void backsOffForAMapping() {
		this.runner.withUserConfiguration(OwnMapping.class).run((context) -> {
			assertThat(context).hasSingleBean(StreamHandlerMapping.class).hasBean("own");
			assertThat(context.getBean(StreamHandlerMapping.class).getUrlMap()).containsKey("/mine");
		});
	}

	@Test
	void doesNotBackOffForAnotherWebSocketHandler() {
		this.runner.withBean("others", WebSocketHandler.class, TextWebSocketHandler::new)
			.run((context) -> assertThat(context).hasSingleBean(StreamWebSocketHandler.class)
				.hasSingleBean(StreamHandlerMapping.class));
	}

	@Test
	void isOffWhenItIsSwitchedOff() {
		this.runner.withPropertyValues("browser-stream-server.enabled=false")
			.run((context) -> assertThat(BEANS).allSatisfy((type) -> assertThat(context).doesNotHaveBean(type)));
	}

	@Test
	void doesNotLookAtOtherPropertiesWhenItIsSwitchedOff() {
		this.runner.withPropertyValues("browser-stream-server.enabled=false", "browser-stream-server.prefix=/**")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void isOffOutsideOfAWebApplication() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(BrowserStreamServerAutoConfiguration.class,
					StreamServersEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ProxyRegistry.class)
				.doesNotHaveBean(StreamServersEndpoint.class));
	}

	@ParameterizedTest
	@ValueSource(classes = { WebSocketHandler.class, ServerContainer.class, DispatcherServlet.class })
	void isOffWhenAClassIsMissing(Class<?> missing) {
		this.runner.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ProxyRegistry.class));
	}

	@Test
	void needsNoActuator() {
		new WebApplicationContextRunner().withUserConfiguration(WholeApplication.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate", "io.micrometer",
					"org.springframework.boot.health"))
			.withPropertyValues("management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProxyRegistry.class)
				.doesNotHaveBean("streamServersEndpoint"));
	}

	@Test
	void leavesBootsOwnTaskExecutorAlone() {
		this.runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context.getBeanNamesForType(Executor.class))
				.containsExactly("applicationTaskExecutor"));
	}

	// --- properties

	@ParameterizedTest
	@ValueSource(strings = { "/api/streams", "api/streams", "api/streams/", "/api/streams/", "//api/streams//",
			" /api/streams " })
	void takesAPrefixWithAndWithoutSlashesAtItsEnds(String prefix) {
		this.runner.withPropertyValues("browser-stream-server.prefix=" + prefix)
			.run((context) -> assertThat(context.getBean(StreamHandlerMapping.class).getUrlMap().keySet())
				.containsExactlyInAnyOrderElementsOf(pathsUnder("/api/streams")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "/v1.2/a_b-c~d", "/...", "/a.b" })
	void takesAnyPrefixOfPlainSegments(String prefix) {
		this.runner.withPropertyValues("browser-stream-server.prefix=" + prefix)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void hasTheDialectsDefaultsWhenNothingIsSet() {
		this.runner.run((context) -> {
			CheckedProperties checked = new CheckedProperties(context.getBean(BrowserStreamServerProperties.class));
			assertThat(checked.limits())
				.isEqualTo(new BinaryLimits(1_000, 1_048_576, Duration.ofSeconds(15), Duration.ofSeconds(20),
						Duration.ofSeconds(30), Duration.ofSeconds(10), 2_000, 1_000, Duration.ZERO, Long.MAX_VALUE));
			assertThat(checked.allowedOrigins()).isEmpty();
			assertThat(checked.maxMessage()).isEqualTo(16 * 1024 * 1024);
			assertThat(context.getBean(Budget.class).limit()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
			assertThat(context.getBean(LibraryThreads.class).handlers().getMaximumPoolSize()).isEqualTo(256);
		});
	}

	@Test
	void bindsPropertiesToLimits() {
		this.runner.withPropertyValues("browser-stream-server.stream.max-per-connection=7",
				"browser-stream-server.stream.max-window=64KB", "browser-stream-server.keepalive=3s",
				"browser-stream-server.accept-timeout=4s", "browser-stream-server.handshake-timeout=5s",
				"browser-stream-server.liveness-timeout=6s", "browser-stream-server.stream.opens-per-second=8",
				"browser-stream-server.stream.max-unaccepted=9", "browser-stream-server.stream.idle-timeout=10s",
				"browser-stream-server.names.wait=11ms", "browser-stream-server.names.grace=12ms",
				"browser-stream-server.names.max-waiting=13", "browser-stream-server.connections.max=14",
				"browser-stream-server.connections.max-per-principal=15",
				"browser-stream-server.connections.max-per-address=16",
				"browser-stream-server.names.max-per-connection=17", "browser-stream-server.names.max-per-principal=18",
				"browser-stream-server.names.max-length=19", "browser-stream-server.stream.max-metadata-size=20B",
				"browser-stream-server.connections.max-bytes-per-second=1MB",
				"browser-stream-server.shutdown.drain-timeout=21s",
				"browser-stream-server.shutdown.reconnect-spread=22s",
				"browser-stream-server.java.max-message-size=1KB", "browser-stream-server.java.max-handler-threads=6",
				"browser-stream-server.memory=8MB",
				"browser-stream-server.allowed-origins=https://a.example,http://localhost:3000")
			.run((context) -> {
				CheckedProperties checked = new CheckedProperties(context.getBean(BrowserStreamServerProperties.class));
				assertThat(checked.limits())
					.isEqualTo(new BinaryLimits(7, 65_536, Duration.ofSeconds(3), Duration.ofSeconds(6),
							Duration.ofSeconds(4), Duration.ofSeconds(5), 8, 9, Duration.ofSeconds(10), 1_048_576));
				assertThat(checked.namePatience())
					.isEqualTo(new NamePatience(Duration.ofMillis(11), Duration.ofMillis(12), 13));
				assertThat(checked.peerLimits()).isEqualTo(new PeerLimits(14, 15, 16, 17, 18, 19, 20));
				assertThat(checked.drainTimeout()).isEqualTo(Duration.ofSeconds(21));
				assertThat(checked.reconnectSpread()).isEqualTo(Duration.ofSeconds(22));
				assertThat(checked.maxMessage()).isEqualTo(1024);
				assertThat(checked.allowedOrigins()).containsExactly("https://a.example", "http://localhost:3000");
				assertThat(context.getBean(Budget.class).limit()).isEqualTo(8 * 1024 * 1024);
				assertThat(context.getBean(LibraryThreads.class).handlers().getMaximumPoolSize()).isEqualTo(6);
			});
	}

	@Test
	void aMessageFitsIntoALittleMemory() {
		this.runner.withPropertyValues("browser-stream-server.memory=8MB").run((context) -> {
			CheckedProperties checked = new CheckedProperties(context.getBean(BrowserStreamServerProperties.class));
			assertThat(checked.maxMessage()).isEqualTo(2 * 1024 * 1024);
			assertThat(checked.muxDemuxLimits().maxMessage()).isEqualTo(2 * 1024 * 1024);
		});
	}

	@ParameterizedTest
	@MethodSource
	void takesTheLeastAndTheMostThatAPropertyMayBe(String property) {
		this.runner.withPropertyValues("browser-stream-server." + property)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	static Stream<String> takesTheLeastAndTheMostThatAPropertyMayBe() {
		return Stream.of("memory=1MB", "memory=" + Runtime.getRuntime().maxMemory() + "B", "keepalive=1s",
				"keepalive=24h", "handshake-timeout=1s", "accept-timeout=24h", "stream.max-window=16KB",
				"stream.max-window=2147483647B", "stream.max-per-connection=1", "stream.max-per-connection=2147483647",
				"java.max-message-size=1B",
				"java.max-message-size=" + Math.min(Runtime.getRuntime().maxMemory() / 16, Integer.MAX_VALUE) + "B",
				"stream.idle-timeout=0", "stream.idle-timeout=1s", "java.max-handler-threads=1", "allowed-origins=",
				"allowed-origins=*", "allowed-origins=https://[::1]:8443");
	}

	private static ProxyRegistry registry(Budget budget) {
		return new ProxyRegistry(new Deaf(), Runnable::run, budget, 1024, Runnable::run, Runnable::run,
				Clock.systemUTC());
	}

	private static final class Deaf implements ServerListener {

		@Override
		public void created(String name, Instant at) {
		}

		@Override
		public void destroyed(String name, Instant at, DestroyReason reason) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(OursFiltered.class)
	static class WholeApplication {

	}

	/**
	 * Picks our auto-configurations by the classes that they need, as
	 * {@code @EnableAutoConfiguration} does, before it loads them.
	 */
	static class OursFiltered extends AutoConfigurationImportSelector {

		@Override
		protected List<String> getCandidateConfigurations(AnnotationMetadata metadata,
				AnnotationAttributes attributes) {
			return List.of(BrowserStreamServerAutoConfiguration.class.getName(),
					StreamServersEndpointAutoConfiguration.class.getName());
		}

		@Override
		protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
			return new AnnotationAttributes();
		}

		@Override
		protected Set<String> getExclusions(AnnotationMetadata metadata, AnnotationAttributes attributes) {
			return Set.of();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBudget {

		@Bean
		Budget own() {
			return new Budget(1_000_000);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistry {

		@Bean
		ProxyRegistry own(Budget budget) {
			return registry(budget);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDialect {

		@Bean
		BinaryDialect own(Budget budget, ProxyRegistry registry) {
			return new BinaryDialect(BinaryLimits.DEFAULTS, budget, registry.acceptor(), System::nanoTime);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConnections {

		@Bean
		StreamConnections own() {
			return new StreamConnections();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHandler {

		@Bean
		StreamWebSocketHandler own(BinaryDialect dialect, StreamConnections connections) {
			return new StreamWebSocketHandler(dialect, connections);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMapping {

		@Bean
		StreamHandlerMapping own(StreamWebSocketHandler handler) {
			return new StreamHandlerMapping("/mine", handler, new OriginRules(List.of(), List.of(), true),
					new PlainUpgradeStrategy());
		}

	}

}
