/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.List;
import java.util.concurrent.CompletionException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackFailuresTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(CallbackFailures.class);

	private final Level level = this.logger.getLevel();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final CallbackFailures failures = new CallbackFailures("nothing follows");

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.DEBUG);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.log);
		this.log.start();
	}

	@AfterEach
	void restore() {
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
		this.logger.setLevel(this.level);
	}

	private void fail(RuntimeException failure) {
		this.failures.guard("A listener of server.created", () -> {
			throw failure;
		});
	}

	private List<ILoggingEvent> warnings() {
		return this.log.list.stream().filter((event) -> event.getLevel() == Level.WARN).toList();
	}

	@Test
	void warnsOfTheFirstFailureWithItsStackTrace() {
		fail(new IllegalStateException("a bug"));
		assertThat(warnings()).singleElement().satisfies((event) -> {
			assertThat(event.getFormattedMessage()).contains("A listener of server.created failed; nothing follows");
			assertThat(event.getThrowableProxy().getMessage()).isEqualTo("a bug");
			assertThat(event.getThrowableProxy().getStackTraceElementProxyArray()).isNotEmpty();
		});
	}

	@Test
	void warnsOfAKindOfFailureOnceAndKeepsTheOthersForWhoLooksForThem() {
		for (int time = 0; time < 100; time++) {
			fail(new IllegalStateException("bug " + time));
		}
		assertThat(warnings()).hasSize(1);
		assertThat(this.log.list).hasSize(100)
			.last()
			.satisfies((event) -> assertThat(event.getLevel()).isEqualTo(Level.DEBUG))
			.satisfies((event) -> assertThat(event.getThrowableProxy().getMessage()).isEqualTo("bug 99"));
	}

	@Test
	void warnsOfAnotherKindOfFailureToo() {
		fail(new IllegalStateException("one"));
		fail(new IllegalArgumentException("another"));
		fail(new IllegalStateException("one again"));
		assertThat(warnings()).extracting((event) -> event.getThrowableProxy().getMessage())
			.containsExactly("one", "another");
	}

	@Test
	void looksAtWhatAStageWraps() {
		fail(new CompletionException(new IllegalStateException("one")));
		fail(new IllegalStateException("one again"));
		fail(new CompletionException(new IllegalArgumentException("another")));
		assertThat(warnings()).extracting((event) -> event.getThrowableProxy().getMessage())
			.containsExactly("one", "another");
	}

	@Test
	void logsNothingOfAListenerThatWorks() {
		this.failures.guard("A listener of server.created", () -> {
		});
		assertThat(this.log.list).isEmpty();
	}

}
