/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.time.Clock;
import java.time.Instant;

import io.github.browserstreamserver.proxy.DestroyReason;
import io.github.browserstreamserver.proxy.ProxyOptions;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.proxy.ServerListener;
import io.github.browserstreamserver.stream.Budget;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.StreamException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams to the application's code behind a path, on a connection of mux-demux.
 */
class RoutesTests {

	private final Budget budget = new Budget(16_777_216);

	private final ProxyRegistry registry = new ProxyRegistry(new ServerListener() {

		@Override
		public void created(String name, Instant at) {
		}

		@Override
		public void destroyed(String name, Instant at, DestroyReason reason) {
		}

	}, Runnable::run, this.budget, 1_048_576, Runnable::run, Runnable::run, Clock.systemUTC(),
			ProxyOptions.NONE.routes((path) -> switch (path) {
				case "/echo" -> RoutesTests::echo;
				case "/refuses" -> (stream) -> {
					throw new StreamException(ErrorCode.REFUSED, "not today");
				};
				case "/bytes" -> (stream) -> stream.write(Message.binary(new byte[1]));
				default -> null;
			}));

	private final LinePeer peer = new LinePeer(new MuxDemuxDialect(MuxDemuxLimits.DEFAULTS, this.budget,
			this.registry.acceptor(), (name) -> false, "/browser-server", System::nanoTime), "peer");

	@Test
	void streamToARouteIsServedByItsHandler() {
		this.peer.opens("R", "/echo").says("['R','data','text']", "['R','data',{'a':[1,null]}]", "['R','end']");
		assertThat(this.peer.heard()).containsExactly("['R','data','text']", "['R','data',{'a':[1,null]}]",
				"['R','end']", "['R','close']");
		this.peer.says("['R','close']");
		assertThat(this.budget.reserved()).isZero();
	}

	@Test
	void noRouteIsTheOriginalsString() {
		this.peer.opens("R", "/no/such");
		assertThat(this.peer.heard()).containsExactly("['R','error','404: invalid route: /no/such']", "['R','end']",
				"['R','close']");
	}

	@Test
	void handlerThatRefusesIsAnError() {
		this.peer.opens("R", "/refuses");
		assertThat(this.peer.heard()).containsExactly("['R','error',{'code':'REFUSED','library':'[stream-server]',"
				+ "'message':'not today','details':'/refuses'}]", "['R','end']", "['R','close']");
	}

	@Test
	void bytesEndTheStreamWithAnErrorThatSaysSo() {
		this.peer.opens("R", "/bytes");
		assertThat(this.peer.heard()).first(org.assertj.core.api.InstanceOfAssertFactories.STRING)
			.startsWith("['R','error',{'code':'REFUSED'")
			.contains("takes text and JSON, but no bytes");
	}

	private static void echo(DuplexStream stream) {
		stream.read().thenAccept((message) -> {
			message.ifPresent(stream::write);
			if (message.isPresent()) {
				echo(stream);
			}
			else {
				stream.end();
			}
		});
	}

}
