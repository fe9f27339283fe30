/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.browserstreamserver.fuzz.Input;
import io.github.browserstreamserver.proxy.ListeningServer;
import io.github.browserstreamserver.proxy.ProxyOptions;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole relay with some strangers, of whom the input says what they do: one byte for
 * the relay's bounds, then steps, each of a byte for who and what, and what that needs.
 * There are a host and a client beside them who keep to the protocol, and Java code that
 * listens. Whatever the strangers do, these two go on, no connection ends for a fault of
 * the relay, and in the end nothing is left of anybody.
 */
public final class ConnectionFuzzTarget {

	private static final int STRANGERS = 4;

	private static final int STEPS = 64;

	private static final int SMALL_MEMORY = 400_000;

	private static final String HEALTHY = "healthy";

	private static final String JAVA = "java";

	private static final String[] NAMES = { "a", "b", HEALTHY, JAVA };

	private static final String TEXT = "still here";

	private static final BinaryLimits NARROW = new BinaryLimits(4, 32_768, Duration.ofSeconds(1), Duration.ofSeconds(5),
			Duration.ofSeconds(3), Duration.ofSeconds(2), 2, 2, Duration.ofSeconds(4), 100_000);

	/** Longer than anybody waits for who is gone. */
	private static final int WAITING_SECONDS = 8;

	private final Input input;

	private final Relay relay;

	private final ScriptedPeer[] strangers = new ScriptedPeer[STRANGERS];

	/** All that were ever there. */
	private final List<ScriptedPeer> all = new ArrayList<>();

	private final ScriptedPeer host;

	private final ScriptedPeer client;

	private final ListeningServer java;

	private ConnectionFuzzTarget(Input input) {
		this.input = input;
		int bounds = input.next();
		UnaryOperator<ProxyOptions> options = ((bounds & 4) != 0)
				? Relay.patience(Duration.ofSeconds(2), Duration.ofSeconds(5)) : UnaryOperator.identity();
		this.relay = new Relay(((bounds & 1) != 0) ? NARROW : BinaryLimits.DEFAULTS,
				((bounds & 2) != 0) ? SMALL_MEMORY : Relay.MEMORY, options);
		this.host = this.relay.peer("host").listen(1, HEALTHY);
		this.client = this.relay.peer("client").connectTo(1, HEALTHY);
		this.host.accept(2);
		this.java = this.relay.registry.listen(JAVA, ConnectionFuzzTarget::echo);
		for (int index = 0; index < STRANGERS; index++) {
			comes(index);
			if ((bounds & 8) == 0) {
				this.strangers[index].hello();
			}
		}
	}

	/**
	 * Runs one input.
	 * @param bytes the input
	 */
	public static void fuzz(byte[] bytes) {
		ConnectionFuzzTarget run = new ConnectionFuzzTarget(new Input(bytes));
		for (int step = 0; step < STEPS && !run.input.isOver(); step++) {
			run.step();
		}
		run.everybodyGoes();
	}

	private static void echo(DuplexStream stream) {
		stream.read()
			.thenCompose((message) -> message.map(stream::write).orElseThrow())
			.whenComplete((done, failure) -> {
				if (failure != null) {
					stream.close();
				}
				else {
					echo(stream);
				}
			});
	}

	private void comes(int index) {
		this.strangers[index] = ScriptedPeer.connect(this.relay.dialect, "stranger");
		this.all.add(this.strangers[index]);
	}

	// --- what strangers do

	private void step() {
		int choice = this.input.next();
		int who = choice % STRANGERS;
		ScriptedPeer stranger = this.strangers[who];
		switch (choice / STRANGERS % 24) {
			case 0, 1 -> raw(stranger);
			case 2, 3 -> frame(stranger);
			case 4 -> stranger.hello();
			case 5 -> settings(stranger);
			case 6 -> stranger.listen(id(), name());
			case 7 -> stranger.listen(id(), name(), key());
			case 8, 9 -> stranger.connectTo(id(), name());
			case 10 -> stranger.open(id(), this.input.next(5), name(), "{\"a\":[" + this.input.next() + "]}");
			case 11, 12 -> stranger.accept(id());
			case 13, 14 -> stranger.data(id(), this.input.next(16), new byte[this.input.size()]);
			case 15 -> stranger.credit(id(), 1 + this.input.size() * this.input.next());
			case 16 -> stranger.end(id());
			case 17 -> stranger.reset(id(), ErrorCode.of(this.input.next(16)), "no more");
			case 18 -> stranger.frame(Wire.PING, this.input.next(2), 0, this.input.take(this.input.next(64)));
			case 19 -> seconds(1 + this.input.next(8));
			case 20 -> reads(stranger);
			case 21 -> {
				goes(stranger);
				comes(who);
			}
			case 22 -> repeats(stranger);
			default -> happens(stranger);
		}
	}

	private int id() {
		return this.input.next(32);
	}

	private String name() {
		return NAMES[this.input.next(NAMES.length)];
	}

	private byte[] key() {
		byte[] key = new byte[16];
		key[0] = (byte) this.input.next(3);
		return key;
	}

	private void raw(ScriptedPeer stranger) {
		int size = this.input.next();
		byte[] bytes = this.input.take(size % 128);
		stranger.deliver(ByteBuffer.wrap(bytes), size < 128);
	}

	/**
	 * A frame of any kind that may claim more than there is, in two parts.
	 */
	private void frame(ScriptedPeer stranger) {
		int type = this.input.next();
		int flags = this.input.next();
		int id = id();
		byte[] begin = this.input.take(this.input.next());
		byte[] payload = Arrays.copyOf(begin, begin.length + this.input.size());
		int missing = this.input.size();
		ByteBuffer frame = ByteBuffer.allocate(Wire.MAX_HEAD + payload.length);
		FrameWriter.head(frame, type, flags, id, Math.min(Wire.MAX_PAYLOAD, payload.length + missing));
		frame.put(payload).flip();
		ByteBuffer first = frame.slice(0, Math.min(frame.remaining(), this.input.next()));
		frame.position(first.remaining());
		stranger.deliver(first, false).deliver(frame, missing == 0);
	}

	private void settings(ScriptedPeer stranger) {
		stranger.frame(Wire.HELLO, 0, 0, new byte[] { Wire.SETTING_MAX_STREAMS, 1, (byte) this.input.next(8) });
	}

	/**
	 * Many streams, or many that are given up again at once.
	 */
	private void repeats(ScriptedPeer stranger) {
		int from = id() | 1;
		int what = this.input.next();
		String name = name();
		for (int id = from; id < from + what; id += 2) {
			stranger.connectTo(id, name);
			if (what % 2 == 0) {
				stranger.reset(id, ErrorCode.CANCELLED, "");
			}
		}
	}

	private void reads(ScriptedPeer stranger) {
		switch (this.input.next(3)) {
			case 0 -> stranger.stopReading();
			case 1 -> stranger.readOne();
			default -> stranger.readAll();
		}
	}

	private void happens(ScriptedPeer stranger) {
		switch (this.input.next(6)) {
			case 0 -> stranger.connection().drain(Duration.ofSeconds(this.input.next(8)));
			case 1 -> stranger.connection().shutdown();
			case 2 -> stranger.connection().refuse("one too many");
			case 3 -> stranger.connection().unsupported(1003, "text");
			case 4 -> stranger.connection().left();
			default -> stranger.connection().alive();
		}
	}

	private static void goes(ScriptedPeer stranger) {
		stranger.disconnect();
		// what was on its way fails, or was taken still
		stranger.readAll();
	}

	// --- what the others do

	private void seconds(int seconds) {
		for (int second = 0; second < seconds; second++) {
			this.relay.seconds(1, this.strangers);
			this.host.connection().tick();
			this.client.connection().tick();
			exchange();
		}
	}

	private void exchange() {
		this.host.heard();
		this.client.heard();
		this.client.text(1, TEXT);
		this.host.text(2, TEXT);
		mustHaveHeard(this.host, "DATA 2 TEXT first last " + TEXT);
		mustHaveHeard(this.client, "DATA 1 TEXT first last " + TEXT);
		int cost = TEXT.length() + Wire.FRAME_COST;
		this.host.credit(2, cost);
		this.client.credit(1, cost);
	}

	private static void mustHaveHeard(ScriptedPeer peer, String line) {
		// not by AssertJ, as it is asked each second
		List<String> heard = peer.heard();
		if (!heard.contains(line)) {
			throw new AssertionError(peer.closed() + ", heard only " + heard);
		}
	}

	private void everybodyGoes() {
		exchange();
		for (ScriptedPeer stranger : this.strangers) {
			goes(stranger);
		}
		seconds(WAITING_SECONDS);
		this.java.close();
		assertThat(this.relay.registry.names()).containsExactly(HEALTHY);
		this.client.disconnect();
		this.host.disconnect();
		assertThat(this.relay.registry.names()).isEmpty();
		assertThat(this.relay.budget.reserved()).isZero();
		for (ScriptedPeer stranger : this.all) {
			assertThat(String.valueOf(stranger.closed()))
				.doesNotStartWith(String.valueOf(ErrorCode.INTERNAL.closeCode()));
		}
	}

}
