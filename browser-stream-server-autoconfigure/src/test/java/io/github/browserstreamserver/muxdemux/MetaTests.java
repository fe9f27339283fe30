/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What streams are for: the table of section 3 of the facts, names and routes (section 6)
 * and the older clients (section 7).
 */
class MetaTests {

	private static final String ID = "cd4bb0e40a263703066e40a0e165ece4";

	private static final String UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

	private final Meta.Reader reader = new Meta.Reader(List.of("/stream-server", "/browser-server"));

	// --- section 3

	@ParameterizedTest
	@ValueSource(strings = { "/stream-server", "/browser-server", "/STREAM-Server", "/Browser-server" })
	void threeKindsOfStreamWithBothPrefixesInAnyCase(String prefix) {
		assertThat(read(prefix + "/server/one")).isEqualTo(new Meta(StreamRole.LISTEN, "one", null, false));
		assertThat(read(prefix + "/client/one/" + ID)).isEqualTo(new Meta(StreamRole.CONNECT, "one", null, true));
		assertThat(read(prefix + "/server/one/client/" + ID + "/r2"))
			.isEqualTo(new Meta(StreamRole.ACCEPT, "one", ID, true));
	}

	// --- section 6

	@Test
	void routeWordsMatchInAnyCaseAndNamesDiffer() {
		assertThat(read("/stream-server/SERVER/One")).isEqualTo(new Meta(StreamRole.LISTEN, "One", null, false));
		assertThat(read("/stream-server/Client/ONE/r")).isEqualTo(new Meta(StreamRole.CONNECT, "ONE", null, true));
		assertThat(read("/stream-server/Server/a/CLIENT/U/R").role()).isEqualTo(StreamRole.ACCEPT);
		assertThat(read("/stream-server/server/one").name()).isNotEqualTo(read("/stream-server/server/One").name());
	}

	@Test
	void slashAtTheEndIsAllowed() {
		assertThat(read("/stream-server/server/one/")).isEqualTo(new Meta(StreamRole.LISTEN, "one", null, false));
		assertThat(read("/stream-server/client/one/r/")).isEqualTo(new Meta(StreamRole.CONNECT, "one", null, true));
		assertThat(read("/stream-server/client/one/" + UUID + "/").opens()).isFalse();
		assertThat(read("/stream-server/server/one/client/u/r/"))
			.isEqualTo(new Meta(StreamRole.ACCEPT, "one", "u", true));
		assertThat(read("/stream-server/server/one/client/u/"))
			.isEqualTo(new Meta(StreamRole.ACCEPT, "one", "u", false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/stream-server/client/one", "/stream-server/client/one/", "/stream-server/client//r",
			"/stream-server/server/", "/stream-server/server", "/stream-server/server//",
			"/stream-server/server//client/u/r", "/stream-server/server/one/client",
			"/stream-server/server/one/client/", "/stream-server/server/one/client//r",
			"/stream-server/server/one/client/u//", "/stream-server/server/one/other/u/r", "stream-server/server/one",
			"/stream-serverr/server/one", "/server/one", "/stream-server/other/one", "", "/", "/echo/1", "null",
			"x/stream-server/server/one", "/stream-server//server/one", "/stream-server/server/one//" })
	void anythingElseIsARoute(String meta) {
		assertThat(read(meta)).isEqualTo(new Meta(StreamRole.ROUTE, meta, null, false));
	}

	@ParameterizedTest
	@CsvSource({ "a b,a b", "a%20b,a b", "a%2Fb,a/b", "a%2fb,a/b", "a+b,a+b", "%2B,+", "100%25,100%", "x?y=1#z,x?y=1#z",
			"..,..", "a.b,a.b", "\u00e9\u20ac,\u00e9\u20ac", "%C3%A9%E2%82%AC,\u00e9\u20ac",
			"%F0%9F%98%80,\ud83d\ude00", "\ufffd,\ufffd", "%EF%BF%BD,\ufffd", "%ef%bf%bd,\ufffd",
			"say \"hi\",say \"hi\"", "constructor,constructor", "__proto__,__proto__", "toString,toString",
			"client,client", "server,server" })
	void nameIsDecoded(String raw, String name) {
		assertThat(read("/stream-server/server/" + raw)).isEqualTo(new Meta(StreamRole.LISTEN, name, null, false));
		assertThat(read("/stream-server/client/" + raw + "/r"))
			.isEqualTo(new Meta(StreamRole.CONNECT, name, null, true));
		assertThat(read("/stream-server/server/" + raw + "/client/u/r"))
			.isEqualTo(new Meta(StreamRole.ACCEPT, name, "u", true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "100%", "%zz", "%ff", "%", "%2", "a%C3", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "%E2%82",
			"%u0041", "%-1", "%+1", "% 1", "%\uff14\uff11", "%ff%EF%BF%BD", "%ff\ufffd", "%C3\u00e9" })
	void badEscapeIsForNothing(String raw) {
		assertThat(read("/stream-server/server/" + raw).role()).isEqualTo(StreamRole.NONE);
		assertThat(read("/stream-server/client/" + raw + "/r").role()).isEqualTo(StreamRole.NONE);
		assertThat(read("/stream-server/server/" + raw + "/client/u/r").role()).isEqualTo(StreamRole.NONE);
	}

	@Test
	void slashInANameIsNoRouteToListenAndConnectsToItsFirstPart() {
		assertThat(read("/stream-server/server/a/b").role()).isEqualTo(StreamRole.ROUTE);
		assertThat(read("/stream-server/client/a/b/" + ID)).isEqualTo(new Meta(StreamRole.CONNECT, "a", null, true));
		assertThat(read("/stream-server/client/a//" + ID)).isEqualTo(new Meta(StreamRole.CONNECT, "a", null, true));
	}

	// --- section 7

	@Test
	void olderClientIsToldByItsUuid() {
		assertThat(read("/browser-server/client/one/" + UUID))
			.isEqualTo(new Meta(StreamRole.CONNECT, "one", null, false));
		assertThat(read("/browser-server/client/one/" + UUID.toUpperCase(java.util.Locale.ROOT)).opens()).isFalse();
		assertThat(read("/browser-server/client/one/" + UUID.replace("-", "")).opens()).isTrue();
		assertThat(read("/browser-server/client/one/" + UUID + "0").opens()).isTrue();
	}

	@Test
	void olderHostIsToldByItsPathWithoutRack2() {
		assertThat(read("/browser-server/server/one/client/" + ID))
			.isEqualTo(new Meta(StreamRole.ACCEPT, "one", ID, false));
	}

	// --- robustness

	@Test
	void longMetaTakesNoLongTime() {
		String longName = "a".repeat(1_000_000);
		assertThat(read("/stream-server/client/" + longName + "/" + "b/".repeat(100_000)).name()).isEqualTo(longName);
		assertThat(read("/stream-server/server/" + longName + "/" + "/".repeat(100_000)).role())
			.isEqualTo(StreamRole.ROUTE);
	}

	@Test
	void prefixIsNoPattern() {
		Meta.Reader odd = new Meta.Reader(List.of("/a.c(", ""));
		assertThat(odd.read("/a.c(/server/one").role()).isEqualTo(StreamRole.LISTEN);
		assertThat(odd.read("/abc(/server/one").role()).isEqualTo(StreamRole.ROUTE);
		assertThat(odd.read("/server/one").role()).isEqualTo(StreamRole.LISTEN);
	}

	private Meta read(String meta) {
		return this.reader.read(meta);
	}

}
