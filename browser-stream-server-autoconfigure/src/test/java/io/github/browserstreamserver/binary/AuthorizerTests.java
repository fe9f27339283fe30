/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.browserstreamserver.proxy.RegistryProbe;
import io.github.browserstreamserver.proxy.StreamAuthorizer;
import io.github.browserstreamserver.proxy.StreamAuthorizer.Attempt;
import io.github.browserstreamserver.proxy.StreamAuthorizer.Decision;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.StreamKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application's say about who may what.
 */
@ExtendWith(OutputCaptureExtension.class)
class AuthorizerTests {

	private final List<Attempt> asked = new ArrayList<>();

	private StreamAuthorizer authorizer = (attempt) -> Decision.allow().now();

	private final Relay relay = new Relay(BinaryLimits.DEFAULTS, Relay.MEMORY,
			(options) -> options.authorizer((attempt) -> {
				this.asked.add(attempt);
				return this.authorizer.authorize(attempt);
			}));

	private final ScriptedPeer host = ScriptedPeer.connect(this.relay.dialect, new User("host"));

	private final ScriptedPeer client = ScriptedPeer.connect(this.relay.dialect, new User("client"));

	@AfterEach
	void nothingIsLeft() {
		this.host.disconnect();
		this.client.disconnect();
		assertThat(this.relay.budget.reserved()).isZero();
		assertThat(RegistryProbe.isEmpty(this.relay.registry)).isTrue();
	}

	@Test
	void isAskedWhoWantsWhat() {
		this.host.listen(1, "a");
		this.client.open(1, 2, "a", "{\"x\":1}").open(3, 3, "/route", "");
		assertThat(this.asked).extracting(Attempt::kind)
			.containsExactly(StreamKind.LISTEN, StreamKind.CONNECT, StreamKind.ROUTE);
		assertThat(this.asked).extracting(Attempt::target).containsExactly("a", "a", "/route");
		assertThat(this.asked.get(1).metadata()).isEqualTo("{\"x\":1}");
		assertThat(this.asked.get(1).peer()).isEqualTo(new User("client"));
	}

	@Test
	void whatIsAllowedGoesOnAsIfNobodyHadAsked() {
		this.host.listen(1, "a");
		this.client.connectTo(1, "a").text(1, "hi").end(1);
		assertThat(this.host.talk()).containsExactly("ACCEPT 1", "OPEN 2 2 a", "DATA 2 TEXT first last hi", "END 2");
		this.host.accept(2).text(2, "ho").end(2);
		assertThat(this.client.talk()).containsExactly("ACCEPT 1", "DATA 1 TEXT first last ho", "END 1");
	}

	@Test
	void whatIsDeniedIsRefusedWithTheReason() {
		this.authorizer = (attempt) -> Decision.deny("not " + attempt.kind()).now();
		this.host.listen(1, "a");
		this.client.connectTo(1, "a").text(1, "hi").open(3, 3, "/route", "");
		assertThat(this.host.talk()).containsExactly("RESET 1 REFUSED not LISTEN");
		assertThat(this.client.talk()).containsExactly("RESET 1 REFUSED not CONNECT", "RESET 3 REFUSED not ROUTE");
		assertThat(this.relay.events).isEmpty();
	}

	@Test
	void whatIsDecidedLaterWaitsAndLosesNothing() {
		CompletableFuture<Decision> later = new CompletableFuture<>();
		this.host.listen(1, "a");
		this.host.talk();
		this.authorizer = (attempt) -> later;
		this.client.connectTo(1, "a").text(1, "one").text(1, "two");
		assertThat(this.host.talk()).isEmpty();
		later.complete(Decision.allow());
		this.client.text(1, "three");
		assertThat(this.host.talk()).containsExactly("OPEN 2 2 a", "DATA 2 TEXT first last one",
				"DATA 2 TEXT first last two", "DATA 2 TEXT first last three");
	}

	@Test
	void aStreamThatGoesBeforeItIsDecidedReachesNobody() {
		CompletableFuture<Decision> later = new CompletableFuture<>();
		this.host.listen(1, "a");
		this.host.talk();
		this.authorizer = (attempt) -> later;
		this.client.connectTo(1, "a").text(1, "one").reset(1, ErrorCode.CANCELLED, "");
		this.client.listen(3, "b").end(3);
		later.complete(Decision.allow());
		assertThat(this.host.talk()).isEmpty();
		assertThat(this.client.talk()).containsExactly("ACCEPT 3", "END 3");
		assertThat(this.relay.registry.names()).containsExactly("a");
	}

	@Test
	void anAuthorizerThatFailsDeniesAndIsLogged(CapturedOutput output) {
		this.authorizer = (attempt) -> {
			throw new IllegalStateException("no database");
		};
		this.client.connectTo(1, "a");
		this.authorizer = (attempt) -> CompletableFuture
			.failedFuture(new UncheckedIOException(new IOException("no network")));
		this.client.connectTo(3, "a");
		this.authorizer = (attempt) -> CompletableFuture.completedFuture(null);
		this.client.connectTo(5, "a");
		assertThat(this.client.talk()).hasSize(3)
			.allSatisfy((line) -> assertThat(line).contains("REFUSED the application could not decide"));
		assertThat(output).contains("no database", "no network", "decided null");
	}

	@Test
	void aDenialWithoutAReasonDenies() {
		this.authorizer = (attempt) -> Decision.deny(nothing()).now();
		this.client.connectTo(1, "a");
		assertThat(this.client.talk()).singleElement().asString().startsWith("RESET 1 REFUSED");
	}

	/** As the message of an exception may be. */
	@SuppressWarnings("NullAway")
	private static String nothing() {
		return new IllegalStateException().getMessage();
	}

	@Test
	void rightsThatEndedCutAStream() {
		this.host.listen(1, "a");
		this.client.connectTo(1, "a");
		this.host.accept(2);
		this.host.talk();
		this.client.talk();
		this.authorizer = (attempt) -> (attempt.kind() == StreamKind.CONNECT) ? Decision.deny("logged out").now()
				: Decision.allow().now();
		this.relay.registry.rightsChanged((peer) -> peer.equals(new User("host")));
		assertThat(this.client.talk()).isEmpty();
		this.relay.registry.rightsChanged((peer) -> peer.equals(new User("client")));
		assertThat(this.client.talk()).containsExactly("RESET 1 REFUSED logged out");
		assertThat(this.host.talk()).containsExactly("RESET 2 REFUSED logged out");
		assertThat(this.relay.registry.names()).containsExactly("a");
	}

	@Test
	void rightsThatEndedTakeANameAway() {
		this.host.listen(1, "a");
		this.client.connectTo(1, "a");
		this.host.accept(2);
		this.host.talk();
		this.client.talk();
		this.authorizer = (attempt) -> Decision.deny("logged out").now();
		this.relay.registry.rightsChanged((peer) -> peer.equals(new User("host")));
		assertThat(this.host.talk()).contains("RESET 1 REFUSED logged out");
		assertThat(this.client.talk()).containsExactly("RESET 1 HOST_GONE the host stopped listening");
		assertThat(this.relay.registry.names()).isEmpty();
		assertThat(this.relay.events).containsExactly("created a", "destroyed a ENDED");
	}

	@Test
	void streamsThatAreOverAreNotAskedAbout() {
		this.host.listen(1, "a");
		this.client.connectTo(1, "a").end(1);
		this.host.accept(2).end(2).end(1);
		this.asked.clear();
		this.relay.registry.rightsChanged((peer) -> true);
		assertThat(this.asked).isEmpty();
	}

}
