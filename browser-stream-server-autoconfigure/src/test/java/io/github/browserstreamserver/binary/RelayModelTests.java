/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.github.browserstreamserver.proxy.RegistryProbe;
import io.github.browserstreamserver.proxy.ServerInfo;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.testing.Extent;
import io.github.browserstreamserver.testing.NoFaults;
import io.github.browserstreamserver.transport.BatchBuffers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random peers against a {@link RelayModel}: they listen, connect, write, read, pause,
 * end, reset, are cut and come back, and see nothing but what the model says. A run is
 * its seed: it has no thread and no clock.
 * <p>
 * {@code -Dmodel.seconds=N} makes new runs for so long, {@code -Dmodel.seed=S} repeats
 * one.
 */
@ExtendWith(NoFaults.class)
class RelayModelTests {

	private static final int RUNS = Extent.of(600, 3_000);

	private static final List<String> NAMES = List.of("a", "b", "c");

	private static final long HOLD = 2_000;

	private static final long GRACE = 5_000;

	/** How long a peer may not read; the relay gives up one that takes nothing. */
	private static final long MOST_SILENCE = 8_000;

	/** So little memory that streams are refused. */
	private static final int TIGHT = 160_000;

	private static final long SPREAD = 0x9E3779B97F4A7C15L;

	private static final int OPERATIONS_SHOWN = 60;

	private static final List<ErrorCode> CODES = List.of(ErrorCode.CANCELLED, ErrorCode.REFUSED, ErrorCode.INTERNAL);

	/** What was seen in all runs, to know that they are not idle. */
	private final Map<String, Integer> seen = new TreeMap<>();

	@Test
	@Timeout(3_600)
	void peersSeeWhatTheModelSays() {
		Long repeated = Long.getLong("model.seed");
		Long seconds = Long.getLong("model.seconds");
		if (repeated != null) {
			new Run(repeated).go();
		}
		else if (seconds != null) {
			long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
			long runs = 0;
			for (long seed = System.nanoTime(); System.nanoTime() - end < 0; seed++) {
				new Run(seed).go();
				runs++;
			}
			System.out.println(runs + " runs of the model: " + this.seen);
		}
		else {
			for (long seed = 1; seed <= RUNS; seed++) {
				new Run(seed).go();
			}
			assertThat(this.seen).as("what happened in all runs")
				.containsKeys("END", "NO_SUCH_SERVER", "NAME_TAKEN", "REPLACED", "HOST_GONE", "CLIENT_GONE", "TIMEOUT",
						"LIMIT", "CANCELLED", "REFUSED", "hung up");
		}
	}

	/**
	 * One run.
	 */
	private final class Run {

		private final long seed;

		private final Random random;

		/** Whether memory is short; all peers read then, so that it is seen at once. */
		private final boolean tight;

		private final boolean holdsAnnouncements;

		private final RelayModel model;

		private final Relay relay;

		private final List<ModelPeer> peers = new ArrayList<>();

		private final List<ModelPeer> gone = new ArrayList<>();

		private final ArrayDeque<String> operations = new ArrayDeque<>();

		private int connected;

		private long silentFor;

		Run(long seed) {
			this.seed = seed;
			// of seeds beside each other the first numbers are nearly the same
			this.random = new Random(seed * SPREAD);
			boolean patient = (seed & 1) == 1;
			this.tight = this.random.nextInt(4) == 0;
			this.holdsAnnouncements = this.random.nextInt(4) == 0;
			this.model = new RelayModel(patient ? HOLD : 0, patient ? GRACE : 0, this.tight);
			this.relay = new Relay(BinaryLimits.DEFAULTS, this.tight ? TIGHT : Relay.MEMORY, patient
					? Relay.patience(Duration.ofMillis(HOLD), Duration.ofMillis(GRACE)) : UnaryOperator.identity());
		}

		void go() {
			try {
				int steps = 40 + this.random.nextInt(100);
				for (int step = 0; step < steps; step++) {
					step();
					check();
				}
				settle();
				check();
				this.model.mustBeSettled();
				check();
				count();
				leave();
			}
			catch (RuntimeException | Error ex) {
				throw new AssertionError("-Dmodel.seed=" + this.seed + ": " + ex.getMessage()
						+ "\nThe last operations:\n" + String.join("\n", this.operations), ex);
			}
		}

		// --- what may happen

		private void step() {
			int dice = this.random.nextInt(100);
			if (this.peers.size() < 2 || (dice < 6 && this.peers.size() < 6)) {
				come();
			}
			else if (dice < 12) {
				listen();
			}
			else if (dice < 28) {
				connect();
			}
			else if (dice < 56) {
				write();
			}
			else if (dice < 68) {
				answerOffer();
			}
			else if (dice < 74) {
				pauseOrResume();
			}
			else if (dice < 80) {
				stopReadingOrRead();
			}
			else if (dice < 89) {
				endOrReset();
			}
			else if (dice < 92) {
				stopListening();
			}
			else if (dice < 95) {
				cut();
			}
			else if (dice < 98) {
				pass(1 + this.random.nextInt(3_000));
			}
			else {
				holdAnnouncementsOrWait();
			}
			answer();
		}

		private void come() {
			ModelPeer peer = ModelPeer.connect(this.relay, this.model, this.random, "peer" + ++this.connected,
					this.random.nextInt(3));
			this.peers.add(peer);
			log(peer + " comes with key " + peer.key);
		}

		private void listen() {
			ModelPeer peer = any(this.peers);
			if (this.tight && peer.hasOpenedAnything()) {
				// it may have its share of the memory, and be refused
				return;
			}
			String name = any(NAMES);
			int key = (this.random.nextInt(5) == 0) ? 0 : peer.key;
			log(peer + " listens on " + name + " with key " + key);
			peer.listen(name, key);
		}

		private void connect() {
			ModelPeer peer = any(this.peers);
			List<String> held = NAMES.stream().filter(this.model.names()::contains).toList();
			String name = (held.isEmpty() || this.random.nextInt(4) == 0) ? any(NAMES) : any(held);
			log(peer + " connects to " + name + " as stream " + this.model.streams().size());
			peer.connectTo(name);
		}

		private void write() {
			ModelStream.Side side = anySide((it) -> it.mayWrite() && it.credit >= Wire.FRAME_COST);
			if (side != null) {
				log(name(side) + " writes");
				log("  " + peer(side).write(side));
			}
		}

		private void answerOffer() {
			ModelStream.Side side = anySide((it) -> !it.isClient() && !it.open && !it.isOver());
			if (side == null) {
				return;
			}
			if (this.random.nextInt(8) == 0) {
				log(name(side) + " refuses");
				peer(side).reset(side, ErrorCode.REFUSED);
			}
			else {
				log(name(side) + " accepts");
				peer(side).accept(side);
			}
		}

		private void pauseOrResume() {
			ModelStream.Side side = anySide((it) -> !it.isOver());
			if (side == null) {
				return;
			}
			if (side.paused || this.random.nextInt(3) == 0) {
				int more = (this.random.nextInt(4) == 0) ? this.random.nextInt(60_000) : 0;
				log(name(side) + " reads again, " + more + " more at a time");
				peer(side).resume(side, more);
			}
			else {
				log(name(side) + " pauses");
				peer(side).pause(side);
			}
		}

		private void stopReadingOrRead() {
			ModelPeer peer = any(this.peers);
			if (this.tight) {
				return;
			}
			if (peer.isReading()) {
				log(peer + " stops reading");
				peer.stopReading();
			}
			else if (this.random.nextBoolean()) {
				log(peer + " reads once");
				peer.readOne();
			}
			else {
				log(peer + " reads again");
				peer.readAll();
			}
		}

		private void endOrReset() {
			ModelStream.Side side = anySide((it) -> !it.isOver());
			if (side == null) {
				return;
			}
			if (this.random.nextInt(6) == 0) {
				ErrorCode code = any(CODES);
				log(name(side) + " resets with " + code);
				peer(side).reset(side, code);
			}
			else if (side.mayWrite() && !side.isInsideMessage()) {
				log(name(side) + " ends");
				peer(side).end(side);
			}
		}

		private void stopListening() {
			ModelPeer peer = any(this.peers);
			List<ModelListen> listens = peer.listens().stream().filter((it) -> !it.isOver()).toList();
			if (listens.isEmpty()) {
				return;
			}
			ModelListen listen = any(listens);
			if (this.random.nextInt(4) == 0) {
				log(peer + " resets its listen on " + listen.name);
				peer.reset(listen);
			}
			else {
				log(peer + " ends its listen on " + listen.name);
				peer.end(listen);
			}
		}

		private void cut() {
			ModelPeer peer = any(this.peers);
			boolean leaves = this.random.nextInt(4) == 0;
			log(peer + (leaves ? " leaves" : " is cut"));
			this.peers.remove(peer);
			this.gone.add(peer);
			peer.cut(leaves);
		}

		private void pass(int millis) {
			log(millis + " ms pass");
			this.silentFor += millis;
			if (this.silentFor > MOST_SILENCE) {
				this.silentFor = 0;
				this.peers.forEach(ModelPeer::readAll);
			}
			for (int left = millis; left > 0; left -= 1_000) {
				int part = Math.min(left, 1_000);
				this.model.pass(part);
				this.relay.pause(Duration.ofMillis(part));
				this.peers.forEach((peer) -> peer.connection().tick());
				answer();
			}
		}

		private void holdAnnouncementsOrWait() {
			if (this.random.nextInt(8) == 0) {
				this.silentFor = 2 * MOST_SILENCE;
				pass(31_000);
			}
			else if (this.holdsAnnouncements && this.random.nextBoolean()) {
				log("announcements are held");
				this.relay.holdAnnouncements();
			}
			else {
				log("announcements go on");
				this.relay.announce();
			}
		}

		private void answer() {
			boolean any;
			do {
				any = false;
				for (ModelPeer peer : this.peers) {
					any |= peer.answer();
				}
			}
			while (any);
		}

		// --- what must be seen

		private void check() {
			if (this.model.wrong() != null) {
				throw new AssertionError(this.model.wrong());
			}
			Set<String> names = this.relay.registry.names();
			if (!names.equals(this.model.names())) {
				throw new AssertionError("names are " + names + ", should be " + this.model.names());
			}
			for (String name : names) {
				int streams = this.relay.registry.find(name).map(ServerInfo::streams).orElse(-1);
				if (streams != this.model.streamsOf(name)) {
					throw new AssertionError(
							"'" + name + "' has " + streams + " streams, should have " + this.model.streamsOf(name));
				}
			}
		}

		/**
		 * All peers read all there is, and nothing is held up.
		 */
		private void settle() {
			log("all read");
			this.relay.announce();
			this.peers.forEach(ModelPeer::readAll);
			answer();
			for (ModelPeer peer : this.peers) {
				peer.sides((side) -> peer.resume(side, 1_048_576));
			}
			answer();
		}

		private void leave() {
			log("all go");
			while (!this.peers.isEmpty()) {
				cut();
				check();
			}
			this.relay.pause(Duration.ofSeconds(10));
			for (String name : NAMES) {
				assertThat(this.relay.events.stream().filter((event) -> event.split(" ")[1].equals(name)))
					.as("what is announced of '%s'", name)
					.containsExactlyElementsOf(this.model.events(name));
			}
			assertThat(this.relay.registry.names()).isEmpty();
			assertThat(RegistryProbe.isEmpty(this.relay.registry)).as("nobody waits").isTrue();
			assertThat(this.relay.budget.reserved()).as("what is reserved").isZero();
			this.gone.forEach(this::hasNothing);
			buffersAreBack();
		}

		private void hasNothing(ModelPeer peer) {
			BinaryConnection connection = peer.connection();
			connection.lock().lock();
			try {
				assertThat(connection.table().all()).as("streams of %s", peer).isEmpty();
				assertThat(connection.table().fromPeer() + connection.table().fromUs() + connection.table().offered())
					.as("streams that %s counts", peer)
					.isZero();
				assertThat(connection.outbox().isEmpty()).as("what waits for %s", peer).isTrue();
				assertThat(connection.hasControlBacklog()).isFalse();
			}
			finally {
				connection.lock().unlock();
			}
		}

		private void buffersAreBack() {
			Set<ByteBuffer> lent = Collections.newSetFromMap(new IdentityHashMap<>());
			this.gone.forEach((peer) -> lent.addAll(peer.buffers()));
			BatchBuffers buffers = this.relay.dialect.buffers();
			ByteBuffer free;
			while ((free = buffers.takeFree()) != null) {
				lent.remove(free);
			}
			for (int taken = 0; taken < 64 && !lent.isEmpty(); taken++) {
				lent.remove(buffers.take(BatchBuffers.SMALL));
			}
			assertThat(lent).as("buffers that were not given back").isEmpty();
		}

		private void count() {
			for (ModelStream stream : this.model.streams()) {
				count(stream.client);
				count(stream.host);
				if (stream.hungUp) {
					RelayModelTests.this.seen.merge("hung up", 1, Integer::sum);
				}
			}
			this.peers.forEach((peer) -> peer.listens().forEach((listen) -> count(listen.sawReset)));
		}

		private void count(ModelStream.Side side) {
			count(side.sawReset);
			if (side.sawEnd && side.ended) {
				RelayModelTests.this.seen.merge("END", 1, Integer::sum);
			}
		}

		private void count(@Nullable ErrorCode code) {
			if (code != null) {
				RelayModelTests.this.seen.merge(code.name(), 1, Integer::sum);
			}
		}

		// ---

		private void log(String operation) {
			this.operations.add(operation);
			if (this.operations.size() > OPERATIONS_SHOWN) {
				this.operations.remove();
			}
		}

		private <T> T any(List<T> list) {
			return list.get(this.random.nextInt(list.size()));
		}

		private ModelStream.@Nullable Side anySide(Predicate<ModelStream.Side> which) {
			List<ModelStream.Side> sides = new ArrayList<>();
			for (ModelPeer peer : this.peers) {
				peer.sides((side) -> {
					if (which.test(side)) {
						sides.add(side);
					}
				});
			}
			return sides.isEmpty() ? null : any(sides);
		}

		private String name(ModelStream.Side side) {
			return side.peer + ", " + (side.isClient() ? "client" : "host") + " of stream " + side.stream().number
					+ ",";
		}

		private ModelPeer peer(ModelStream.Side side) {
			return Objects.requireNonNull(side.peer);
		}

	}

}
