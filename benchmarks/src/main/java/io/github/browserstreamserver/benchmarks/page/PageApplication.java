/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

import io.github.browserstreamserver.route.StreamRoute;

/**
 * An application as a user would write it, with the page, a raw WebSocket endpoint on the
 * container's own engine, and routes that do the same through this project.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSocket
class PageApplication implements WebMvcConfigurer, WebSocketConfigurer {

	/**
	 * Starts it on a free port.
	 * @return the running application
	 */
	static ConfigurableApplicationContext start() {
		SpringApplication application = new SpringApplication(PageApplication.class);
		application.setDefaultProperties(Map.of("server.port", "0", "server.address", "localhost",
				"spring.main.banner-mode", "off", "logging.level.root", "warn"));
		return application.run();
	}

	/**
	 * Returns its port.
	 * @param context the running application
	 */
	static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		// As pages mostly are: a browser asks each time whether its copy is still good.
		registry.addResourceHandler("/page/**")
			.addResourceLocations("classpath:/page/")
			.setCacheControl(CacheControl.noCache());
	}

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(new RawEnd(), "/raw/{direction}/{size}/{count}");
	}

	@Bean
	StreamRoute transfer() {
		return new StreamRoute("/transfer/{direction}/{size}/{count}",
				(stream, match) -> StreamEnd.serve(stream, Transfer.of(match.path())));
	}

}
