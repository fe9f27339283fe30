/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Gone;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.OutgoingStream;
import io.github.browserstreamserver.stream.Peer;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.stream.StreamRequest;
import io.github.browserstreamserver.testing.Interleavings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.github.browserstreamserver.testing.Interleavings.must;

/**
 * Names that change hands while others want them, and clients that wait for them: one
 * holder, one fate for each client, and announcements in order.
 */
@Tag("interleavings")
class NamesInterleavingsTests {

	/** A whole registry takes the scheduler long. */
	private static final int SHARE = 20;

	private static final byte[] KEY = key(1);

	/** A short one, as each byte that is compared is a place to interrupt a thread. */
	private static byte[] key(int value) {
		return new byte[] { (byte) value };
	}

	@Test
	void ofTwoWhoTakeANameOverOneHasItAndAStrangerNever() {
		Interleavings.check(SHARE, () -> {
			House house = new House();
			Host old = house.host(KEY);
			Host one = new Host(house);
			Host another = new Host(house);
			Host stranger = new Host(house);
			Interleavings.race(() -> one.listen(KEY), () -> another.listen(KEY), () -> stranger.listen(key(2)),
					old::isCut);
			must(stranger.reset == ErrorCode.NAME_TAKEN, "a stranger was told " + stranger.reset);
			must((one.reset == null) != (another.reset == null), one.reset + " and " + another.reset);
			must((one.reset == ErrorCode.REPLACED) != (another.reset == ErrorCode.REPLACED), "nobody was replaced");
			house.mustBeHeldAndAnnounced();
			((one.reset == null) ? one : another).isCut();
			house.mustBeEmpty();
		});
	}

	@Test
	void lateEndOfAnOldHostTakesNothingFromTheNewOne() {
		Interleavings.check(SHARE, () -> {
			House house = new House();
			Host old = house.host(KEY);
			Client client = new Client(house);
			Host back = new Host(house);
			Interleavings.race(() -> back.listen(KEY), old::ends, client::connects);
			must(back.reset == null, "the owner was told " + back.reset);
			house.mustBeHeldAndAnnounced();
			back.isCut();
			must(client.resets == 1 || client.ends == 1, "a client of a host that is gone does not know");
			house.mustBeEmpty();
		});
	}

	@Test
	void clientThatWaitsMeetsTheHostOrIsToldThatThereIsNone() {
		Interleavings.check(SHARE, () -> {
			House house = new House();
			Client client = new Client(house);
			Host host = new Host(house);
			client.connects();
			Interleavings.race(() -> host.listen(KEY), client::says, house::timeIsUp);
			if (client.resets == 0) {
				must(host.heard.equals(List.of("start", "1", "2")) || host.heard.equals(List.of("1", "start", "2"))
						|| host.heard.equals(List.of("1", "2", "start")), "the host heard " + host.heard);
			}
			else {
				must(host.heard.isEmpty(), "both: " + host.heard);
				must(client.released == 3, "not all came back: " + client.released);
			}
			house.mustBeHeldAndAnnounced();
			host.isCut();
			must(client.resets == 1, "the client was told " + client.resets + " times");
			house.mustBeEmpty();
		});
	}

	@Test
	void clientThatGoesWhileItWaitsIsForgotten() {
		Interleavings.check(SHARE, () -> {
			House house = new House();
			Client client = new Client(house);
			Host host = new Host(house);
			Interleavings.race(() -> {
				client.connects();
				client.says();
			}, () -> host.listen(KEY), client::isCut);
			must(host.resets > 0 || host.heard.isEmpty(), "the host does not know that the client is gone");
			house.mustBeHeldAndAnnounced();
			must(house.registry.find("a").orElseThrow().streams() == 0, "a stream of nobody");
			host.isCut();
			house.mustBeEmpty();
		});
	}

	/**
	 * A registry and what is announced.
	 */
	private static final class House implements ServerListener {

		private final List<String> events = new ArrayList<>();

		private final List<Runnable> delayed = new ArrayList<>();

		private final ProxyRegistry registry = new ProxyRegistry(this, Runnable::run, new Budget(1_000), 1_000,
				Runnable::run, Runnable::run, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), ProxyOptions.NONE
					.patience(new NamePatience(Duration.ofSeconds(2), Duration.ofSeconds(5), 80), (delay, task) -> {
						later(task);
						return () -> {
						};
					}));

		Host host(byte[] key) {
			Host host = new Host(this);
			host.listen(key);
			return host;
		}

		synchronized void later(Runnable task) {
			this.delayed.add(task);
		}

		void timeIsUp() {
			List<Runnable> due;
			synchronized (this) {
				due = List.copyOf(this.delayed);
				this.delayed.clear();
			}
			due.forEach(Runnable::run);
		}

		@Override
		public synchronized void created(String name, Instant at) {
			this.events.add("created");
		}

		@Override
		public synchronized void destroyed(String name, Instant at, DestroyReason reason) {
			this.events.add("destroyed");
		}

		void mustBeHeldAndAnnounced() {
			must(this.registry.names().equals(Set.of("a")), "names are " + this.registry.names());
			mustAlternate();
			must(this.events.size() % 2 == 1, "the last of " + this.events);
		}

		private void mustAlternate() {
			for (int index = 0; index < this.events.size(); index++) {
				must(this.events.get(index).equals((index % 2 == 0) ? "created" : "destroyed"),
						"not in turn: " + this.events);
			}
		}

		void mustBeEmpty() {
			timeIsUp();
			mustAlternate();
			must(this.events.size() % 2 == 0, "the last of " + this.events);
			must(this.registry.isEmpty(), "somebody is left");
		}

	}

	/**
	 * A peer's end of a stream, which remembers that its connection is gone.
	 */
	private abstract static class End implements StreamEnd {

		private StreamEnd other = StreamEnd.NOWHERE;

		private boolean gone;

		@Nullable ErrorCode reset;

		int resets;

		@Override
		public void join(StreamEnd end) {
			boolean late;
			synchronized (this) {
				this.other = end;
				late = this.gone || this.reset != null;
			}
			if (late) {
				whose().reset(end);
			}
		}

		@Override
		public synchronized void reset(ErrorCode code, String reason) {
			if (!this.gone && this.reset == null) {
				this.reset = code;
				this.resets++;
			}
		}

		abstract Gone whose();

		synchronized StreamEnd other() {
			return this.other;
		}

		void isCut() {
			boolean first;
			synchronized (this) {
				first = !this.gone && this.reset == null;
				this.gone = true;
			}
			if (first) {
				whose().reset(other());
			}
		}

	}

	/**
	 * A host, which is its end of the stream that stands for the name. Its connection is
	 * lost when it is cut.
	 */
	private static final class Host extends End implements Peer {

		private final House house;

		private final List<String> heard = new ArrayList<>();

		private int resets;

		Host(House house) {
			this.house = house;
		}

		void listen(byte[] key) {
			StreamRequest request = new StreamRequest(StreamKind.LISTEN, "a", null, key);
			this.house.registry.acceptor().accept(this, request, this);
		}

		void ends() {
			other().end();
		}

		@Override
		Gone whose() {
			return Gone.HOST;
		}

		@Override
		public boolean isLost() {
			return true;
		}

		@Override
		public OutgoingStream prepare(StreamRequest request) {
			return new OutgoingStream() {

				@Override
				public void start() {
					hears("start");
				}

				@Override
				public void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
					hears(String.valueOf(cost));
				}

				@Override
				public void reset(ErrorCode code, String reason) {
					isReset();
				}

			};
		}

		private synchronized void hears(String what) {
			this.heard.add(what);
		}

		private synchronized void isReset() {
			this.resets++;
		}

	}

	/**
	 * A client, which is its end of its only stream.
	 */
	private static final class Client extends End {

		private final House house;

		private int released;

		private int ends;

		Client(House house) {
			this.house = house;
		}

		void connects() {
			StreamRequest request = new StreamRequest(StreamKind.CONNECT, "a", null, null);
			this.house.registry.acceptor().accept((asked) -> {
				throw new AssertionError("nobody opens streams to the client");
			}, request, this);
		}

		void says() {
			for (int cost = 1; cost <= 2; cost++) {
				other().data(MessageKind.BINARY, true, true, ByteBuffer.allocate(cost), cost);
			}
		}

		@Override
		Gone whose() {
			return Gone.CLIENT;
		}

		@Override
		public synchronized void end() {
			this.ends++;
		}

		@Override
		public synchronized void released(int cost) {
			this.released += cost;
		}

	}

}
