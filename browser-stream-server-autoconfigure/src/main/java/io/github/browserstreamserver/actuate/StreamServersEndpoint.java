/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.actuate;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.proxy.ServerInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.util.Assert;

/**
 * Actuator endpoint {@code streamservers}: the names that are listened on now.
 */
@Endpoint(id = "streamservers")
public final class StreamServersEndpoint {

	private final ProxyRegistry registry;

	/**
	 * Creates an endpoint.
	 * @param registry what it reads
	 */
	public StreamServersEndpoint(ProxyRegistry registry) {
		Assert.notNull(registry, "'registry' must not be null");
		this.registry = registry;
	}

	/**
	 * Lists live servers, sorted by name.
	 * @param name the only one to be in the list, or {@code null} for all. A query
	 * parameter may have any character; many a server or firewall refuses a path with
	 * escaped slashes
	 * @return the list; empty if nobody listens on the name
	 */
	@ReadOperation
	public StreamServersDescriptor servers(@Nullable String name) {
		Stream<String> names = (name != null) ? Stream.of(name) : this.registry.names().stream();
		return new StreamServersDescriptor(
				names.flatMap((each) -> this.registry.find(each).stream()).map(ServerDescriptor::of).toList());
	}

	/**
	 * Describes one server.
	 * @param segments its name, cut at the slashes that were not escaped
	 * @return what there is to know, or {@code null} (404) if nobody listens on the name
	 */
	@ReadOperation
	public @Nullable ServerDescriptor server(@Selector(match = Selector.Match.ALL_REMAINING) String... segments) {
		return this.registry.find(String.join("/", segments)).map(ServerDescriptor::of).orElse(null);
	}

	/**
	 * Live servers.
	 *
	 * @param servers sorted by name
	 */
	public record StreamServersDescriptor(List<ServerDescriptor> servers) implements OperationResponseBody {
	}

	/**
	 * A live server.
	 *
	 * @param name the name
	 * @param since when the host took it
	 * @param streams how many streams to it are open
	 * @param bytesToHost payload bytes that clients have sent so far
	 * @param bytesFromHost payload bytes that the host has sent so far
	 */
	public record ServerDescriptor(String name, Instant since, int streams, long bytesToHost,
			long bytesFromHost) implements OperationResponseBody {

		static ServerDescriptor of(ServerInfo info) {
			return new ServerDescriptor(info.name(), info.since(), info.streams(), info.bytesToHost(),
					info.bytesFromHost());
		}

	}

}
