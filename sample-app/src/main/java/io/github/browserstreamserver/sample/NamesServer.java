/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.browserstreamserver.event.ServerCreatedEvent;
import io.github.browserstreamserver.event.ServerDestroyedEvent;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.proxy.ServerInfo;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Java code as a host that never waits: whoever connects to the name {@value #NAME} gets
 * the list of all live names as a JSON message, and again whenever it changes.
 * <p>
 * Each message is the whole list, so a reader that is slow skips lists and never gets an
 * old one, and one that lost its connection only has to connect again.
 */
@Component
class NamesServer implements SmartInitializingSingleton {

	static final String NAME = "names";

	private static final Set<String> OWN_NAMES = Set.of(NAME, EchoServer.NAME);

	private static final int MAX_EVENTS = 20;

	private final ProxyRegistry registry;

	private final JsonMapper json;

	private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();

	/**
	 * The newest events. Those of different names may come out of order. Guarded by
	 * itself.
	 */
	private final Deque<NameEvent> events = new ArrayDeque<>();

	NamesServer(ProxyRegistry registry, JsonMapper json) {
		this.registry = registry;
		this.json = json;
	}

	/** Before the web server starts, so that no tab takes the name. */
	@Override
	public void afterSingletonsInstantiated() {
		this.registry.listen(NAME, this::subscribe);
	}

	@EventListener
	void created(ServerCreatedEvent event) {
		record(new NameEvent(ServerCreatedEvent.TYPE, event.name(), event.at(), null));
	}

	@EventListener
	void destroyed(ServerDestroyedEvent event) {
		record(new NameEvent(ServerDestroyedEvent.TYPE, event.name(), event.at(), event.reason().name()));
	}

	private void record(NameEvent event) {
		synchronized (this.events) {
			this.events.addLast(event);
			if (this.events.size() > MAX_EVENTS) {
				this.events.removeFirst();
			}
		}
		refresh();
	}

	/** No event tells how many streams a name has, so look once a second as well. */
	@Scheduled(fixedDelay = 1000)
	void refresh() {
		this.subscribers.forEach(Subscriber::refresh);
	}

	private void subscribe(DuplexStream stream) {
		Subscriber subscriber = new Subscriber(stream, this::snapshot);
		this.subscribers.add(subscriber);
		var unused = stream.closed().whenComplete((closed, failure) -> this.subscribers.remove(subscriber));
		subscriber.start();
	}

	private Message snapshot() {
		List<ServerInfo> servers = this.registry.names()
			.stream()
			.flatMap((name) -> this.registry.find(name).stream())
			.toList();
		return Message
			.json(this.json.writeValueAsString(new Names(servers.stream().map(Server::of).toList(), events())));
	}

	private List<NameEvent> events() {
		synchronized (this.events) {
			return this.events.stream().sorted(Comparator.comparing(NameEvent::at)).toList();
		}
	}

	/** What is sent. */
	record Names(List<Server> servers, List<NameEvent> events) {
	}

	/** A live name; {@code own} says that the application itself is the host. */
	record Server(String name, Instant since, int streams, boolean own) {

		static Server of(ServerInfo info) {
			return new Server(info.name(), info.since(), info.streams(), OWN_NAMES.contains(info.name()));
		}

	}

	record NameEvent(String type, String name, Instant at, @Nullable String reason) {
	}

}
