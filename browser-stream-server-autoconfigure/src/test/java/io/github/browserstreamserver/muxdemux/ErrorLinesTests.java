/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Duration;

import io.github.browserstreamserver.stream.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors to the letter, as the original's clients compare them (facts, section 4.4), and
 * names in them (section 6).
 */
class ErrorLinesTests {

	private static final String ID = "0123456789abcdef0123456789abcdef";

	private final LineRelay relay = new LineRelay();

	private final LinePeer host = this.relay.peer("host");

	private final LinePeer client = this.relay.peer("client");

	@AfterEach
	void nothingIsLeft() {
		this.relay.everybodyGoes();
	}

	@Test
	void noSuchServer() {
		assertHears("/stream-server/client/nobody/r",
				"{\"code\":\"404\",\"library\":\"[stream-server]\",\"message\":\"server does not exist\",\"details\":\"nobody\"}");
	}

	@Test
	void nameTaken() {
		this.host.opens("S", "/stream-server/server/one");
		assertHears("/stream-server/server/one",
				"{\"code\":\"500\",\"library\":\"[stream-server]\",\"message\":\"server already exists\",\"details\":\"one\"}");
		assertThat(this.relay.events).containsExactly("created one");
		this.client.opens("D", "/stream-server/client/one/r");
		assertThat(this.host.heard()).hasSize(1);
	}

	@Test
	void nameTakenByTheSameConnection() {
		this.client.opens("S", "/stream-server/server/one");
		assertHears("/browser-server/server/one",
				"{\"code\":\"500\",\"library\":\"[stream-server]\",\"message\":\"server already exists\",\"details\":\"one\"}");
		this.host.opens("C", "/stream-server/client/one/r");
		assertThat(this.client.heard()).singleElement().asString().startsWith("['S','data','");
	}

	@Test
	void clientGone() {
		this.host.opens("S", "/stream-server/server/one");
		assertHears("/stream-server/server/one/client/" + ID + "/r",
				"{\"code\":\"500\",\"library\":\"[stream-server]\",\"message\":\"cannot open client-server connection\",\"details\":\""
						+ ID + "\"}");
	}

	@Test
	void noSuchServerToAcceptFor() {
		assertHears("/stream-server/server/nobody/client/" + ID + "/r",
				"{\"code\":\"500\",\"library\":\"[stream-server]\",\"message\":\"cannot open client-server connection, server doesnot exist\",\"details\":\"nobody\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/echo/1", "/stream-server/server/a/b", "/stream-server/client/one", "",
			"x\u00e9\ud83d\ude00/", "/stream-server/server/" })
	void noRoute(String meta) {
		assertHears(meta, "\"404: invalid route: " + meta + "\"");
	}

	@Test
	void noRouteWithCharactersThatNeedEscapes() {
		this.client.saysText("[\"C\",\"new\",{\"meta\":\"a\\\"\\n\\u0000\\ud800\"}]\n");
		assertThat(this.client.heardMessages()).first()
			.isEqualTo("[\"C\",\"error\",\"404: invalid route: a\\\"\\n\\u0000\ufffd\"]\n");
	}

	@Test
	void veryLongRouteIsNotRepeatedWhole() {
		this.client.opens("C", "/" + "x".repeat(500_000));
		assertThat(this.client.heardMessages()).hasSize(3).first().asString().hasSizeLessThan(2_000);
	}

	@ParameterizedTest
	@CsvSource({ "a%20b,a b", "a b,a b", "a%2Fb,a/b", "a+b,a+b", "x?y#z,x?y#z", "%C3%A9,\u00e9", "..,.." })
	void detailsHaveTheDecodedName(String raw, String name) {
		assertHears("/stream-server/client/" + raw + "/r",
				"{\"code\":\"404\",\"library\":\"[stream-server]\",\"message\":\"server does not exist\",\"details\":\""
						+ name + "\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/stream-server/server/100%", "/stream-server/client/%zz/r", "/stream-server/client/%ff/r",
			"/stream-server/server/%/client/u/r", "/stream-server/server/a%00b" })
	void nameThatCannotBeIsAnErrorForItsStreamOnly(String meta) {
		this.client.opens("C", meta);
		assertThat(this.client.heard()).hasSize(3)
			.first()
			.asString()
			.startsWith("['C','error',{'code':'400','library':'[stream-server]','message':'");
		assertThat(this.client.closed()).isNull();
	}

	@Test
	void nameThatIsTooLongIsAnErrorForItsStreamOnly() {
		this.client.opens("C", "/stream-server/server/" + "x".repeat(256));
		assertThat(this.client.heard()).hasSize(3).first().asString().startsWith("['C','error',{'code':'400',");
		this.client.opens("C", "/stream-server/server/" + "x".repeat(255));
		assertThat(this.client.heard()).isEmpty();
	}

	@Test
	void closeThatAnswersAnErrorIsSilent() {
		this.client.opens("C", "/stream-server/client/nobody/r");
		this.client.heard();
		this.client.says("['C','close']", "['C','end']", "['C','error',null]");
		assertThat(this.client.heard()).isEmpty();
		this.client.opens("C", "/stream-server/client/nobody/r");
		assertThat(this.client.heard()).hasSize(3);
	}

	@Test
	void errorsOfClientsGoNowhere() {
		joined();
		this.client.says("['C','error','oh']", "['C','error',{'message':'oh'}]", "['C','error',null]", "['C','error']");
		this.host.says("['A','error',{'code':'404'}]", "['A','error']", "['S','error','oh']");
		assertThat(this.host.heard()).isEmpty();
		assertThat(this.client.heard()).isEmpty();
		this.client.says("['C','data',1]");
		assertThat(this.host.heard()).containsExactly("['A','data',1]");
	}

	@ParameterizedTest
	@EnumSource(value = ErrorCode.class, mode = EnumSource.Mode.EXCLUDE,
			names = { "HOST_GONE", "CLIENT_GONE", "CANCELLED", "CONNECTION_LOST", "SHUTDOWN" })
	void otherErrorsLookLikeTheOriginals(ErrorCode code) {
		var server = this.relay.registry.listen("java", (stream) -> stream.reset(code, "a reason"));
		String number = (code == ErrorCode.NO_SUCH_SERVER) ? "404" : code.name();
		String message = (code == ErrorCode.NO_SUCH_SERVER) ? "server does not exist" : "a reason";
		this.client.opens("C", "/stream-server/client/java/r");
		assertThat(this.client.heard()).endsWith("['C','error',{'code':'" + number
				+ "','library':'[stream-server]','message':'" + message + "','details':'java'}]", "['C','end']",
				"['C','close']");
		server.close();
	}

	@Test
	void shutdownThatDoesNotCloseTheConnectionIsAnErrorAfterAll() {
		var server = this.relay.registry.listen("java", (stream) -> stream.reset(ErrorCode.SHUTDOWN, "a reason"));
		this.client.opens("C", "/stream-server/client/java/r");
		assertThat(this.client.heard()).containsExactly("['C','data','[stream-server]:open']");
		this.relay.pass(Duration.ofSeconds(10), this.client);
		assertThat(this.client.heard()).containsExactly(
				"['C','error',{'code':'SHUTDOWN','library':'[stream-server]','message':'a reason','details':'java'}]",
				"['C','end']", "['C','close']");
		server.close();
	}

	@ParameterizedTest
	@EnumSource(value = ErrorCode.class, names = { "HOST_GONE", "CLIENT_GONE", "CANCELLED" })
	void whoeverMerelyWentMakesNoError(ErrorCode code) {
		var server = this.relay.registry.listen("java", (stream) -> stream.reset(code, "a reason"));
		this.client.opens("C", "/stream-server/client/java/r");
		assertThat(this.client.heard()).endsWith("['C','end']", "['C','close']")
			.noneMatch((line) -> line.contains("error"));
		server.close();
	}

	private void assertHears(String meta, String error) {
		this.client.opens("C", meta);
		assertThat(this.client.heardMessages()).containsExactly("[\"C\",\"error\"," + error + "]\n",
				"[\"C\",\"end\"]\n", "[\"C\",\"close\"]\n");
		this.client.heard();
	}

	private void joined() {
		this.host.opens("S", "/stream-server/server/one");
		this.client.opens("C", "/stream-server/client/one/rack1");
		this.host.takesClient("S", "A", "one");
		this.client.heard();
		this.host.heard();
	}

}
