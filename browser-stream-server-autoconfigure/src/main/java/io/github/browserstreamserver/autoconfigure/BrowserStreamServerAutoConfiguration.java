/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.time.Clock;
import java.time.Duration;

import io.github.browserstreamserver.binary.BinaryDialect;
import io.github.browserstreamserver.lean.EventLoops;
import io.github.browserstreamserver.muxdemux.MuxDemuxDialect;
import io.github.browserstreamserver.proxy.ProxyOptions;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.proxy.StreamAuthorizer;
import io.github.browserstreamserver.route.StreamRoute;
import io.github.browserstreamserver.route.StreamRoutes;
import io.github.browserstreamserver.sockjs.BootHandlerMapping;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.transport.WheelTime;
import io.github.browserstreamserver.websocket.StreamConnections;
import io.github.browserstreamserver.websocket.StreamHandlerMapping;
import io.github.browserstreamserver.websocket.StreamWebSocketHandler;
import jakarta.websocket.server.ServerContainer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.socket.WebSocketHandler;

/**
 * Auto-configuration for browser-stream-server in a servlet web application: the
 * {@link ProxyRegistry}, and the endpoint and the browser client at
 * {@code browser-stream-server.prefix}. Each bean backs off when the application defines
 * its own.
 */
@AutoConfiguration(afterName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ WebSocketHandler.class, DispatcherServlet.class, ServerContainer.class })
@ConditionalOnBooleanProperty(name = "browser-stream-server.enabled", matchIfMissing = true)
@EnableConfigurationProperties(BrowserStreamServerProperties.class)
public final class BrowserStreamServerAutoConfiguration {

	private final CheckedProperties properties;

	BrowserStreamServerAutoConfiguration(BrowserStreamServerProperties properties) {
		this.properties = new CheckedProperties(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	LibraryThreads browserStreamServerThreads() {
		return new LibraryThreads(this.properties.maxHandlerThreads());
	}

	@Bean
	@ConditionalOnMissingBean
	Budget browserStreamServerBudget() {
		return new Budget(this.properties.memory());
	}

	@Bean
	@ConditionalOnMissingBean
	StreamRoutes streamRoutes(ObjectProvider<StreamRoute> routes) {
		return new StreamRoutes(routes::orderedStream);
	}

	@Bean
	@ConditionalOnMissingBean
	ProxyRegistry proxyRegistry(ApplicationEventPublisher publisher, Budget budget, LibraryThreads threads,
			StreamRoutes routes, ObjectProvider<StreamAuthorizer> authorizer) {
		ProxyOptions options = ProxyOptions.NONE.routes(routes)
			.patience(this.properties.namePatience(), threads::after)
			.limits(this.properties.peerLimits())
			.authorizer(authorizer.getIfAvailable());
		return new ProxyRegistry(new ApplicationEvents(publisher), threads.announcers(), budget,
				this.properties.maxMessage(), threads.handlers(), threads.callbacks(), Clock.systemUTC(), options);
	}

	@Bean
	@ConditionalOnMissingBean
	WheelTime streamWheelTime() {
		return new WheelTime();
	}

	@Bean
	@ConditionalOnMissingBean
	BinaryDialect binaryDialect(ProxyRegistry registry, Budget budget, WheelTime time) {
		return new BinaryDialect(this.properties.limits(), budget, registry.acceptor(), time);
	}

	@Bean
	@ConditionalOnMissingBean
	StreamConnections streamConnections(WheelTime time) {
		return new StreamConnections(this.properties.peerLimits(), time);
	}

	@Bean
	@ConditionalOnMissingBean
	StreamWebSocketHandler streamWebSocketHandler(BinaryDialect dialect, StreamConnections connections) {
		return new StreamWebSocketHandler(dialect, connections);
	}

	@Bean
	@ConditionalOnMissingBean
	EventLoops streamEventLoops() {
		return new EventLoops();
	}

	@Bean
	@ConditionalOnMissingBean
	StreamHandlerMapping streamHandlerMapping(StreamWebSocketHandler handler, EventLoops loops) {
		return new StreamHandlerMapping(this.properties.prefix(), handler, this.properties.originRules(),
				TransportChoice.strategy(this.properties.transport(), loops));
	}

	/**
	 * The way in for the original's clients.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "browser-stream-server.boot.enabled")
	static class BootConfiguration {

		private final CheckedProperties properties;

		BootConfiguration(BrowserStreamServerProperties properties) {
			this.properties = new CheckedProperties(properties);
		}

		@Bean
		@ConditionalOnMissingBean
		MuxDemuxDialect muxDemuxDialect(ProxyRegistry registry, Budget budget, WheelTime time) {
			return new MuxDemuxDialect(this.properties.muxDemuxLimits(), budget, registry.acceptor(),
					(name) -> registry.find(name).isPresent(), this.properties.prefix(), time);
		}

		@Bean
		@ConditionalOnMissingBean
		BootHandlerMapping bootHandlerMapping(MuxDemuxDialect dialect, StreamConnections connections) {
			return new BootHandlerMapping(this.properties.bootPath(), dialect, connections,
					this.properties.originRules());
		}

	}

	/**
	 * What only Tomcat tells.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(TomcatWebServer.class)
	static class TomcatConfiguration {

		@Bean
		ConnectorRoom streamConnectorRoom(BrowserStreamServerProperties properties) {
			return new ConnectorRoom(properties.getConnections().getMax());
		}

	}

	@Bean
	@ConditionalOnMissingBean
	StreamServerLifecycle streamServerLifecycle(ProxyRegistry registry, StreamConnections connections,
			LibraryThreads threads, StreamRoutes routes, EventLoops loops, Environment environment) {
		boolean immediate = "immediate".equalsIgnoreCase(environment.getProperty("server.shutdown"));
		return new StreamServerLifecycle(registry, connections, threads, routes, loops,
				immediate ? Duration.ZERO : this.properties.drainTimeout(), this.properties.reconnectSpread());
	}

}
