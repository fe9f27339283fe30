/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many {@link Member}s on one thread, which come and go as a seeded random has it: a
 * place in the swarm is taken again soon after its member went.
 */
final class Swarm implements AutoCloseable {

	private static final int ARRIVALS_A_SECOND = 500;

	private final InetSocketAddress target;

	private final int size;

	private final Pace pace;

	private final Random random;

	private final Selector selector;

	private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);

	private final PriorityQueue<Timer> timers = new PriorityQueue<>();

	private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

	private final Queue<String> faults = new ConcurrentLinkedQueue<>();

	private final CompletableFuture<Void> allGone = new CompletableFuture<>();

	private final Thread thread = new Thread(this::run, "swarm");

	/** Used by the thread alone, as all members are. */
	private final List<Member> members = new ArrayList<>();

	private volatile boolean leaving;

	private volatile boolean closed;

	/**
	 * How long things take at most; they take random times up to that.
	 *
	 * @param act between two acts of a member
	 * @param stall for which a member does not read
	 * @param absence until a place is taken again
	 */
	record Pace(Duration act, Duration stall, Duration absence) {
	}

	private record Timer(long at, Runnable task) implements Comparable<Timer> {

		@Override
		public int compareTo(Timer other) {
			return Long.signum(this.at - other.at);
		}

	}

	Swarm(int port, int size, Pace pace, long seed) throws IOException {
		this.target = new InetSocketAddress("127.0.0.1", port);
		this.size = size;
		this.pace = pace;
		this.random = new Random(seed);
		this.selector = Selector.open();
		this.thread.setDaemon(true);
	}

	// --- the test's side

	/**
	 * Lets the first members come, over some time.
	 */
	void start() {
		for (int place = 0; place < this.size; place++) {
			after(Duration.ofMillis(1_000L * place / ARRIVALS_A_SECOND), this::come);
		}
		this.thread.start();
	}

	/**
	 * Lets all members go, each in its way, and nobody come any more.
	 * @return completed when all have gone
	 */
	CompletableFuture<Void> leave() {
		this.leaving = true;
		this.selector.wakeup();
		return this.allGone;
	}

	/**
	 * Returns what has happened how often.
	 * @return a copy
	 */
	Map<String, Long> counts() {
		Map<String, Long> sums = new TreeMap<>();
		this.counts.forEach((what, count) -> sums.put(what, count.sum()));
		return sums;
	}

	/**
	 * Returns what the application may not do to a good member.
	 * @return a copy
	 */
	List<String> faults() {
		return List.copyOf(this.faults);
	}

	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		this.selector.wakeup();
		this.thread.join();
	}

	// --- for members, on the swarm's thread

	Random random() {
		return this.random;
	}

	Pace pace() {
		return this.pace;
	}

	/**
	 * Returns a name; there is about one for four members, so some find theirs taken.
	 * @return one of a few
	 */
	String name() {
		return "soak/" + this.random.nextInt(Math.max(1, this.size / 4));
	}

	ByteBuffer readBuffer() {
		return this.in.clear();
	}

	void count(String what) {
		this.counts.computeIfAbsent(what, (key) -> new LongAdder()).increment();
	}

	void fault(String what) {
		if (this.faults.size() < 100) {
			this.faults.add(what);
		}
	}

	Duration upTo(Duration time) {
		return Duration.ofNanos(1 + this.random.nextLong(time.toNanos()));
	}

	void after(Duration time, Runnable task) {
		this.timers.add(new Timer(System.nanoTime() + time.toNanos(), task));
	}

	void gone(Member member) {
		this.members.remove(member);
		if (!this.leaving) {
			after(upTo(this.pace.absence()), this::come);
		}
	}

	private void come() {
		if (this.leaving) {
			return;
		}
		try {
			SocketChannel channel = SocketChannel.open();
			channel.configureBlocking(false);
			// small, so that who does not read is felt
			channel.setOption(StandardSocketOptions.SO_RCVBUF, 8_192);
			SelectionKey key = channel.register(this.selector, SelectionKey.OP_CONNECT);
			Member member = new Member(this, channel, key);
			key.attach(member);
			this.members.add(member);
			channel.connect(this.target);
		}
		catch (IOException ex) {
			fault("a member could not come: " + ex);
		}
	}

	private void run() {
		try {
			boolean left = false;
			while (!this.closed) {
				this.selector.select(Math.max(1, wait(this.timers.peek())));
				for (SelectionKey key : this.selector.selectedKeys()) {
					((Member) key.attachment()).ready();
				}
				this.selector.selectedKeys().clear();
				while (!this.timers.isEmpty() && wait(this.timers.peek()) <= 0) {
					this.timers.remove().task().run();
				}
				if (this.leaving && !left) {
					left = true;
					List.copyOf(this.members).forEach(Member::go);
				}
				if (left && this.members.isEmpty()) {
					this.allGone.complete(null);
				}
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			fault("the swarm failed: " + ex);
			this.allGone.completeExceptionally(ex);
		}
		finally {
			List.copyOf(this.members).forEach(Member::cut);
			closeSelector();
		}
	}

	private static long wait(Timer next) {
		return (next == null) ? 1_000 : TimeUnit.NANOSECONDS.toMillis(next.at() - System.nanoTime());
	}

	private void closeSelector() {
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
