/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.util.List;

import io.github.browserstreamserver.binary.ScriptedPeer;
import io.github.browserstreamserver.stream.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How streams end between an original and a new peer, who knows half-close (facts,
 * section 4, and the end of section 2).
 */
class BinaryPeersEndTests {

	private final LineRelay relay = new LineRelay();

	private final LinePeer old = this.relay.peer("old");

	private final ScriptedPeer modern = this.relay.binaryPeer("modern");

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void endIsAnEndForTheOriginalAndItsLastWordsStillArrive() {
		originalHostNewClient();
		this.modern.text(1, "last").end(1);
		assertThat(this.old.heard()).containsExactly("['A','data','last']", "['A','end']", "['A','close']");
		assertThat(this.modern.talk()).isEmpty();
		this.old.says("['A','data','crossing']", "['A','end']", "['A','close']");
		assertThat(this.modern.talk()).containsExactly("DATA 1 TEXT first last crossing", "END 1");
		assertThat(this.relay.registry.find("one").orElseThrow().streams()).isZero();
	}

	@Test
	void closeAloneIsAnAnswerToAnEnd() {
		originalHostNewClient();
		this.modern.end(1);
		this.old.says("['A','close']");
		assertThat(this.modern.talk()).containsExactly("END 1");
	}

	@Test
	void endOfTheOriginalIsAnEndForTheNewClient() {
		originalHostNewClient();
		this.old.says("['A','data','last']", "['A','end']", "['A','close']");
		assertThat(this.modern.talk()).containsExactly("DATA 1 TEXT first last last", "END 1");
		this.modern.end(1);
		assertThat(this.modern.talk()).isEmpty();
		assertThat(this.relay.registry.find("one").orElseThrow().streams()).isZero();
	}

	@Test
	void newClientThatWritesToAnOriginalThatEndedIsTold() {
		originalHostNewClient();
		this.old.says("['A','end']", "['A','close']");
		this.modern.text(1, "lost");
		assertThat(this.modern.talk()).first().isEqualTo("END 1");
		assertThat(this.modern.talk()).isEmpty();
		assertThat(this.relay.registry.find("one").orElseThrow().streams()).isZero();
	}

	@Test
	void closeWithoutAnEndResetsTheNewClient() {
		originalHostNewClient();
		this.old.says("['A','close']");
		assertThat(this.modern.talk()).singleElement().asString().startsWith("RESET 1 CANCELLED");
	}

	@Test
	void serverOfTheOriginalThatEndsEndsNewClients() {
		originalHostNewClient();
		this.old.says("['S','end']", "['S','close']");
		assertThat(this.modern.talk()).containsExactly("END 1");
		assertThat(this.old.heard()).containsExactlyInAnyOrder("['A','end']", "['A','close']", "['S','close']");
	}

	@Test
	void serverOfANewHostThatEndsEndsOriginalClients() {
		newHostOriginalClient();
		this.modern.end(1);
		assertThat(this.old.heard()).containsExactly("['C','end']", "['C','close']");
		this.old.says("['C','close']");
		assertThat(this.modern.talk()).contains("END 1", "END 2");
	}

	@Test
	void lostPeersEndTheOthers() {
		originalHostNewClient();
		this.old.vanishes();
		assertThat(this.modern.talk()).singleElement().asString().startsWith("RESET 1 HOST_GONE");
		LinePeer again = this.relay.peer("again");
		this.modern.listen(3, "three");
		again.opens("C", "/stream-server/client/three/r");
		this.modern.accept(2);
		this.modern.disconnect();
		assertThat(again.heard()).endsWith("['C','end']", "['C','close']");
	}

	@ParameterizedTest
	@EnumSource(value = ErrorCode.class, mode = EnumSource.Mode.EXCLUDE,
			names = { "HOST_GONE", "CLIENT_GONE", "CANCELLED", "CONNECTION_LOST", "NO_SUCH_SERVER", "SHUTDOWN" })
	void resetOfANewHostIsAnErrorForTheOriginal(ErrorCode code) {
		newHostOriginalClient();
		this.modern.reset(2, code, "reason \"1\"\n");
		assertThat(this.old.heardMessages()).containsExactly("[\"C\",\"error\",{\"code\":\"" + code
				+ "\",\"library\":\"[stream-server]\",\"message\":\"reason \\\"1\\\" \",\"details\":\"one\"}]\n",
				"[\"C\",\"end\"]\n", "[\"C\",\"close\"]\n");
	}

	@ParameterizedTest
	@EnumSource(value = ErrorCode.class, names = { "HOST_GONE", "CLIENT_GONE", "CANCELLED" })
	void resetThatOnlyMeansGoneIsAnEnd(ErrorCode code) {
		newHostOriginalClient();
		this.modern.reset(2, code, "");
		assertThat(this.old.heard()).containsExactly("['C','end']", "['C','close']");
	}

	private void originalHostNewClient() {
		this.old.opens("S", "/stream-server/server/one");
		this.modern.connectTo(1, "one");
		this.old.takesClient("S", "A", "one");
		this.old.heard();
		assertThat(this.modern.talk()).isEqualTo(List.of("ACCEPT 1"));
	}

	private void newHostOriginalClient() {
		this.modern.listen(1, "one");
		this.old.opens("C", "/stream-server/client/one/r");
		this.modern.accept(2).credit(2, 1_000_000);
		this.modern.talk();
		this.old.heard();
		this.old.heardMessages();
	}

}
