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
	 * Origins whose pages may connect, beside the application's own; "*" for all. Peers
	 * that send no Origin, which browsers always do, are not held back by this.
	 */
	private List<String> allowedOrigins = new ArrayList<>();

	/**
	 * Most memory that all peers together can make the application hold for them. A
	 * quarter of the maximum heap if not set.
	 */
	private @Nullable DataSize memory;

	/**
	 * Longest silence on the application's side of a connection. A peer that is silent
	 * for three times as long is cut off.
	 */
	private Duration keepalive = Duration.ofSeconds(15);

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

		public int getMaxPerConnection() {
			return this.maxPerConnection;
		}

		public void setMaxPerConnection(int maxPerConnection) {
			this.maxPerConnection = maxPerConnection;
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
		 * Largest message that Java code takes. It is put together in memory; tabs are
		 * not bound by it among themselves.
		 */
		private DataSize maxMessageSize = DataSize.ofMegabytes(16);

		/**
		 * Most handlers of streams that run at the same time. Further streams are reset
		 * with LIMIT.
		 */
		private int maxHandlerThreads = 256;

		public DataSize getMaxMessageSize() {
			return this.maxMessageSize;
		}

		public void setMaxMessageSize(DataSize maxMessageSize) {
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
		 * Largest message that they may send and are sent. It is put together in memory.
		 */
		private DataSize maxMessageSize = DataSize.ofMegabytes(16);

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

		public DataSize getMaxMessageSize() {
			return this.maxMessageSize;
		}

		public void setMaxMessageSize(DataSize maxMessageSize) {
			this.maxMessageSize = maxMessageSize;
		}

	}

}
