/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.net.InetSocketAddress;
import java.security.Principal;

import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.stream.PeerLimits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Admission}.
 */
class AdmissionTests {

	private record Guest(@Nullable String name, String address) implements PeerIdentity {

		@Override
		public @Nullable Principal principal() {
			return (this.name != null) ? () -> String.valueOf(this.name) : null;
		}

		@Override
		public @Nullable InetSocketAddress remoteAddress() {
			return InetSocketAddress.createUnresolved(this.address, 80);
		}

	}

	private final Admission admission = new Admission(new PeerLimits(5, 2, 3, 1, 1, 255, 4_096));

	@Test
	void boundsAll() {
		for (int guest = 0; guest < 5; guest++) {
			assertThat(this.admission.enter(new Guest(null, "host" + guest))).isNull();
		}
		Guest last = new Guest(null, "another");
		assertThat(this.admission.enter(last)).isEqualTo("the application takes 5 connections (connections.max)");
		this.admission.leave(new Guest(null, "host0"));
		assertThat(this.admission.enter(last)).isNull();
		assertThat(this.admission.count()).isEqualTo(5);
	}

	@Test
	void boundsAUserWhereverHeIs() {
		assertThat(this.admission.enter(new Guest("eve", "a"))).isNull();
		assertThat(this.admission.enter(new Guest("eve", "b"))).isNull();
		assertThat(this.admission.enter(new Guest("eve", "c"))).contains("connections.max-per-principal");
		assertThat(this.admission.enter(new Guest("bob", "c"))).isNull();
	}

	@Test
	void boundsAnAddressWhoeverIsThere() {
		assertThat(this.admission.enter(new Guest("a", "here"))).isNull();
		assertThat(this.admission.enter(new Guest("b", "here"))).isNull();
		assertThat(this.admission.enter(new Guest(null, "here"))).isNull();
		assertThat(this.admission.enter(new Guest("c", "here"))).contains("connections.max-per-address");
		assertThat(this.admission.enter(new Guest("c", "there"))).isNull();
	}

	@Test
	void whoIsOverHisOwnBoundTakesNobodysPlace() {
		for (int times = 0; times < 100; times++) {
			this.admission.enter(new Guest("eve", "here"));
			this.admission.enter(new Guest(null, "there"));
		}
		assertThat(this.admission.count()).isEqualTo(2 + 3);
		this.admission.leave(new Guest(null, "there"));
		assertThat(this.admission.enter(new Guest("bob", "elsewhere"))).isNull();
	}

	@Test
	void countsBackToZero() {
		Guest guest = new Guest("eve", "here");
		for (int times = 0; times < 10; times++) {
			if (this.admission.enter(guest) == null) {
				this.admission.leave(guest);
			}
		}
		assertThat(this.admission.count()).isZero();
		assertThat(this.admission.enter(guest)).isNull();
	}

}
