/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.time.Instant;

import io.github.browserstreamserver.event.ServerCreatedEvent;
import io.github.browserstreamserver.event.ServerDestroyedEvent;
import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.proxy.ServerListener;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Makes application events of what the registry tells.
 */
final class ApplicationEvents implements ServerListener {

	private final ApplicationEventPublisher publisher;

	ApplicationEvents(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void created(String name, Instant at) {
		this.publisher.publishEvent(new ServerCreatedEvent(name, at));
	}

	@Override
	public void destroyed(String name, Instant at, DestroyReason reason) {
		this.publisher.publishEvent(new ServerDestroyedEvent(name, at, reason));
	}

}
