/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/**
 * A relay on Tomcat as most people write it: a Spring {@code WebSocketHandler} that
 * writes to the other session. Buffers are just large enough for messages of 64 KiB.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableWebSocket
public class TomcatSpringRelay implements WebSocketConfigurer {

	private static final int MESSAGE = 64 * 1024;

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(new SpringForwarder(), "/host", "/connect").setAllowedOrigins("*");
	}

	@Bean
	ServletServerContainerFactoryBean containerSettings() {
		ServletServerContainerFactoryBean settings = new ServletServerContainerFactoryBean();
		settings.setMaxBinaryMessageBufferSize(MESSAGE);
		return settings;
	}

	@EventListener
	void initialized(WebServerInitializedEvent event) {
		Ready.say(event.getWebServer().getPort());
	}

	/**
	 * Starts the relay.
	 * @param arguments properties, as {@code --name=value}
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(TomcatSpringRelay.class, arguments);
	}

}
