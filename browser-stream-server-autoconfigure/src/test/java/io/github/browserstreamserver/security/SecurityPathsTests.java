/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.security;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import io.github.browserstreamserver.testing.RawPeer;
import io.github.browserstreamserver.testing.RawSocket;
import io.github.browserstreamserver.testing.RawSocket.Response;
import io.github.browserstreamserver.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.anonymous;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * No odd or encoded path leads around Spring Security: not in an application where all
 * but our paths is for everybody, and not with a firewall that lets everything through.
 */
@Tag("transport")
class SecurityPathsTests {

	/** Paths as they are sent: what they mean depends on who reads them. */
	static final List<String> ODD = List.of("/browser-server", "/browser-server/", "//browser-server",
			"/browser-server//", "/browser-server;x=1", "/browser-server;", "/;x/browser-server",
			"/browser-server/;x=1", "/%62rowser-server", "/browser%2Dserver", "/browser-server%2f",
			"/%2fbrowser-server", "/browser-server%3bx=1", "/browser-server%20", "/browser-server%00",
			"/browser-server%0a", "/./browser-server", "/%2e/browser-server", "/x/../browser-server",
			"/x/%2e%2e/browser-server", "/x/..;/browser-server", "/browser-server/.", "/browser-server/..",
			"/browser-server/x/..", "/browser-server%5c", "/browser-server\\", "/BROWSER-SERVER", "/Browser-Server",
			"/browser-server.js", "/browser-server?x", "/browser-server/client.js", "/browser-server/%63lient.js",
			"/browser-server/client%2ejs", "/browser-server/client.js;x", "/browser-server;x/client.js",
			"/browser-server//client.js", "/browser-server/client.js/", "/browser-server/x/../client.js",
			"/%62rowser-server/client.js", "/browser-server/./client.js", "/boot/websocket", "/boot/%77ebsocket",
			"/boot;x/websocket", "/boot//websocket", "/%62oot/websocket", "/boot/websocket/", "/boot/websocket;x",
			"/boot/info", "/boot/info;x", "/boot/x/../info", "//boot/info", "/%62oot/info", "/boot");

	private static TestServer strict;

	private static TestServer lenient;

	@BeforeAll
	static void start() {
		String[] properties = { "spring.autoconfigure.exclude=", "browser-stream-server.boot.enabled=true" };
		strict = TestServer.start(Application.class, properties);
		lenient = TestServer.start(Application.class,
				Stream.concat(Stream.of(properties), Stream.of("lenient=true")).toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		strict.close();
		lenient.close();
	}

	@ParameterizedTest
	@FieldSource("ODD")
	void noPathLeadsNobodyToUs(String path) {
		for (TestServer server : new TestServer[] { strict, lenient }) {
			try (RawSocket socket = server.socket(); RawSocket other = server.socket()) {
				assertNotUs(socket.upgrade(path, "Sec-WebSocket-Protocol: " + RawPeer.SUBPROTOCOL));
				assertNotUs(other.get(path));
			}
		}
	}

	private static void assertNotUs(Response response) {
		assertThat(response.status()).isIn(400, 401, 404);
		assertThat(response.body()).doesNotContain("WebSocket", "Welcome to SockJS", "export", "websocket\":true");
	}

	@Test
	void thePathsThemselvesAreThereForWhoHasLoggedIn() {
		for (TestServer server : new TestServer[] { strict, lenient }) {
			for (String path : new String[] { "/browser-server/client.js", "/boot/info", "/boot" }) {
				try (RawSocket socket = server.socket()) {
					assertThat(socket.get(path, "Authorization: Basic YWxpY2U6c2VjcmV0").status()).isEqualTo(200);
				}
			}
			try (RawSocket socket = server.socket()) {
				assertThat(socket
					.upgrade("/browser-server", "Authorization: Basic YWxpY2U6c2VjcmV0",
							"Sec-WebSocket-Protocol: " + RawPeer.SUBPROTOCOL)
					.status()).isEqualTo(101);
			}
		}
	}

	// --- the same without a server, as an application would test its own rules

	private static MockMvc mvc(TestServer server) {
		return MockMvcBuilders.webAppContextSetup((WebApplicationContext) server.context())
			.apply(springSecurity())
			.build();
	}

	@ParameterizedTest
	@FieldSource("ODD")
	void noPathLeadsNobodyToUsInMockMvc(String path) throws Exception {
		if (path.contains("\\")) {
			return; // no URI
		}
		int status = mvc(strict).perform(get(URI.create("http://localhost" + path)).with(anonymous()))
			.andReturn()
			.getResponse()
			.getStatus();
		assertThat(status).isIn(400, 401, 404);
	}

	@Test
	void rulesForOurPathsAreThoseOfRequestMatchers() throws Exception {
		MockMvc mvc = mvc(strict);
		mvc.perform(get("/browser-server").with(anonymous())).andExpect(status().isUnauthorized());
		mvc.perform(get("/browser-server/client.js").with(anonymous())).andExpect(status().isUnauthorized());
		mvc.perform(get("/browser-server").with(user("eve").roles("GUEST"))).andExpect(status().isForbidden());
		mvc.perform(get("/browser-server/client.js").with(user("alice").roles("USER")))
			.andExpect(status().isOk())
			.andExpect(content().contentTypeCompatibleWith("text/javascript"));
		// beyond security, and no handshake
		mvc.perform(get("/browser-server").with(user("alice").roles("USER"))).andExpect(status().isBadRequest());
	}

	@Test
	void theOriginalsPostsNeedTheExceptionFromCsrf() throws Exception {
		// 404: there is no such session
		mvc(strict).perform(post("/boot/000/abcdefgh/xhr_send").with(user("alice").roles("USER")))
			.andExpect(status().isNotFound());
		mvc(strict).perform(post("/boot/000/abcdefgh/xhr_send").with(anonymous())).andExpect(status().isUnauthorized());
		mvc(strict).perform(post("/elsewhere").with(user("alice").roles("USER"))).andExpect(status().isForbidden());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/browser-server", "/browser-server/*.js", "/boot/**")
							.hasRole("USER")
							.anyRequest()
							.permitAll())
				.csrf((csrf) -> csrf.ignoringRequestMatchers("/boot/**"))
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(SecuredApplication.user("alice", "USER"));
		}

		@Bean
		@ConditionalOnBooleanProperty("lenient")
		StrictHttpFirewall firewall() {
			StrictHttpFirewall firewall = new StrictHttpFirewall();
			firewall.setAllowBackSlash(true);
			firewall.setAllowNull(true);
			firewall.setAllowSemicolon(true);
			firewall.setAllowUrlEncodedCarriageReturn(true);
			firewall.setAllowUrlEncodedDoubleSlash(true);
			firewall.setAllowUrlEncodedLineFeed(true);
			firewall.setAllowUrlEncodedPercent(true);
			firewall.setAllowUrlEncodedPeriod(true);
			firewall.setAllowUrlEncodedSlash(true);
			return firewall;
		}

	}

}
