/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.websocket;

import java.util.HashMap;

import io.github.browserstreamserver.binary.BinaryDialect;
import io.github.browserstreamserver.binary.BinaryLimits;
import io.github.browserstreamserver.stream.Budget;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willDoNothing;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/**
 * What containers do to a handler in an order that no test against a real one can force.
 */
class StreamWebSocketHandlerTests {

	private final StreamConnections connections = new StreamConnections();

	private final StreamWebSocketHandler handler = new StreamWebSocketHandler(
			new BinaryDialect(BinaryLimits.DEFAULTS, new Budget(1_000_000), (from, request, end) -> {
			}, System::nanoTime), this.connections);

	private final Session nativeSession = mock(Session.class);

	private final RemoteEndpoint.Async remote = mock(RemoteEndpoint.Async.class);

	private final NativeWebSocketSession session = mock(NativeWebSocketSession.class);

	@BeforeEach
	void prepare() {
		this.connections.start();
		given(this.session.getNativeSession(Session.class)).willReturn(this.nativeSession);
		given(this.session.getAttributes()).willReturn(new HashMap<>());
		given(this.session.isOpen()).willReturn(true);
		given(this.nativeSession.getUserProperties()).willReturn(new HashMap<>());
		given(this.nativeSession.getAsyncRemote()).willReturn(this.remote);
	}

	@AfterEach
	void stop() {
		this.handler.afterConnectionClosed(this.session, CloseStatus.GOING_AWAY);
		this.connections.stop();
	}

	@Test
	void keepsAConnectionUntilItIsClosed() {
		willDoNothing().given(this.remote).sendBinary(any(), any());
		this.handler.afterConnectionEstablished(this.session);
		assertThat(this.connections.count()).isOne();
		this.handler.afterConnectionClosed(this.session, CloseStatus.NORMAL);
		assertThat(this.connections.count()).isZero();
	}

	@Test
	void forgetsAConnectionThatIsClosedWhileItIsEstablished() {
		willAnswer((call) -> {
			given(this.session.isOpen()).willReturn(false);
			this.handler.afterConnectionClosed(this.session, CloseStatus.NO_CLOSE_FRAME);
			return null;
		}).given(this.remote).sendBinary(any(), any());
		this.handler.afterConnectionEstablished(this.session);
		assertThat(this.connections.count()).isZero();
	}

	@Test
	void closesTheSessionWhenAWriteFailsAndTheContainerSaysNoMore() {
		willAnswer((call) -> {
			call.getArgument(1, SendHandler.class)
				.onResult(new SendResult(this.nativeSession, new IllegalStateException("broken pipe")));
			return null;
		}).given(this.remote).sendBinary(any(), any());
		this.handler.afterConnectionEstablished(this.session);
		await().untilAsserted(() -> verify(this.nativeSession, atLeastOnce()).close(any()));
	}

	@Test
	void takesNoNoticeOfWhatComesBehindTheEnd() {
		willDoNothing().given(this.remote).sendBinary(any(), any());
		this.handler.handleMessage(this.session, new BinaryMessage(new byte[] { 1 }));
		this.handler.afterConnectionEstablished(this.session);
		this.handler.handleTransportError(this.session, new IllegalStateException("reset"));
		this.handler.handleTransportError(this.session, new IllegalStateException("reset"));
		this.handler.handleMessage(this.session, new BinaryMessage(new byte[] { 1 }));
		this.handler.afterConnectionClosed(this.session, CloseStatus.NO_CLOSE_FRAME);
		assertThat(this.connections.count()).isZero();
	}

	@Test
	void saysWhatItNeedsWhenTheSessionIsNotJakartas() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.handler.afterConnectionEstablished(mock(WebSocketSession.class)))
			.withMessageContaining("StandardWebSocketUpgradeStrategy");
	}

}
