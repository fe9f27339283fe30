/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.github.browserstreamserver.proxy.StreamAuthorizer.Attempt;
import io.github.browserstreamserver.proxy.StreamAuthorizer.Decision;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.stream.StreamAcceptor;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the names: lets a stream through when the application allows it, and
 * knows those that it let through, to ask about them again. Safe for use by several
 * threads.
 */
final class Gatekeeper implements StreamAcceptor {

	private static final Logger logger = LoggerFactory.getLogger(Gatekeeper.class);

	private static final String AUTHORIZER = "The StreamAuthorizer";

	private static final String UNDECIDED = "the application could not decide whether this is allowed";

	private final StreamAuthorizer authorizer;

	private final StreamAcceptor names;

	private final CallbackFailures failures = new CallbackFailures("the stream is refused");

	private final Set<GuardedStream> live = ConcurrentHashMap.newKeySet();

	Gatekeeper(StreamAuthorizer authorizer, StreamAcceptor names) {
		this.authorizer = authorizer;
		this.names = names;
	}

	@Override
	public void accept(Peer from, StreamRequest request, StreamEnd end) {
		Attempt attempt = new Attempt(request.kind(), request.target(), request.metadata(), from.identity());
		GuardedStream stream = new GuardedStream(attempt, end, this.live::remove);
		this.live.add(stream);
		stream.hold();
		ask(stream, (reason) -> {
			if (reason != null) {
				stream.refuse(reason);
			}
			else if (!stream.isOver()) {
				this.names.accept(from, request, stream.opener());
			}
		});
	}

	/**
	 * Asks again about the streams that were let through, and cuts those whose rights
	 * have ended.
	 * @param whose of which peers
	 */
	void recheck(Predicate<PeerIdentity> whose) {
		for (GuardedStream stream : this.live) {
			if (whose.test(stream.attempt().peer())) {
				ask(stream, (reason) -> {
					if (reason != null) {
						stream.refuse(reason);
					}
				});
			}
		}
	}

	private void ask(GuardedStream stream, Answer answer) {
		CompletionStage<Decision> stage;
		try {
			stage = Objects.requireNonNull(this.authorizer.authorize(stream.attempt()),
					"The StreamAuthorizer returned null and no stage");
		}
		catch (RuntimeException | Error ex) {
			this.failures.note(AUTHORIZER, ex);
			answer.decided(UNDECIDED);
			return;
		}
		var unused = stage.whenComplete((decision, failure) -> {
			try {
				if (failure != null || decision == null) {
					this.failures.note(AUTHORIZER, (failure != null) ? failure
							: new NullPointerException("The StreamAuthorizer decided null and nothing else"));
					answer.decided(UNDECIDED);
				}
				else {
					answer.decided(decision.reason());
				}
			}
			catch (RuntimeException | Error ex) {
				// nobody would hear of it here
				logger.error("A fault in browser-stream-server while it followed a decision", ex);
				stream.refuse(UNDECIDED);
			}
		});
	}

	/**
	 * What follows from a decision.
	 */
	@FunctionalInterface
	private interface Answer {

		/**
		 * It was decided.
		 * @param reason why not, or {@code null}
		 */
		void decided(@Nullable String reason);

	}

	boolean isEmpty() {
		return this.live.isEmpty();
	}

}
