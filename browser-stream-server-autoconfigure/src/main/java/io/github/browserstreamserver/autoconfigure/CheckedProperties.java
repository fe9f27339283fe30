/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.browserstreamserver.autoconfigure.BrowserStreamServerProperties.TransportKind;
import io.github.browserstreamserver.binary.BinaryLimits;
import io.github.browserstreamserver.muxdemux.MuxDemuxLimits;
import io.github.browserstreamserver.proxy.NamePatience;
import io.github.browserstreamserver.stream.OpenRate;
import io.github.browserstreamserver.stream.PeerLimits;
import io.github.browserstreamserver.stream.TargetRules;
import io.github.browserstreamserver.websocket.OriginRules;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * The properties, after it was checked that they make sense: the only way from what a
 * user wrote to what the library is built with. A wrong value stops the start with a
 * message that says what to write instead.
 */
final class CheckedProperties {

	private static final String ROOT = "browser-stream-server.";

	private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*");

	private static final Pattern ORIGIN = Pattern
		.compile("\\*|https?://(\\[[0-9A-Fa-f:.]+]|[^/*?#@:\\s\\[\\]]+)(:[1-9]\\d{0,4})?");

	private static final Pattern ORIGIN_PATTERN = Pattern
		.compile("\\*|https?://(\\[[0-9A-Fa-f:.*]+](:\\d+)?|[^/?#@\\s\\[\\]]+)(:\\[(\\*|\\d+(,\\d+)*)])?");

	/** No browser says it, so such an origin would never be met. */
	private static final Pattern DEFAULT_PORT = Pattern
		.compile("http://.*:(80|\\[(.*,)?80(,.*)?])|https://.*:(443|\\[(.*,)?443(,.*)?])");

	private static final Set<String> DOTS = Set.of(".", "..");

	private static final DataSize LEAST_WINDOW = DataSize.ofKilobytes(16);

	/** Less, and there would be no room for the lines that open streams. */
	private static final DataSize LEAST_LINE = DataSize.ofKilobytes(4);

	private static final DataSize MESSAGE = DataSize.ofMegabytes(16);

	private static final DataSize MOST_METADATA = DataSize.ofKilobytes(4);

	private static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(1);

	private static final DataSize MOST = DataSize.ofBytes(Integer.MAX_VALUE);

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofHours(24);

	private static final Duration SHORTEST_LIVENESS = Duration.ofSeconds(5);

	private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(5);

	private static final int HEAP_SHARE = 4;

	private static final int MESSAGE_SHARE = 4;

	private final BrowserStreamServerProperties properties;

	CheckedProperties(BrowserStreamServerProperties properties) {
		this.properties = properties;
	}

	String prefix() {
		return path("prefix", this.properties.getPrefix(), "'/browser-server' or '/api/streams'");
	}

	String bootPath() {
		String given = this.properties.getBoot().getPath();
		String path = path("boot.path", given, "'/boot'");
		if ((prefix() + "/").startsWith(path + "/")) {
			throw invalid("boot.path", given,
					"It must not be the same as browser-stream-server.prefix, nor above it: all that is below it belongs"
							+ " to SockJS. The default is '/boot'.");
		}
		return path;
	}

	private static String path(String name, @Nullable String given, String examples) {
		String path = (given != null) ? given.strip().replaceAll("^/+|/+$", "") : "";
		if (!PATH.matcher(path).matches() || !Collections.disjoint(List.of(path.split("/")), DOTS)) {
			throw invalid(name, given, "It must be a path of one or more plain segments, for example " + examples + ";"
					+ " '*', '?', '{' and the like are not allowed, nor is the root alone.");
		}
		return "/" + path;
	}

	List<String> allowedOrigins() {
		for (String origin : this.properties.getAllowedOrigins()) {
			if (!ORIGIN.matcher(origin).matches() || DEFAULT_PORT.matcher(origin).matches()) {
				throw invalid("allowed-origins", origin,
						"It must be '*' or an origin: scheme, host and, if it is not the default, port, without a path,"
								+ " for example 'https://example.org'. A pattern goes into allowed-origin-patterns.");
			}
		}
		return List.copyOf(this.properties.getAllowedOrigins());
	}

	OriginRules originRules() {
		for (String pattern : this.properties.getAllowedOriginPatterns()) {
			if (!ORIGIN_PATTERN.matcher(pattern).matches() || DEFAULT_PORT.matcher(pattern).matches()) {
				throw invalid("allowed-origin-patterns", pattern,
						"It must be an origin in which '*' stands for any text, and ':[5173,8080]' or ':[*]' for ports,"
								+ " the default port not among them, for example 'https://*.example.org'.");
			}
		}
		return new OriginRules(allowedOrigins(), this.properties.getAllowedOriginPatterns(),
				this.properties.isAllowMissingOrigin());
	}

	long memory() {
		DataSize given = this.properties.getMemory();
		long heap = Runtime.getRuntime().maxMemory();
		if (given == null) {
			return Math.max(heap / HEAP_SHARE, LEAST_MEMORY.toBytes());
		}
		if (given.compareTo(LEAST_MEMORY) < 0 || given.toBytes() > heap) {
			throw invalid("memory", given,
					"It must be a size from " + LEAST_MEMORY.toMegabytes() + "MB to the maximum heap, which is "
							+ DataSize.ofBytes(heap).toMegabytes() + "MB, for example '64MB'.");
		}
		return given.toBytes();
	}

	TransportKind transport() {
		return this.properties.getTransport();
	}

	BinaryLimits limits() {
		return new BinaryLimits(count("stream.max-per-connection", this.properties.getStream().getMaxPerConnection()),
				size("stream.max-window", this.properties.getStream().getMaxWindow(), LEAST_WINDOW, "'1MB'"),
				duration("keepalive", this.properties.getKeepalive()), livenessTimeout(),
				duration("accept-timeout", this.properties.getAcceptTimeout()),
				duration("handshake-timeout", this.properties.getHandshakeTimeout()), opensPerSecond(),
				count("stream.max-unaccepted", this.properties.getStream().getMaxUnaccepted()), idleTimeout(),
				bytesPerSecond());
	}

	MuxDemuxLimits muxDemuxLimits() {
		BinaryLimits limits = limits();
		return new MuxDemuxLimits(limits.maxStreams(), limits.maxWindow(),
				message("boot.max-message-size", this.properties.getBoot().getMaxMessageSize(), LEAST_LINE),
				limits.keepalive(), limits.livenessTimeout(), limits.acceptTimeout(), limits.opensPerSecond(),
				limits.idleTimeout(), limits.bytesPerSecond());
	}

	private Duration livenessTimeout() {
		Duration value = this.properties.getLivenessTimeout();
		if (value == null || value.compareTo(SHORTEST_LIVENESS) < 0 || value.compareTo(LONGEST) > 0) {
			throw invalid("liveness-timeout", value,
					"It must be a time from five seconds ('5s') to one day ('24h'): a peer needs time to answer.");
		}
		return value;
	}

	private int opensPerSecond() {
		int value = this.properties.getStream().getOpensPerSecond();
		if (value < 1 || value > OpenRate.UNBOUNDED) {
			throw invalid("stream.opens-per-second", value, "It must be a whole number from 1 to " + OpenRate.UNBOUNDED
					+ ", which means no bound, for example '100'.");
		}
		return value;
	}

	private long bytesPerSecond() {
		DataSize value = this.properties.getConnections().getMaxBytesPerSecond();
		if (value == null) {
			return Long.MAX_VALUE;
		}
		if (value.compareTo(LEAST_WINDOW) < 0) {
			throw invalid("connections.max-bytes-per-second", value,
					"It must be a size of at least " + LEAST_WINDOW.toKilobytes() + "KB, for example '1MB'.");
		}
		return value.toBytes();
	}

	private Duration idleTimeout() {
		Duration value = this.properties.getStream().getIdleTimeout();
		if (value == null || (!value.isZero() && !isDuration(value))) {
			throw invalid("stream.idle-timeout", value,
					"It must be '0', for no timeout, or a time from one second ('1s') to one day ('24h').");
		}
		return value;
	}

	PeerLimits peerLimits() {
		BrowserStreamServerProperties.Connections connections = this.properties.getConnections();
		BrowserStreamServerProperties.Names names = this.properties.getNames();
		return new PeerLimits(count("connections.max", connections.getMax()),
				count("connections.max-per-principal", connections.getMaxPerPrincipal()),
				count("connections.max-per-address", connections.getMaxPerAddress()),
				count("names.max-per-connection", names.getMaxPerConnection()),
				count("names.max-per-principal", names.getMaxPerPrincipal()), nameBytes(), metadataBytes());
	}

	private int nameBytes() {
		int value = this.properties.getNames().getMaxLength();
		if (value < 1 || value > TargetRules.MAX_BYTES) {
			throw invalid("names.max-length", value,
					"It must be a whole number from 1 to " + TargetRules.MAX_BYTES + ", for example '64'.");
		}
		return value;
	}

	private int metadataBytes() {
		DataSize value = this.properties.getStream().getMaxMetadataSize();
		if (value == null || value.isNegative() || value.compareTo(MOST_METADATA) > 0) {
			throw invalid("stream.max-metadata-size", value,
					"It must be a size from 0B to " + MOST_METADATA.toBytes() + "B, for example '1KB'.");
		}
		return (int) value.toBytes();
	}

	Duration drainTimeout() {
		return patience("shutdown.drain-timeout", this.properties.getShutdown().getDrainTimeout());
	}

	Duration reconnectSpread() {
		return patience("shutdown.reconnect-spread", this.properties.getShutdown().getReconnectSpread());
	}

	NamePatience namePatience() {
		BrowserStreamServerProperties.Names names = this.properties.getNames();
		return new NamePatience(patience("names.wait", names.getWait()), patience("names.grace", names.getGrace()),
				count("names.max-waiting", names.getMaxWaiting()));
	}

	private static Duration patience(String name, Duration value) {
		if (value == null || value.isNegative() || value.compareTo(LONGEST_PATIENCE) > 0) {
			throw invalid(name, value, "It must be a time from none ('0') to five minutes ('5m'), for example '2s'.");
		}
		return value;
	}

	int maxMessage() {
		return message("java.max-message-size", this.properties.getJava().getMaxMessageSize(), DataSize.ofBytes(1));
	}

	/**
	 * What is put together in memory, for a moment twice, beside the windows of its
	 * stream: one that cannot fit would only be noticed when it comes.
	 */
	private int message(String name, @Nullable DataSize value, DataSize least) {
		long most = Math.min(memory() / MESSAGE_SHARE, MOST.toBytes());
		if (value == null) {
			return (int) Math.min(MESSAGE.toBytes(), most);
		}
		if (value.compareTo(least) < 0 || value.toBytes() > most) {
			throw invalid(name, value,
					"It must be a size from " + least.toBytes() + "B to " + most
							+ "B, a quarter of browser-stream-server.memory, for example '"
							+ Math.min(MESSAGE.toBytes(), most) + "B'.");
		}
		return (int) value.toBytes();
	}

	int maxHandlerThreads() {
		return count("java.max-handler-threads", this.properties.getJava().getMaxHandlerThreads());
	}

	private static int count(String name, int value) {
		if (value < 1) {
			throw invalid(name, value, "It must be a whole number of at least 1, for example '1000'.");
		}
		return value;
	}

	private static int size(String name, DataSize value, DataSize least, String example) {
		if (value == null || value.compareTo(least) < 0 || value.compareTo(MOST) > 0) {
			throw invalid(name, value, "It must be a size from " + least.toBytes() + "B to " + MOST.toBytes()
					+ "B, for example " + example + ".");
		}
		return (int) value.toBytes();
	}

	private static Duration duration(String name, @Nullable Duration value) {
		if (value == null || !isDuration(value)) {
			throw invalid(name, value, "It must be a time from one second ('1s') to one day ('24h').");
		}
		return value;
	}

	private static boolean isDuration(Duration value) {
		return value.compareTo(SHORTEST) >= 0 && value.compareTo(LONGEST) <= 0;
	}

	static InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value, String reason) {
		return new InvalidConfigurationPropertyValueException(ROOT + name, value, reason);
	}

}
