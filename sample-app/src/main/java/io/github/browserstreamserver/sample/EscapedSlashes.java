/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Names may have slashes, and {@code /actuator/streamservers/{name}} has them escaped:
 * Tomcat refuses a path with {@code %2F} or {@code %5C} unless it is told to pass it
 * through. It then stays escaped while Tomcat looks for {@code ..}, so no name leads out
 * of its place.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.apache.catalina.connector.Connector")
class EscapedSlashes {

	private static final String PASS_THROUGH = "passthrough";

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> escapedSlashesPass() {
		return (factory) -> factory.addConnectorCustomizers((connector) -> {
			connector.setEncodedSolidusHandling(PASS_THROUGH);
			connector.setEncodedReverseSolidusHandling(PASS_THROUGH);
		});
	}

}
