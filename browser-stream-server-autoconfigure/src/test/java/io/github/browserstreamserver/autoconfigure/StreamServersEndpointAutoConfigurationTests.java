/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import io.github.browserstreamserver.actuate.StreamServersEndpoint;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class StreamServersEndpointAutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BrowserStreamServerAutoConfiguration.class,
				StreamServersEndpointAutoConfiguration.class));

	@Test
	void definesTheEndpointWhenItIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=streamservers")
			.run((context) -> assertThat(context).hasSingleBean(StreamServersEndpoint.class));
	}

	@Test
	void definesTheEndpointWhenAllAreExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasSingleBean(StreamServersEndpoint.class));
	}

	@Test
	void definesNoEndpointWhenItIsNotExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(StreamServersEndpoint.class));
	}

	@Test
	void definesNoEndpointWhenNobodyMayAccessIt() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=*",
					"management.endpoint.streamservers.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(StreamServersEndpoint.class));
	}

	@Test
	void definesNoEndpointWithoutARegistry() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=*", "browser-stream-server.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(StreamServersEndpoint.class));
	}

	@Test
	void backsOffForAnEndpoint() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=*")
			.withUserConfiguration(OwnEndpoint.class)
			.run((context) -> assertThat(context).hasSingleBean(StreamServersEndpoint.class).hasBean("own"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpoint {

		@Bean
		StreamServersEndpoint own(ProxyRegistry registry) {
			return new StreamServersEndpoint(registry);
		}

	}

}
