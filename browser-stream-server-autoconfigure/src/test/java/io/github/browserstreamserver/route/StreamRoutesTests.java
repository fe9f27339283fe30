/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.StreamHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Which route a path takes, and what it is told. The {@link ProxyRegistry} asks.
 */
class StreamRoutesTests {

	private final List<String> served = new ArrayList<>();

	private final List<RouteMatch> matches = new ArrayList<>();

	@Test
	void wildcardMatchesOneSegmentAndIsTheRest() throws Exception {
		StreamRoutes routes = routes("/echo/*");
		serve(routes, "/echo/1");
		assertThat(this.matches).containsExactly(new RouteMatch("/echo/1", Map.of(), "1"));
		assertThat(routes.resolve("/echo/1/2")).isNull();
		assertThat(routes.resolve("/echo")).isNull();
	}

	@Test
	void doubleWildcardMatchesAllBelow() throws Exception {
		StreamRoutes routes = routes("/files/**");
		serve(routes, "/files/a/b c.txt");
		assertThat(this.matches.get(0).rest()).isEqualTo("a/b c.txt");
	}

	@Test
	void variablesAreDecoded() throws Exception {
		StreamRoutes routes = routes("/rooms/{room}/seats/{seat}");
		serve(routes, "/rooms/a%20b/seats/ü");
		assertThat(this.matches.get(0).variables()).isEqualTo(Map.of("room", "a b", "seat", "ü"));
		assertThat(this.matches.get(0).variable("room")).isEqualTo("a b");
		assertThatIllegalArgumentException().isThrownBy(() -> this.matches.get(0).variable("door"))
			.withMessageContaining("'door'")
			.withMessageContaining("room");
	}

	@Test
	void mostSpecificRouteIsTaken() throws Exception {
		StreamRoutes routes = routes("/**", "/echo/{id}", "/echo/1", "/echo/*");
		serve(routes, "/echo/1");
		serve(routes, "/echo/2");
		serve(routes, "/other");
		assertThat(this.served).containsExactly("/echo/1", "/echo/{id}", "/**");
	}

	@Test
	void caseAndSlashAtTheEndDoNotMatter() throws Exception {
		StreamRoutes routes = routes("/echo/*");
		serve(routes, "/ECHO/Abc/");
		assertThat(this.matches.get(0).rest()).isEqualTo("Abc");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "echo/1", "/", "//", "/echo/", "/echo/100%", "/echo/%zz", "/nothing", "{\"a\":1}" })
	void whatHasNoRouteFindsNone(String path) {
		assertThat(routes("/echo/{id}").resolve(path)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "echo/*", "", "/echo/{", "/a/**/b/{*c}/d", "/rooms/:room" })
	void patternThatIsNoneIsRefused(String pattern) {
		assertThatIllegalArgumentException().isThrownBy(() -> route(pattern))
			.withMessageContaining("cannot be a route");
	}

	@ParameterizedTest
	@CsvSource({ "/echo/*, /Echo/*", "/r/{a}, /r/{b}", "/a, /a/", "/ab, /ab", "/f/{*x}, /f/{*y}",
			"/n/{a:[0-9]+}, /n/{b:[0-9]+}" })
	void twoRoutesForTheSamePathsAreRefused(String one, String other) {
		StreamRoutes routes = routes(one, "/cd", other);
		assertThatIllegalStateException().isThrownBy(routes::all)
			.withMessageContaining("Two StreamRoute beans are for the same paths")
			.withMessageContaining("'" + one + "'")
			.withMessageContaining("'" + other + "'");
	}

	@Test
	void routesThatOnlyLookAlikeAreDistinct() {
		assertThat(routes("/r/{a}", "/r/*", "/r/{*a}", "/r/**", "/n/{a:[0-9]+}", "/n/{a:[a-z]+}").all()).hasSize(6);
	}

	@Test
	void slashAtTheEndOfThePatternDoesNotMatterEither() throws Exception {
		StreamRoutes routes = routes("/slash/", "/x/*/");
		serve(routes, "/slash");
		serve(routes, "/slash/");
		serve(routes, "/x/1");
		assertThat(this.served).containsExactly("/slash/", "/slash/", "/x/*/");
	}

	@Test
	void semicolonIsTextLikeOther() throws Exception {
		StreamRoutes routes = routes("/rooms/{room}", "/rest/**");
		serve(routes, "/rooms/a;b=1");
		serve(routes, "/rest/a;b/c");
		assertThat(this.matches.get(0).variable("room")).isEqualTo("a;b=1");
		assertThat(this.matches.get(1).rest()).isEqualTo("a;b/c");
	}

	@Test
	void handlersFailureIsPassedOn() {
		StreamRoutes routes = new StreamRoutes(() -> Stream.of(new StreamRoute("/fails", (stream, match) -> {
			throw new java.io.IOException("as told");
		})));
		StreamHandler handler = routes.resolve("/fails");
		assertThat(handler).isNotNull();
		assertThatExceptionOfType(java.io.IOException.class).isThrownBy(() -> handler.handle(mock(DuplexStream.class)));
	}

	private void serve(StreamRoutes routes, String path) throws Exception {
		@Nullable StreamHandler handler = routes.resolve(path);
		assertThat(handler).as(path).isNotNull();
		handler.handle(mock(DuplexStream.class));
	}

	private StreamRoutes routes(String... patterns) {
		List<StreamRoute> routes = Stream.of(patterns).map(this::route).toList();
		return new StreamRoutes(routes::stream);
	}

	private StreamRoute route(String pattern) {
		return new StreamRoute(pattern, (stream, match) -> {
			this.served.add(pattern);
			this.matches.add(match);
		});
	}

}
