/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.util.List;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what the first WebSocket would load: the original's client waits for its open
 * frame only some 400 ms. Names that a container or a version does not have are left out.
 */
final class WarmUp {

	private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

	private static final String SPRING = "org.springframework.web.socket.";

	private static final String TOMCAT = "org.apache.tomcat.websocket.";

	static final List<String> CLASSES = List.of(SPRING + "WebSocketHttpHeaders",
			SPRING + "adapter.standard.StandardWebSocketSession",
			SPRING + "adapter.standard.StandardWebSocketHandlerAdapter",
			SPRING + "adapter.standard.StandardWebSocketHandlerAdapter$1",
			SPRING + "adapter.standard.StandardWebSocketHandlerAdapter$2",
			SPRING + "adapter.standard.StandardWebSocketHandlerAdapter$5",
			SPRING + "server.standard.ServerEndpointRegistration", SPRING + "TextMessage", SPRING + "CloseStatus",
			"org.apache.tomcat.util.security.ConcurrentMessageDigest",
			"org.apache.tomcat.util.collections.CaseInsensitiveKeyMap", "org.apache.tomcat.util.http.NamesEnumerator",
			"org.apache.tomcat.util.buf.Utf8Encoder", "org.apache.coyote.UpgradeToken",
			"org.apache.coyote.http11.upgrade.UpgradeInfo", "org.apache.coyote.http11.upgrade.UpgradeProcessorInternal",
			TOMCAT + "server.UpgradeUtil", TOMCAT + "server.DefaultServerEndpointConfigurator",
			TOMCAT + "server.WsPerSessionServerEndpointConfig", TOMCAT + "server.WsHandshakeRequest",
			TOMCAT + "WsHandshakeResponse", TOMCAT + "server.WsHttpUpgradeHandler",
			TOMCAT + "server.WsRemoteEndpointImplServer", TOMCAT + "server.WsRemoteEndpointImplServer$1",
			TOMCAT + "server.WsFrameServer", TOMCAT + "TransformationFactory", TOMCAT + "TransformationBuilder",
			TOMCAT + "PerMessageDeflate", TOMCAT + "WsFrameBase$TerminalTransformation",
			TOMCAT + "WsFrameBase$UnmaskTransformation", TOMCAT + "WsFrameBase$ReadState", TOMCAT + "WsFrameBase$State",
			TOMCAT + "WsRemoteEndpointImplBase$StateMachine", TOMCAT + "WsRemoteEndpointImplBase$State",
			TOMCAT + "WsRemoteEndpointImplBase$TextMessageSendHandler",
			TOMCAT + "WsRemoteEndpointImplBase$EndMessageHandler",
			TOMCAT + "WsRemoteEndpointImplBase$IntermediateMessageHandler", TOMCAT + "WsRemoteEndpointAsync",
			TOMCAT + "WsRemoteEndpointBasic", TOMCAT + "WsSession", TOMCAT + "WsSession$1", TOMCAT + "WsSession$State",
			TOMCAT + "MessagePart", TOMCAT + "Util", TOMCAT + "WrappedMessageHandler", TOMCAT + "MessageHandlerResult",
			TOMCAT + "MessageHandlerResultType", TOMCAT + "pojo.PojoEndpointServer",
			TOMCAT + "pojo.PojoMessageHandlerWholeBinary", TOMCAT + "pojo.PojoMessageHandlerPartialBinary",
			"jakarta.websocket.SendResult", "jakarta.websocket.PongMessage", Reading.class.getName(),
			SockJsSocket.class.getName(), PlainSocket.class.getName(), Frames.class.getName(),
			MessageUnframer.class.getName());

	private WarmUp() {
	}

	static void run() {
		long begin = System.nanoTime();
		int loaded = 0;
		for (String name : CLASSES) {
			try {
				Class.forName(name, true, WarmUp.class.getClassLoader());
				loaded++;
			}
			catch (ClassNotFoundException | LinkageError ex) {
				logger.trace("Not here: {}", name);
			}
		}
		// the first random number may take long
		UUID random = UUID.randomUUID();
		logger.debug("Loaded {} of {} classes in {} ms, {}", loaded, CLASSES.size(),
				(System.nanoTime() - begin) / 1_000_000, random);
	}

}
