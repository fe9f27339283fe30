/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.stream.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What must be seen at a relay, in a few maps: who has which name, for whom it is kept,
 * who waits for it, and what happens to streams when any of that ends. It is told of each
 * thing that a peer does before the relay is.
 * <p>
 * It says nothing about when: the relay sends as it can, and what it has sent when all
 * peers read is what counts.
 */
final class RelayModel {

	private static final long ACCEPT_MILLIS = BinaryLimits.DEFAULTS.acceptTimeout().toMillis();

	private final long hold;

	private final long grace;

	private final boolean tight;

	private long now;

	private final Map<String, ModelListen> holders = new HashMap<>();

	private final Map<String, Kept> kept = new HashMap<>();

	private final List<Waiting> waiting = new ArrayList<>();

	private final List<ModelStream> streams = new ArrayList<>();

	private final List<ModelListen> listens = new ArrayList<>();

	private final Map<String, List<String>> events = new HashMap<>();

	private @Nullable String wrong;

	private record Kept(int key, long until) {
	}

	private record Waiting(ModelStream stream, long until) {
	}

	/**
	 * Creates the model of a relay.
	 * @param hold how long clients wait for a name, in milliseconds
	 * @param grace how long names wait for their owners, in milliseconds
	 * @param tight whether the relay is short of memory, so that it may refuse streams
	 */
	RelayModel(long hold, long grace, boolean tight) {
		this.hold = hold;
		this.grace = grace;
		this.tight = tight;
	}

	// --- what peers do

	ModelListen listen(ModelPeer peer, int id, String name, int key) {
		ModelListen listen = new ModelListen(peer, id, name, key);
		this.listens.add(listen);
		ModelListen holder = this.holders.get(name);
		Kept keptFor = this.kept.get(name);
		if ((holder != null && !listen.isSameOwnerAs(holder)) || (keptFor != null && keptFor.key() != key)) {
			listen.reset = ErrorCode.NAME_TAKEN;
			return listen;
		}
		if (holder != null) {
			giveUp(holder, DestroyReason.REPLACED);
			holder.reset = ErrorCode.REPLACED;
			streamsOf(holder).forEach((stream) -> stream.reset(ErrorCode.HOST_GONE));
		}
		this.holders.put(name, listen);
		this.kept.remove(name);
		event(name, "created " + name);
		this.waiting.removeIf((client) -> {
			if (client.stream().name.equals(name)) {
				client.stream().listen = listen;
				return true;
			}
			return false;
		});
		return listen;
	}

	void end(ModelListen listen) {
		listen.ended = true;
		if (has(listen)) {
			List<ModelStream> served = streamsOf(listen);
			giveUp(listen, DestroyReason.ENDED);
			served.forEach(ModelStream::hangUp);
		}
	}

	void reset(ModelListen listen) {
		listen.gone = true;
		if (has(listen)) {
			List<ModelStream> served = streamsOf(listen);
			giveUp(listen, DestroyReason.ENDED);
			served.forEach((stream) -> stream.reset(ErrorCode.HOST_GONE));
		}
	}

	ModelStream connect(ModelPeer peer, int id, String name) {
		ModelStream stream = new ModelStream(this.streams.size(), name, this.now);
		stream.client.peer = peer;
		stream.client.id = id;
		this.streams.add(stream);
		stream.listen = this.holders.get(name);
		if (stream.listen == null) {
			Kept keptFor = this.kept.get(name);
			long until = Math.max(this.now + this.hold, (keptFor != null) ? keptFor.until() : 0);
			if (until > this.now) {
				this.waiting.add(new Waiting(stream, until));
			}
			else {
				stream.reset(ErrorCode.NO_SUCH_SERVER);
			}
		}
		return stream;
	}

	void accept(ModelStream stream) {
		stream.host.open = true;
		stream.accepted |= !stream.isReset();
	}

	/**
	 * A side writes.
	 * @param side which
	 */
	void writes(ModelStream.Side side) {
		if (side.stream().hungUp) {
			side.stream().reset(ErrorCode.HOST_GONE);
		}
	}

	void end(ModelStream.Side side) {
		side.ended = true;
		side.stops();
	}

	void reset(ModelStream.Side side, ErrorCode code) {
		side.stream().reset(side, code);
		stopWaiting(side.stream());
	}

	/**
	 * A peer's connection is over.
	 * @param peer whose
	 * @param lost whether it may come back for its names
	 */
	void cut(ModelPeer peer, boolean lost) {
		for (ModelListen listen : this.listens) {
			if (listen.peer == peer) {
				listen.gone = true;
				if (has(listen)) {
					List<ModelStream> served = streamsOf(listen);
					giveUp(listen, DestroyReason.HOST_GONE);
					served.forEach((stream) -> stream.reset(ErrorCode.HOST_GONE));
					if (lost && listen.key != 0 && this.grace > 0) {
						this.kept.put(listen.name, new Kept(listen.key, this.now + this.grace));
					}
				}
			}
		}
		for (ModelStream stream : this.streams) {
			if (stream.client.peer == peer) {
				reset(stream.client, ErrorCode.CLIENT_GONE);
			}
			if (stream.host.peer == peer) {
				reset(stream.host, ErrorCode.HOST_GONE);
			}
		}
	}

	/**
	 * The relay refused a stream because of its bounds, of which the model knows only
	 * that they exist.
	 * @param stream which
	 */
	void limit(ModelStream stream) {
		if (this.tight && !stream.accepted) {
			stream.limit();
			stopWaiting(stream);
		}
	}

	void pass(long millis) {
		this.now += millis;
		this.kept.values().removeIf((owner) -> owner.until() <= this.now);
		Iterator<Waiting> clients = this.waiting.iterator();
		while (clients.hasNext()) {
			Waiting client = clients.next();
			if (client.until() <= this.now) {
				clients.remove();
				client.stream().reset(ErrorCode.NO_SUCH_SERVER);
			}
		}
		for (ModelStream stream : this.streams) {
			if (!stream.accepted && this.now - stream.openedAt >= ACCEPT_MILLIS) {
				stream.reset(ErrorCode.TIMEOUT);
			}
		}
	}

	private void stopWaiting(ModelStream stream) {
		this.waiting.removeIf((client) -> client.stream() == stream);
	}

	private boolean has(ModelListen listen) {
		return this.holders.get(listen.name) == listen;
	}

	private void giveUp(ModelListen listen, DestroyReason reason) {
		this.holders.remove(listen.name);
		event(listen.name, "destroyed " + listen.name + " " + reason);
	}

	private List<ModelStream> streamsOf(ModelListen listen) {
		return this.streams.stream().filter((stream) -> stream.listen == listen && !stream.isOver()).toList();
	}

	private void event(String name, String event) {
		this.events.computeIfAbsent(name, (key) -> new ArrayList<>()).add(event);
	}

	// --- what must be seen

	/**
	 * Something was seen that cannot be.
	 * @param what it is; only the first counts
	 */
	void wrong(String what) {
		if (this.wrong == null) {
			this.wrong = what;
		}
	}

	@Nullable String wrong() {
		return this.wrong;
	}

	private void must(boolean is, String what, Object where) {
		if (!is) {
			wrong(what + ": " + where);
		}
	}

	@Nullable ModelStream stream(int number) {
		return (number < this.streams.size()) ? this.streams.get(number) : null;
	}

	Set<String> names() {
		return this.holders.keySet();
	}

	/**
	 * How many streams a name has.
	 * @param name which
	 * @return those that are not over
	 */
	int streamsOf(String name) {
		ModelListen holder = this.holders.get(name);
		return (holder != null) ? streamsOf(holder).size() : 0;
	}

	List<String> events(String name) {
		return this.events.getOrDefault(name, List.of());
	}

	List<ModelStream> streams() {
		return this.streams;
	}

	/**
	 * All peers have read all there was, nothing is held up, and credit is plenty: now
	 * nothing may be missing.
	 */
	void mustBeSettled() {
		this.listens.stream().filter((listen) -> !listen.gone).forEach(this::mustBeSettled);
		for (ModelStream stream : this.streams) {
			boolean waits = stream.listen == null;
			if (!stream.isReset() && !waits && !stream.mayBeReset()) {
				must(stream.host.id != 0, "a host does not know of its stream", stream);
			}
			mustBeSettled(stream.client);
			if (stream.host.id != 0) {
				mustBeSettled(stream.host);
			}
		}
	}

	private void mustBeSettled(ModelListen listen) {
		if (listen.reset != null) {
			must(listen.sawReset == listen.reset, "a listen was not reset", listen);
		}
		else {
			must(listen.sawAccept || listen.ended, "a listen was not accepted", listen);
			must(listen.sawEnd == listen.ended, "the END of a listen was not answered", listen);
		}
	}

	private void mustBeSettled(ModelStream.Side side) {
		ModelStream stream = side.stream();
		if (side.gone || side.sawReset != null) {
			return;
		}
		if (stream.isReset()) {
			must(side.isOver(), "a stream was not reset", side);
		}
		else if (!stream.mayBeReset()) {
			must(side.hasAll(), "something that was written has not arrived", side);
			must(side.sawEnd == side.shouldBeEnded(), "an END has not arrived", side);
			must(!side.isClient() || side.open == stream.accepted, "ACCEPT has not arrived", side);
			must(!side.mayWrite() || !stream.accepted || side.credit > Wire.INITIAL_CREDIT / 2,
					"credit has got lost, " + side.credit + " is left", side);
		}
	}

}
