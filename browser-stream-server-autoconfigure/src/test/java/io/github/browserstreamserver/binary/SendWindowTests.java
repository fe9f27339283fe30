/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.util.Random;

import io.github.browserstreamserver.stream.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SendWindowTests {

	private final SendWindow window = new SendWindow();

	@Test
	void beginsWithTheInitialCredit() {
		assertThat(this.window.payloadAllowed()).isEqualTo(16_384 - 64);
	}

	@Test
	void spendsThePayloadAndWhatAFrameCosts() {
		this.window.spend(1_000);
		assertThat(this.window.payloadAllowed()).isEqualTo(16_384 - 1_064 - 64);
	}

	@ParameterizedTest
	@CsvSource({ "65, 1", "64, 0", "63, -1", "1, -1", "0, -1" })
	void allowsAFrameOnlyWhenTheCreditCoversItsCost(int credit, int allowed) {
		this.window.spend(16_384 - 64 - credit);
		assertThat(this.window.payloadAllowed()).isEqualTo(allowed);
	}

	@Test
	void allowsNoMoreThanTheLongestPayload() throws ProtocolException {
		this.window.add(1_000_000);
		assertThat(this.window.payloadAllowed()).isEqualTo(16_384);
	}

	@Test
	void allowsAgainWhatWasAdded() throws ProtocolException {
		this.window.spend(16_320);
		this.window.add(63);
		assertThat(this.window.payloadAllowed()).isEqualTo(-1);
		this.window.add(1);
		assertThat(this.window.payloadAllowed()).isZero();
	}

	@Test
	void refusesToSpendMoreThanTheCredit() {
		assertThatIllegalStateException().isThrownBy(() -> this.window.spend(16_321));
		assertThat(this.window.payloadAllowed()).isEqualTo(16_320);
	}

	@Test
	void takesCreditUpToTheGreatestSum() {
		assertThatNoException().isThrownBy(() -> this.window.add(Integer.MAX_VALUE - 16_384));
		assertThat(this.window.payloadAllowed()).isEqualTo(16_384);
	}

	@ParameterizedTest
	@CsvSource({ "2147467264", "2147483647" })
	void endsTheConnectionWhenTheSumOfCreditIsTooGreat(int bytes) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.window.add(bytes))
			.extracting(ProtocolException::code)
			.isSameAs(ErrorCode.FLOW_CONTROL);
		assertThat(this.window.payloadAllowed()).as("unchanged").isEqualTo(16_320);
	}

	@Test
	void countsLikeASum() throws ProtocolException {
		Random random = new Random(2);
		long credit = 16_384;
		for (int round = 0; round < 100_000; round++) {
			if (random.nextBoolean() && credit >= 64) {
				int payload = random.nextInt((int) Math.min(credit - 64, 16_384) + 1);
				this.window.spend(payload);
				credit -= payload + 64;
			}
			else {
				int bytes = 1 + random.nextInt(20_000);
				this.window.add(bytes);
				credit += bytes;
			}
			assertThat(this.window.payloadAllowed())
				.isEqualTo((credit < 64) ? -1 : (int) Math.min(credit - 64, 16_384));
		}
	}

}
