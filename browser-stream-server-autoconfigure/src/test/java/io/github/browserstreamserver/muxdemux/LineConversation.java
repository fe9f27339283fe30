/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.browserstreamserver.binary.ScriptedPeer;
import io.github.browserstreamserver.fuzz.Input;
import io.github.browserstreamserver.stream.ErrorCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole relay with some strangers who speak as the original's clients do, and one who
 * speaks the binary dialect. The input says what they do: one byte for the relay's
 * bounds, then steps, each of a byte for who and what, and what that needs. There are a
 * host and a client beside them who keep to the rules. Whatever the strangers do, these
 * two go on, no connection ends for a fault of the relay, and in the end nothing is left
 * of anybody.
 */
final class LineConversation {

	private static final int STRANGERS = 3;

	private static final int STEPS = 64;

	private static final int SMALL_MEMORY = 400_000;

	private static final String HEALTHY = "healthy";

	private static final String[] NAMES = { "a", "%62", HEALTHY, "%" };

	private static final String[] IDS = { "S", "A", "C", "X", "Y", "\\u0000\\\\", "" };

	private static final String[] EVENTS = { "data", "end", "close", "pause", "resume", "error", "new", "" };

	private static final String[] VALUES = { "", ",'text'", ",null", ",{'a':[1,{}]}", ",'[stream-server]:open'",
			",'\\ud83d'", ", 1 , 2", ",{'meta':'/stream-server/server/a'}" };

	private static final MuxDemuxLimits NARROW = new MuxDemuxLimits(4, 4_096, 8_192, Duration.ofSeconds(1),
			Duration.ofSeconds(5), Duration.ofSeconds(3), 2, Duration.ofSeconds(40), 1_000_000);

	private static final Pattern ANNOUNCED = Pattern.compile("\\['[^']*','data','([0-9a-f]{32})']");

	private final Input input;

	private final LineRelay relay;

	private final LinePeer[] strangers = new LinePeer[STRANGERS];

	/** How the proxy calls the last client that each was told of. */
	private final String[] announced = new String[STRANGERS];

	private final LinePeer host;

	private final LinePeer client;

	private ScriptedPeer binary;

	private LineConversation(Input input) {
		this.input = input;
		int bounds = input.next();
		this.relay = new LineRelay(((bounds & 1) != 0) ? NARROW : MuxDemuxLimits.DEFAULTS,
				((bounds & 2) != 0) ? SMALL_MEMORY : LineRelay.MEMORY);
		this.host = this.relay.peer("host").opens("S", "/stream-server/server/" + HEALTHY);
		this.client = this.relay.peer("client").opens("C", "/stream-server/client/" + HEALTHY + "/rack1");
		this.host.takesClient("S", "A", HEALTHY);
		this.binary = this.relay.binaryPeer("binary");
		IntStream.range(0, STRANGERS).forEach(this::comes);
	}

	static void run(Input input) {
		LineConversation run = new LineConversation(input);
		for (int step = 0; step < STEPS && !input.isOver(); step++) {
			run.step();
		}
		run.everybodyGoes();
	}

	private void comes(int index) {
		this.strangers[index] = this.relay.peer("stranger");
		this.announced[index] = "nobody";
	}

	// --- what strangers do

	private void step() {
		int choice = this.input.next();
		int who = choice % (STRANGERS + 1);
		int what = choice / (STRANGERS + 1) % 16;
		if (who == STRANGERS) {
			binary(what);
			return;
		}
		LinePeer stranger = this.strangers[who];
		switch (what) {
			case 0, 1 -> stranger.saysBytes(this.input.take(this.input.next(128)));
			case 2 -> stranger.opens(id(), "/stream-server/server/" + name());
			case 3, 4 -> stranger.opens(id(), "/browser-server/client/" + name() + "/rack" + this.input.next(2));
			case 5, 6 -> stranger.opens(id(), "/stream-server/server/" + name() + "/client/" + this.announced[who]
					+ ((this.input.next(2) != 0) ? "/rack1" : ""));
			case 7 -> stranger.opens(id(), new String(this.input.take(this.input.next(64)), StandardCharsets.UTF_8));
			case 8, 9 -> says(stranger);
			case 10 -> stranger.says("['" + id() + "','data','" + "x".repeat(this.input.size()) + "']");
			case 11 -> begins(stranger);
			case 12 -> reads(stranger);
			case 13 -> seconds(1 + this.input.next(8));
			case 14 -> {
				stranger.vanishes();
				comes(who);
			}
			default -> happens(stranger);
		}
		for (String line : stranger.heard()) {
			Matcher told = ANNOUNCED.matcher(line);
			if (told.matches()) {
				this.announced[who] = told.group(1);
			}
		}
	}

	private String id() {
		return any(IDS);
	}

	private String name() {
		return any(NAMES);
	}

	private String any(String... choices) {
		return choices[this.input.next(choices.length)];
	}

	private void says(LinePeer stranger) {
		stranger.says("['" + id() + "','" + any(EVENTS) + "'" + any(VALUES) + "]");
	}

	/** A line that does not end here, and perhaps never. */
	private void begins(LinePeer stranger) {
		stranger.saysText("[\"" + id() + "\",\"data\",\"" + "y".repeat(this.input.size() * (1 + this.input.next(8))));
	}

	private void reads(LinePeer stranger) {
		switch (this.input.next(5)) {
			case 0 -> stranger.stopsReading();
			case 1 -> stranger.readsOne();
			case 2 -> stranger.readsAgain();
			case 3 -> stranger.cannotBeSuspended();
			default -> stranger.failsToWrite();
		}
	}

	private void happens(LinePeer stranger) {
		switch (this.input.next(5)) {
			case 0 -> stranger.connection().drain(Duration.ofSeconds(this.input.next(8)));
			case 1 -> stranger.connection().shutdown();
			case 2 -> stranger.connection().refuse("one too many");
			case 3 -> stranger.connection().unsupported(1003, "binary");
			default -> stranger.connection().alive();
		}
	}

	private void binary(int what) {
		int id = this.input.next(16);
		switch (what) {
			case 0, 1 -> this.binary.listen(id, name());
			case 2, 3 -> this.binary.connectTo(id, name());
			case 4, 5 -> this.binary.accept(id);
			case 6 -> this.binary.text(id, "x".repeat(this.input.size()));
			case 7 -> this.binary.data(id, this.input.next(16), this.input.take(this.input.next(64)));
			case 8 -> this.binary.credit(id, 1 + this.input.size());
			case 9 -> this.binary.end(id);
			case 10 -> this.binary.reset(id, ErrorCode.of(this.input.next(16)), "no more");
			case 11 -> this.binary.stopReading();
			case 12 -> this.binary.readAll();
			default -> {
				this.binary.disconnect();
				this.binary.readAll();
				this.binary = this.relay.binaryPeer("binary");
			}
		}
	}

	// --- what the others do

	private void seconds(int seconds) {
		for (int second = 0; second < seconds; second++) {
			this.relay.pass(Duration.ofSeconds(1), this.strangers);
			this.binary.connection().tick();
			this.host.connection().tick();
			this.client.connection().tick();
			exchange();
		}
	}

	private void exchange() {
		this.host.heard();
		this.client.heard();
		this.client.says("['C','data','still here']");
		this.host.says("['A','data','still here']");
		mustHaveHeard(this.host, "['A','data','still here']");
		mustHaveHeard(this.client, "['C','data','still here']");
	}

	private static void mustHaveHeard(LinePeer peer, String line) {
		// not by AssertJ, as it is asked each second
		List<String> heard = peer.heard();
		if (!heard.contains(line)) {
			throw new AssertionError(peer.closed() + ", heard only " + heard);
		}
	}

	private void everybodyGoes() {
		exchange();
		List.of(this.strangers).forEach(LinePeer::vanishes);
		this.binary.disconnect();
		this.binary.readAll();
		seconds(1);
		assertThat(this.relay.registry.names()).containsExactly(HEALTHY);
		assertThat(String.valueOf(this.binary.closed()))
			.doesNotStartWith(String.valueOf(ErrorCode.INTERNAL.closeCode()));
		this.relay.everybodyGoes();
	}

}
