/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.text.Normalizer;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.stream.StreamAcceptor;
import io.github.browserstreamserver.stream.StreamException;
import io.github.browserstreamserver.stream.StreamHandler;
import io.github.browserstreamserver.stream.MetadataRules;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.stream.StreamRequest;
import io.github.browserstreamserver.stream.TargetRules;
import org.jspecify.annotations.Nullable;

/**
 * The names that are listened on, by tabs and by Java code, and the way for Java code to
 * be a peer like any tab: {@link #connect} to a name, {@link #listen} on one. It is what
 * the original's {@code StreamServerProxy} was. Safe for use by several threads; no
 * method waits.
 */
public final class ProxyRegistry {

	/** Who Java code is, when it connects. */
	private static final Peer JAVA = (request) -> {
		throw new IllegalStateException("nobody opens streams to Java code that only connects");
	};

	private final Names names;

	private final JavaPeers peers;

	private final @Nullable Gatekeeper gatekeeper;

	private final StreamAcceptor entrance;

	private volatile boolean stopped;

	/**
	 * Creates a registry without routes. In an application the auto-configuration creates
	 * one.
	 * @param listener is told when servers come and go
	 * @param announcer runs the listener's calls; should be able to run several at a time
	 * @param budget what is held for Java-side streams is reserved there
	 * @param maxMessage the largest message that Java-side streams take, in bytes
	 * @param handlers runs {@link StreamHandler}s; may reject when it is full
	 * @param callbacks completes the futures of Java-side streams; must not reject
	 * @param clock the time
	 */
	public ProxyRegistry(ServerListener listener, Executor announcer, Budget budget, int maxMessage, Executor handlers,
			Executor callbacks, Clock clock) {
		this(listener, announcer, budget, maxMessage, handlers, callbacks, clock, ProxyOptions.NONE);
	}

	/**
	 * Creates a registry. In an application the auto-configuration does that.
	 * @param listener is told when servers come and go
	 * @param announcer runs the listener's calls; should be able to run several at a time
	 * @param budget what is held for Java-side streams is reserved there
	 * @param maxMessage the largest message that Java-side streams take, in bytes
	 * @param handlers runs {@link StreamHandler}s; may reject when it is full
	 * @param callbacks completes the futures of Java-side streams; must not reject
	 * @param clock the time
	 * @param options what it can do without
	 */
	public ProxyRegistry(ServerListener listener, Executor announcer, Budget budget, int maxMessage, Executor handlers,
			Executor callbacks, Clock clock, ProxyOptions options) {
		this.peers = new JavaPeers(budget, maxMessage, handlers, callbacks);
		this.names = new Names(listener, announcer, clock, new Routes(options.routes(), this.peers), options);
		StreamAuthorizer authorizer = options.authorizer();
		this.gatekeeper = (authorizer != null) ? new Gatekeeper(authorizer, this.names) : null;
		this.entrance = new Entrance(options.limits(), (this.gatekeeper != null) ? this.gatekeeper : this.names);
	}

	/**
	 * Returns the names that are listened on now.
	 * @return a copy, sorted
	 */
	public Set<String> names() {
		Set<String> sorted = new TreeSet<>();
		this.names.all().forEach((lease) -> sorted.add(lease.name()));
		return sorted;
	}

	/**
	 * Finds a live server.
	 * @param name its name, in any normalization form
	 * @return what there is to know about it now, or nothing if nobody listens on the
	 * name
	 */
	public Optional<ServerInfo> find(String name) {
		String normal = Normalizer.normalize(name, Normalizer.Form.NFC);
		return Optional.ofNullable(this.names.find(normal)).map(Lease::info);
	}

	/**
	 * Connects to a server, as {@code StreamClient(mdm).connect(name)} does in a tab.
	 * @param name the name, in any of Unicode's normalization forms
	 * @return the stream. What is written at once reaches the host, or the stream fails,
	 * with {@link ErrorCode#NO_SUCH_SERVER} if nobody listens on the name
	 * @throws IllegalArgumentException if the name is empty, longer than 255 bytes of
	 * UTF-8, or has control or invisible characters
	 */
	public DuplexStream connect(String name) {
		return connect(name, null);
	}

	/**
	 * Connects to a server and tells it something about the client.
	 * @param name the name
	 * @param metadata a JSON text of at most 4096 bytes that the host sees on its stream,
	 * or {@code null}
	 * @return the stream, see {@link #connect(String)}
	 * @throws IllegalArgumentException if the name is not allowed, or the metadata is not
	 * one JSON value, too long or more than 100 levels deep
	 */
	public DuplexStream connect(String name, @Nullable String metadata) {
		String fault = (metadata != null) ? MetadataRules.fault(metadata) : null;
		if (fault != null) {
			throw new IllegalArgumentException("The metadata for '" + name + "' " + fault);
		}
		StreamRequest request = new StreamRequest(StreamKind.CONNECT, checkName(name), metadata, null);
		JavaStream stream = this.peers.newStream(request);
		if (stream.open()) {
			this.names.connect(JAVA, request, stream.proxySide((started) -> {
			}));
		}
		else {
			stream.reset(ErrorCode.LIMIT, "the relay has no memory left for another stream (memory)");
		}
		return stream;
	}

	/**
	 * Listens on a name, as {@code StreamServer(mdm, callback).listen(name)} does in a
	 * tab.
	 * @param name the name
	 * @param handler called for each client that connects
	 * @return to stop listening
	 * @throws StreamException with {@link ErrorCode#NAME_TAKEN} if somebody listens on
	 * the name, with {@link ErrorCode#SHUTDOWN} if the application stops
	 * @throws IllegalArgumentException if the name is empty, longer than 255 bytes of
	 * UTF-8, or has control or invisible characters
	 */
	public ListeningServer listen(String name, StreamHandler handler) {
		Objects.requireNonNull(handler, "'handler' must not be null");
		StreamRequest request = new StreamRequest(StreamKind.LISTEN, checkName(name), null, null);
		JavaHost host = new JavaHost(request.target(), handler, this.peers);
		if (this.stopped) {
			throw new StreamException(ErrorCode.SHUTDOWN, "the application stops, nobody can listen on '" + name + "'");
		}
		if (this.names.listen(host, request, host) == null) {
			StreamException refusal = host.refusal();
			throw (refusal != null) ? refusal
					: new StreamException(ErrorCode.NAME_TAKEN, "somebody else listens on '" + name + "'");
		}
		if (this.stopped) {
			host.close();
		}
		return host;
	}

	private static String checkName(String name) {
		Objects.requireNonNull(name, "'name' must not be null");
		String normal = Normalizer.normalize(name, Normalizer.Form.NFC);
		String fault = TargetRules.fault(normal);
		if (fault != null) {
			throw new IllegalArgumentException("'" + name + "' cannot be a name: it " + fault);
		}
		return normal;
	}

	/**
	 * Returns where dialects take the streams that their peers open.
	 * @return the way into the proxy
	 */
	public StreamAcceptor acceptor() {
		return (from, request, end) -> {
			if (this.stopped) {
				end.reset(ErrorCode.SHUTDOWN, "the application stops");
			}
			else {
				this.entrance.accept(from, request, end);
			}
		};
	}

	/**
	 * Tells whether nobody listens, nobody waits and nothing is guarded.
	 * @return whether all is as it was at first
	 */
	boolean isEmpty() {
		return this.names.isEmpty() && (this.gatekeeper == null || this.gatekeeper.isEmpty());
	}

	/**
	 * Says that the rights of peers have changed: the {@link StreamAuthorizer} is asked
	 * again about their live streams, names included, and those that are not allowed any
	 * more are reset with REFUSED. Without an authorizer nothing happens. Safe for use by
	 * any thread; does not wait for decisions that come later.
	 * @param whose tells which peers to look at, for example
	 * {@code (peer) -> peer.principal() != null && "eve".equals(peer.principal().getName())}
	 */
	public void rightsChanged(Predicate<PeerIdentity> whose) {
		if (this.gatekeeper != null) {
			this.gatekeeper.recheck(whose);
		}
	}

	/**
	 * Takes no new streams and no new names, because the application stops soon. Streams
	 * that are there go on.
	 */
	public void close() {
		this.stopped = true;
		this.names.close();
	}

	/**
	 * Gives all names up, because the application stops, and takes no new ones. A second
	 * call has no effect.
	 */
	public void shutdown() {
		close();
		this.names.shutdown();
	}

	/**
	 * Allows names again after a {@link #shutdown()}, for an application context that is
	 * started again.
	 */
	public void resume() {
		this.names.resume();
		this.stopped = false;
	}

}
