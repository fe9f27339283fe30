/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.time.Duration;

import io.github.browserstreamserver.testing.NoFaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that stops while streams are in progress.
 */
@ExtendWith(NoFaults.class)
class DrainTests {

	private static final Duration SPREAD = Duration.ofSeconds(2);

	private final Relay relay = new Relay();

	private final ScriptedPeer host = this.relay.peer("host").listen(1, "a");

	private final ScriptedPeer client = this.relay.peer("client");

	private void drain(ScriptedPeer... peers) {
		this.relay.registry.close();
		for (ScriptedPeer peer : peers) {
			peer.connection().drain(SPREAD);
		}
	}

	@Test
	void aPeerWithoutStreamsIsToldAndClosed() {
		this.host.talk();
		drain(this.host, this.client);
		assertThat(this.host.talk()).containsExactly("SKIPPED");
		assertThat(this.host.closed()).isEqualTo("1012 SHUTDOWN: the application stops");
		assertThat(this.client.closed()).startsWith("1012 ");
		assertThat(this.relay.events).containsExactly("created a", "destroyed a SHUTDOWN");
	}

	@Test
	void streamsInProgressFinishAndNewOnesAreRefused() {
		this.client.connectTo(1, "a");
		this.host.accept(2);
		drain(this.host, this.client);
		assertThat(this.client.closed()).isNull();
		this.client.connectTo(3, "a").text(1, "last words").end(1);
		this.host.text(2, "heard you").end(2);
		assertThat(this.host.talk()).contains("DATA 2 TEXT first last last words", "END 2");
		assertThat(this.client.talk()).contains("RESET 3 SHUTDOWN the application stops",
				"DATA 1 TEXT first last heard you", "END 1");
		assertThat(this.host.closed()).startsWith("1012 ");
		assertThat(this.client.closed()).startsWith("1012 ");
		assertThat(this.relay.budget.reserved()).isZero();
	}

	@Test
	void nothingThatWasAcceptedIsLostWithAPeerThatReadsLate() {
		this.client.connectTo(1, "a");
		this.host.accept(2);
		this.client.stopReading();
		drain(this.host, this.client);
		this.host.text(2, "one").text(2, "two").end(2);
		this.client.end(1);
		assertThat(this.client.closed()).isNull();
		this.client.readAll();
		this.relay.seconds(1, this.client);
		assertThat(this.client.talk()).endsWith("DATA 1 TEXT first last one", "DATA 1 TEXT first last two", "END 1");
		assertThat(this.client.closed()).startsWith("1012 ");
	}

	@Test
	void whatIsNotOverInTimeIsReset() {
		this.client.connectTo(1, "a");
		this.host.accept(2);
		drain(this.host, this.client);
		this.client.talk();
		this.host.talk();
		this.relay.registry.shutdown();
		assertThat(this.client.talk()).containsExactly("RESET 1 SHUTDOWN the application stops");
		assertThat(this.host.talk()).contains("RESET 2 SHUTDOWN the application stops");
		assertThat(this.client.closed()).startsWith("1012 ");
	}

	@Test
	void nothingIsSaidBeforeTheGreetingToAPeerThatComesInTheMomentOfTheDrain() {
		ScriptedPeer late = ScriptedPeer.knock(this.relay.dialect, "late");
		drain(late);
		late.connection().admitted();
		assertThat(late.closed()).isEqualTo("1012 SHUTDOWN: the application stops");
		assertThat(late.heard()).isEmpty();
	}

	@Test
	void aPeerThatIsRefusedIsNotGreeted() {
		ScriptedPeer refused = ScriptedPeer.knock(this.relay.dialect, "refused").hello();
		refused.connection().refuse("one address may have 2 connections");
		assertThat(refused.closed()).isEqualTo("4004 LIMIT: one address may have 2 connections");
		assertThat(refused.heard()).isEmpty();
	}

	@Test
	void aRegistryThatIsStartedAgainTakesNames() {
		drain(this.host);
		this.relay.registry.shutdown();
		this.relay.registry.resume();
		this.client.listen(1, "a");
		assertThat(this.client.talk()).containsExactly("ACCEPT 1");
	}

}
