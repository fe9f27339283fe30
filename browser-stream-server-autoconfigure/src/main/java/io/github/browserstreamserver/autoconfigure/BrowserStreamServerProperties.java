/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Properties under {@code browser-stream-server}. Wrong values stop the start of the
 * application.
 */
@ConfigurationProperties("browser-stream-server")
public class BrowserStreamServerProperties {

	/**
	 * Whether tabs can reach the application, and Java code the tabs.
	 */
	private boolean enabled = true;

	/**
	 * Path of the WebSocket endpoint, and of the browser client below it, relative to the
	 * context path. Slashes at its ends do not matter.
	 */
	private String prefix = "/browser-server";

	/**
	 * Origins whose pages may connect, beside the application's own; "*" for all.
	 */
	private List<String> allowedOrigins = new ArrayList<>();

	/**
	 * Patterns of such origins, for example "https://*.example.org" or
	 * "http://localhost:[*]".
	 */
	private List<String> allowedOriginPatterns = new ArrayList<>();

	/**
	 * Whether a WebSocket may be opened without an Origin header, which browsers always
	 * send and other programs seldom.
	 */
	private boolean allowMissingOrigin = true;

	/**
	 * Most memory that all peers together can make the application hold for them. A
	 * quarter of the maximum heap if not set.
	 */
	private @Nullable DataSize memory;

	/**
	 * Longest silence on the application's side of a connection.
	 */
	private Duration keepalive = Duration.ofSeconds(15);

	/**
	 * Time after which a peer that gives no sign of life, or takes nothing of what it is
	 * sent, is cut off and its names are free, also when its line died without a word. It
	 * is asked for a sign before. A peer that hosts a name has to answer by its own code;
	 * for any other its browser may.
	 */
	private Duration livenessTimeout = Duration.ofSeconds(20);

	/**
	 * Time that a new client has for its first frame.
	 */
	private Duration handshakeTimeout = Duration.ofSeconds(10);

	/**
	 * Time that a host has to accept a stream.
	 */
	private Duration acceptTimeout = Duration.ofSeconds(30);

	/**
	 * What carries WebSockets: 'lean' is our own transport on Tomcat's sockets,
	 * 'standard' the container's WebSocket engine, 'auto' the first where it can be had.
	 */
	private TransportKind transport = TransportKind.AUTO;

	private final Shutdown shutdown = new Shutdown();

	private final Connections connections = new Connections();

	private final Names names = new Names();

	private final Stream stream = new Stream();

	private final Java java = new Java();

	private final Boot boot = new Boot();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getPrefix() {
		return this.prefix;
	}

	public void setPrefix(String prefix) {
		this.prefix = prefix;
	}

	public List<String> getAllowedOrigins() {
		return this.allowedOrigins;
	}

	public void setAllowedOrigins(List<String> allowedOrigins) {
		this.allowedOrigins = allowedOrigins;
	}

	public List<String> getAllowedOriginPatterns() {
		return this.allowedOriginPatterns;
	}

	public void setAllowedOriginPatterns(List<String> allowedOriginPatterns) {
		this.allowedOriginPatterns = allowedOriginPatterns;
	}

	public boolean isAllowMissingOrigin() {
		return this.allowMissingOrigin;
	}

	public void setAllowMissingOrigin(boolean allowMissingOrigin) {
		this.allowMissingOrigin = allowMissingOrigin;
	}

	public @Nullable DataSize getMemory() {
		return this.memory;
	}

	public void setMemory(@Nullable DataSize memory) {
		this.memory = memory;
	}

	public Duration getKeepalive() {
		return this.keepalive;
	}

	public void setKeepalive(Duration keepalive) {
		this.keepalive = keepalive;
	}

	public Duration getLivenessTimeout() {
		return this.livenessTimeout;
	}

	public void setLivenessTimeout(Duration livenessTimeout) {
		this.livenessTimeout = livenessTimeout;
	}

	public Duration getHandshakeTimeout() {
		return this.handshakeTimeout;
	}

	public void setHandshakeTimeout(Duration handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
	}

	public Duration getAcceptTimeout() {
		return this.acceptTimeout;
	}

	public void setAcceptTimeout(Duration acceptTimeout) {
		this.acceptTimeout = acceptTimeout;
	}

	public TransportKind getTransport() {
		return this.transport;
	}

	public void setTransport(TransportKind transport) {
		this.transport = transport;
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	public Connections getConnections() {
		return this.connections;
	}

	public Names getNames() {
		return this.names;
	}

	public Stream getStream() {
		return this.stream;
	}

	public Java getJava() {
		return this.java;
	}

	public Boot getBoot() {
		return this.boot;
	}

	/**
	 * What carries WebSockets.
	 */
	public enum TransportKind {

		/** The lean transport where it can be had, else the container's engine. */
		AUTO,

		/**
		 * The lean transport. Without Tomcat, or with one that it does not know, the
		 * application does not start; behind a connector that is not NIO handshakes are
		 * refused.
		 */
		LEAN,

		/** The container's WebSocket engine. */
		STANDARD

	}

	/**
	 * The end of the application.
	 */
	public static class Shutdown {

		/**
		 * Time that streams in progress have to finish when the application stops, if
		 * 'server.shutdown' is 'graceful'. What is not over then is reset.
		 */
		private Duration drainTimeout = Duration.ofSeconds(5);

		/**
		 * Time over which browser clients spread when they come back to an application
		 * that stopped.
		 */
		private Duration reconnectSpread = Duration.ofSeconds(2);

		public Duration getDrainTimeout() {
			return this.drainTimeout;
		}

		public void setDrainTimeout(Duration drainTimeout) {
			this.drainTimeout = drainTimeout;
		}

		public Duration getReconnectSpread() {
			return this.reconnectSpread;
		}

		public void setReconnectSpread(Duration reconnectSpread) {
			this.reconnectSpread = reconnectSpread;
		}

	}

	/**
	 * Bounds of connections. Who is over is told which, and its connection is closed.
	 */
	public static class Connections {

		/**
		 * Most connections at a time. Should be less than the web server takes, so that
		 * who is one too many is told so, and requests have room.
		 */
		private int max = 7_500;

		/**
		 * Most connections at a time of one user that has logged in.
		 */
		private int maxPerPrincipal = 100;

		/**
		 * Most connections at a time from one address. Behind a proxy all have the
		 * proxy's, unless 'server.forward-headers-strategy' is set.
		 */
		private int maxPerAddress = 1_000;

		/**
		 * Most bytes that one connection may send a second in the long run, over all its
		 * streams. Who would send more waits, or is closed with LIMIT where the container
		 * cannot hold it back. No bound if not set.
		 */
		private @Nullable DataSize maxBytesPerSecond;

		public @Nullable DataSize getMaxBytesPerSecond() {
			return this.maxBytesPerSecond;
		}

		public void setMaxBytesPerSecond(@Nullable DataSize maxBytesPerSecond) {
			this.maxBytesPerSecond = maxBytesPerSecond;
		}

		public int getMax() {
			return this.max;
		}

		public void setMax(int max) {
			this.max = max;
		}

		public int getMaxPerPrincipal() {
			return this.maxPerPrincipal;
		}

		public void setMaxPerPrincipal(int maxPerPrincipal) {
			this.maxPerPrincipal = maxPerPrincipal;
		}

		public int getMaxPerAddress() {
			return this.maxPerAddress;
		}

		public void setMaxPerAddress(int maxPerAddress) {
			this.maxPerAddress = maxPerAddress;
		}

	}

	/**
	 * Names, and who waits for them.
	 */
	public static class Names {

		/**
		 * Time that a stream waits for somebody to listen on its name, when nobody does.
		 * Zero resets it at once.
		 */
		private Duration wait = Duration.ofSeconds(2);

		/**
		 * Time that a name is kept for its host when the host's line broke. Others cannot
		 * have it, and streams to it wait. Zero keeps nothing.
		 */
		private Duration grace = Duration.ofSeconds(5);

		/**
		 * Most streams that wait for a name, and most names that wait for a host, at a
		 * time; one connection, user or address may have an eighth of it. Streams beyond
		 * it are reset at once, names are free at once.
		 */
		private int maxWaiting = 10_000;

		/**
		 * Most names that one connection may listen on.
		 */
		private int maxPerConnection = 100;

		/**
		 * Most names that one user that has logged in may listen on, with all of its
		 * connections.
		 */
		private int maxPerPrincipal = 1_000;

		/**
		 * Longest name, or path of a route, that a peer may use, in bytes of UTF-8, 255
		 * at most.
		 */
		private int maxLength = 255;

		public Duration getWait() {
			return this.wait;
		}

		public void setWait(Duration wait) {
			this.wait = wait;
		}

		public Duration getGrace() {
			return this.grace;
		}

		public void setGrace(Duration grace) {
			this.grace = grace;
		}

		public int getMaxPerConnection() {
			return this.maxPerConnection;
		}

		public void setMaxPerConnection(int maxPerConnection) {
			this.maxPerConnection = maxPerConnection;
		}

		public int getMaxPerPrincipal() {
			return this.maxPerPrincipal;
		}

		public void setMaxPerPrincipal(int maxPerPrincipal) {
			this.maxPerPrincipal = maxPerPrincipal;
		}

		public int getMaxLength() {
			return this.maxLength;
		}

		public void setMaxLength(int maxLength) {
			this.maxLength = maxLength;
		}

		public int getMaxWaiting() {
			return this.maxWaiting;
		}

		public void setMaxWaiting(int maxWaiting) {
			this.maxWaiting = maxWaiting;
		}

	}

	/**
	 * Bounds of streams.
	 */
	public static class Stream {

		/**
		 * Most streams that a peer may have open on one connection, names that it listens
		 * on included.
		 */
		private int maxPerConnection = 1_000;

		/**
		 * Most bytes of one direction of a stream that the application holds for a reader
		 * that is slow. A stream begins with 16 KiB and grows up to this when it is fast.
		 */
		private DataSize maxWindow = DataSize.ofMegabytes(1);

		/**
		 * Streams that a connection may open, and reset again, a second in the long run.
		 * It may do ten seconds' worth at once; streams beyond that are reset, and who
		 * goes on all the same is cut off.
		 */
		private int opensPerSecond = 2_000;

		/**
		 * Most streams that wait at a time until a host accepts them. Further ones are
		 * reset.
		 */
		private int maxUnaccepted = 1_000;

		/**
		 * Time after which a stream without data is reset. Zero lets it be idle.
		 */
		private Duration idleTimeout = Duration.ZERO;

		/**
		 * Most metadata that a peer may open a stream with, 4KB at most.
		 */
		private DataSize maxMetadataSize = DataSize.ofKilobytes(4);

		public int getMaxPerConnection() {
			return this.maxPerConnection;
		}

		public void setMaxPerConnection(int maxPerConnection) {
			this.maxPerConnection = maxPerConnection;
		}

		public int getOpensPerSecond() {
			return this.opensPerSecond;
		}

		public void setOpensPerSecond(int opensPerSecond) {
			this.opensPerSecond = opensPerSecond;
		}

		public int getMaxUnaccepted() {
			return this.maxUnaccepted;
		}

		public void setMaxUnaccepted(int maxUnaccepted) {
			this.maxUnaccepted = maxUnaccepted;
		}

		public Duration getIdleTimeout() {
			return this.idleTimeout;
		}

		public void setIdleTimeout(Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
		}

		public DataSize getMaxMetadataSize() {
			return this.maxMetadataSize;
		}

		public void setMaxMetadataSize(DataSize maxMetadataSize) {
			this.maxMetadataSize = maxMetadataSize;
		}

		public DataSize getMaxWindow() {
			return this.maxWindow;
		}

		public void setMaxWindow(DataSize maxWindow) {
			this.maxWindow = maxWindow;
		}

	}

	/**
	 * Java code as a peer.
	 */
	public static class Java {

		/**
		 * Largest message that Java code takes, a quarter of 'memory' at most. It is put
		 * together in memory; tabs are not bound by it among themselves. 16MB, or that
		 * quarter if it is less, if not set.
		 */
		private @Nullable DataSize maxMessageSize;

		/**
		 * Most handlers of streams that run at the same time. Further streams are reset
		 * with LIMIT.
		 */
		private int maxHandlerThreads = 256;

		public @Nullable DataSize getMaxMessageSize() {
			return this.maxMessageSize;
		}

		public void setMaxMessageSize(@Nullable DataSize maxMessageSize) {
			this.maxMessageSize = maxMessageSize;
		}

		public int getMaxHandlerThreads() {
			return this.maxHandlerThreads;
		}

		public void setMaxHandlerThreads(int maxHandlerThreads) {
			this.maxHandlerThreads = maxHandlerThreads;
		}

	}

	/**
	 * The original's clients of 2012: mux-demux over SockJS.
	 */
	public static class Boot {

		/**
		 * Whether the original's clients can connect too, with boot, mux-demux-shoe or
		 * mux-demux over a plain WebSocket.
		 */
		private boolean enabled;

		/**
		 * Path of their SockJS endpoint, relative to the context path. Slashes at its
		 * ends do not matter.
		 */
		private String path = "/boot";

		/**
		 * Largest message that they may send and are sent, a quarter of 'memory' at most.
		 * It is put together in memory. 16MB, or that quarter if it is less, if not set.
		 */
		private @Nullable DataSize maxMessageSize;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public String getPath() {
			return this.path;
		}

		public void setPath(String path) {
			this.path = path;
		}

		public @Nullable DataSize getMaxMessageSize() {
			return this.maxMessageSize;
		}

		public void setMaxMessageSize(@Nullable DataSize maxMessageSize) {
			this.maxMessageSize = maxMessageSize;
		}

	}

}
