/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.stream.StreamKind;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may listen on which name, connect to which, and ask for which route. Define
 * a bean of this type, and it is asked for each stream that a peer opens; without one
 * everybody may everything. Java code of the application itself is not asked.
 * <p>
 * It is asked again for every live stream when {@link ProxyRegistry#rightsChanged} is
 * called, and streams whose rights have ended are cut. A stream waits while it is
 * decided; what its peer writes meanwhile is kept, within the credit that it has.
 * <p>
 * It is called by the threads that read sockets, by several at a time, and must not wait:
 * what takes long completes the stage later. A stage that fails, and an exception, deny,
 * and are logged as a fault of the application.
 */
@FunctionalInterface
public interface StreamAuthorizer {

	/**
	 * Decides about a stream.
	 * @param attempt who wants what
	 * @return the decision, now or later; a stream whose decision does not come waits
	 * until {@code browser-stream-server.accept-timeout}, a name until its host goes
	 */
	CompletionStage<Decision> authorize(Attempt attempt);

	/**
	 * What a peer wants.
	 *
	 * @param kind to listen, to connect, or a route
	 * @param target the name or the path
	 * @param metadata the opener's JSON value as text, or {@code null}
	 * @param peer who it is: its principal, its address, the attributes of its handshake
	 */
	record Attempt(StreamKind kind, String target, @Nullable String metadata, PeerIdentity peer) {
	}

	/**
	 * May, or may not and why.
	 */
	final class Decision {

		private static final Decision ALLOWED = new Decision(null);

		private final @Nullable String reason;

		private Decision(@Nullable String reason) {
			this.reason = reason;
		}

		/**
		 * The peer may.
		 * @return a decision
		 */
		public static Decision allow() {
			return ALLOWED;
		}

		/**
		 * The peer may not: its stream is reset with REFUSED.
		 * @param reason what it is told; no secrets
		 * @return a decision
		 * @throws NullPointerException if there is no reason; the stream is refused then,
		 * too
		 */
		public static Decision deny(String reason) {
			return new Decision(Objects.requireNonNull(reason, "A denial needs a reason; for none, say \"\""));
		}

		/**
		 * Returns the decision as a stage that is complete.
		 * @return a stage
		 */
		public CompletionStage<Decision> now() {
			return CompletableFuture.completedFuture(this);
		}

		/**
		 * Returns why not.
		 * @return the reason, or {@code null} if the peer may
		 */
		@Nullable String reason() {
			return this.reason;
		}

	}

}
