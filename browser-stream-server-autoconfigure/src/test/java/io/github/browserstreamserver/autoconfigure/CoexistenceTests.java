/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.RawSocket;
import io.github.browserstreamserver.testing.RawSocket.Response;
import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beside an application's own WebSockets, STOMP, controllers and static resources,
 * nothing of either side changes.
 */
@Tag("transport")
class CoexistenceTests {

	@TempDir
	static Path files;

	private static TestServer server;

	@BeforeAll
	static void start() throws Exception {
		Files.createDirectories(files.resolve("assets"));
		Files.writeString(files.resolve("assets/hello.txt"), "hello from a file");
		server = TestServer.start(Application.class, "spring.web.resources.static-locations=" + files.toUri());
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static Response get(String path) {
		try (RawSocket socket = server.socket()) {
			return socket.get(path);
		}
	}

	@Test
	void leavesTheApplicationsOwnWebSocketHandlerAlone() throws Exception {
		Texts texts = new Texts();
		WebSocket socket = connect("/sockets/own", texts, "");
		socket.sendText("ping", true).join();
		assertThat(texts.next()).isEqualTo("own: ping");
		socket.abort();
	}

	@Test
	void leavesTheApplicationsStompBrokerAlone() throws Exception {
		Texts texts = new Texts();
		WebSocket socket = connect("/sockets/stomp", texts, "v12.stomp");
		socket.sendText("CONNECT\naccept-version:1.2\nhost:test\n\n\0", true).join();
		assertThat(texts.next()).startsWith("CONNECTED");
		socket.sendText("SUBSCRIBE\nid:0\ndestination:/topic/a\n\n\0", true).join();
		socket.sendText("SEND\ndestination:/topic/a\n\nhello\0", true).join();
		assertThat(texts.next()).startsWith("MESSAGE").contains("hello");
		socket.abort();
	}

	private static WebSocket connect(String path, WebSocket.Listener listener, String subprotocol) {
		WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
		if (!subprotocol.isEmpty()) {
			builder.subprotocols(subprotocol);
		}
		return builder.buildAsync(URI.create(server.origin().replace("http", "ws") + path), listener)
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
	}

	@Test
	void isNotShadowedByAControllerThatMatchesEverything() {
		try (RawPeer peer = server.peer().listen("name")) {
			peer.roundTrip("still here");
		}
		assertThat(get("/browser-server").status()).isEqualTo(400);
		assertThat(get("/browser-server/client.js").headers().get("Content-Type")).startsWith("text/javascript");
	}

	@Test
	void leavesTheApplicationsControllersAlone() {
		assertThat(get("/anything").body()).isEqualTo("page anything");
		assertThat(get("/browser").body()).isEqualTo("page browser");
		assertThat(get("/browser-server2").body()).isEqualTo("page browser-server2");
		assertThat(get("/browser-server/mine").body()).isEqualTo("browser-server of mine");
	}

	@Test
	void leavesTheApplicationsStaticResourcesAlone() {
		assertThat(get("/assets/hello.txt").body()).isEqualTo("hello from a file");
		assertThat(get("/assets/nothing.txt").status()).isEqualTo(404);
	}

	private static final class Texts implements WebSocket.Listener {

		private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.texts.add(data.toString());
			webSocket.request(1);
			return null;
		}

		String next() throws InterruptedException {
			return this.texts.poll(20, TimeUnit.SECONDS);
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebSocket
	@EnableWebSocketMessageBroker
	static class Application {

		@Bean
		Pages pages() {
			return new Pages();
		}

		@Bean
		WebSocketConfigurer own() {
			return new Own();
		}

		@Bean
		WebSocketMessageBrokerConfigurer stomp() {
			return new Stomp();
		}

	}

	static class Own implements WebSocketConfigurer {

		@Override
		public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
			registry.addHandler(new TextWebSocketHandler() {

				@Override
				protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
					session.sendMessage(new TextMessage("own: " + message.getPayload()));
				}

			}, "/sockets/own");
		}

	}

	static class Stomp implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.setPreserveReceiveOrder(true).addEndpoint("/sockets/stomp");
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

	}

	@RestController
	static class Pages {

		@GetMapping("/{page}")
		String page(@PathVariable String page) {
			return "page " + page;
		}

		@GetMapping("/{folder}/mine")
		String mine(@PathVariable String folder) {
			return folder + " of mine";
		}

	}

}
