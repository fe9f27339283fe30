/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.browserstreamserver.transport.Trampoline;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one connection does for another must not fail. Where it does, the relay logs it
 * and goes on, so that a test would not notice: with this extension it does.
 */
public final class NoFaults implements BeforeEachCallback, AfterEachCallback {

	private final Logger logger = (Logger) LoggerFactory.getLogger(Trampoline.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@Override
	public void beforeEach(ExtensionContext context) {
		this.log.list.clear();
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.detachAppender(this.log);
		assertThat(this.log.list).as("faults, which the log shows").isEmpty();
	}

}
