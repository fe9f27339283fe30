/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Says so at the start where the library is there and does nothing, because the
 * application is no servlet application, or where WebFlux does nothing, because it is
 * one: the starter brings Spring MVC, which Spring Boot prefers.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "browser-stream-server.enabled", matchIfMissing = true)
public final class OtherStacksAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(OtherStacksAutoConfiguration.class);

	private static final String TYPE = "spring.main.web-application-type";

	private static final String NOT_HERE = "browser-stream-server does nothing here: it works in servlet applications "
			+ "(Spring MVC on Tomcat or Jetty), and this one {}. Set " + TYPE
			+ "=servlet, or browser-stream-server.enabled=false if it is not wanted here";

	/**
	 * There is no web server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnNotWebApplication
	static class NoWebConfiguration {

		@Bean
		SmartInitializingSingleton streamServerWithoutWeb() {
			return () -> logger.warn(NOT_HERE, "has no web server");
		}

	}

	/**
	 * WebFlux was chosen.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveConfiguration {

		@Bean
		SmartInitializingSingleton streamServerInWebFlux() {
			return () -> logger.warn(NOT_HERE, "is a WebFlux application");
		}

	}

	/**
	 * WebFlux was not chosen, perhaps by nobody.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(name = "org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration")
	@Conditional(NobodyChose.class)
	static class BothStacksConfiguration {

		@Bean
		SmartInitializingSingleton streamServerBesideWebFlux() {
			return () -> logger.warn("Spring WebFlux is on the class path, and this is a servlet application all the "
					+ "same, since browser-stream-server-starter brings Spring MVC: routes of WebFlux answer 404. Set "
					+ TYPE + "=servlet if that is meant (WebClient works in both), or take the starter out");
		}

	}

	/**
	 * The kind of the application is Spring Boot's guess.
	 */
	static class NobodyChose implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return !context.getEnvironment().containsProperty(TYPE);
		}

	}

}
