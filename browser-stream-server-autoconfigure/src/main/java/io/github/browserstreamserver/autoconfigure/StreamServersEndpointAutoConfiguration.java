/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import io.github.browserstreamserver.actuate.StreamServersEndpoint;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the actuator endpoint {@code streamservers}.
 */
@AutoConfiguration(after = BrowserStreamServerAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(ProxyRegistry.class)
@ConditionalOnAvailableEndpoint(StreamServersEndpoint.class)
public final class StreamServersEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	StreamServersEndpoint streamServersEndpoint(ProxyRegistry registry) {
		return new StreamServersEndpoint(registry);
	}

}
