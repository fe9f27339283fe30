/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.browserstreamserver.proxy.ProxyRegistry;
import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.Message;
import io.github.browserstreamserver.stream.StreamException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Java code as a client of a tab: asks what came over HTTP, and answers with the first
 * message that the tab sends. No thread waits for the tab.
 */
@RestController
class AskController {

	/** The host sees this as {@code stream.meta}. */
	private static final String METADATA = "{\"kind\":\"ask\"}";

	private final ProxyRegistry registry;

	private final Duration timeout;

	AskController(ProxyRegistry registry, @Value("${sample.ask-timeout:10s}") Duration timeout) {
		this.registry = registry;
		this.timeout = timeout;
	}

	/**
	 * Asks a tab.
	 * @param name the name that the tab listens on, behind a slash; may have more of them
	 * @param question what to ask
	 * @return the tab's answer
	 */
	@GetMapping("/ask/{*name}")
	CompletableFuture<ResponseEntity<byte[]>> ask(@PathVariable String name, @RequestParam("q") String question) {
		DuplexStream stream = this.registry.connect(name.substring(1), METADATA);
		return stream.write(question)
			.thenRun(stream::end)
			.thenCompose((written) -> stream.read())
			.thenApply((answer) -> answer.orElseThrow(
					() -> new StreamException(ErrorCode.CANCELLED, "'" + stream.name() + "' ended without an answer")))
			.orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS)
			// Not close(): that would first wait until the tab has read the question.
			.whenComplete((answer, failure) -> stream.reset(ErrorCode.CANCELLED, "nobody waits for an answer any more"))
			.thenApply(AskController::response);
	}

	/** What a tab says is not ours: it must not pass for a page of this application. */
	private static ResponseEntity<byte[]> response(Message answer) {
		MediaType type = switch (answer.kind()) {
			case TEXT -> MediaType.valueOf("text/plain;charset=UTF-8");
			case JSON -> MediaType.APPLICATION_JSON;
			case BINARY -> MediaType.APPLICATION_OCTET_STREAM;
		};
		return ResponseEntity.ok().contentType(type).header("X-Content-Type-Options", "nosniff").body(answer.bytes());
	}

	@ExceptionHandler
	ProblemDetail streamEnded(StreamException failure) {
		HttpStatus status = switch (failure.code()) {
			case NO_SUCH_SERVER -> HttpStatus.NOT_FOUND;
			case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
			default -> HttpStatus.BAD_GATEWAY;
		};
		return problem(status, failure.code(), failure.getMessage());
	}

	@ExceptionHandler
	ProblemDetail noAnswerInTime(TimeoutException failure) {
		return problem(HttpStatus.GATEWAY_TIMEOUT, ErrorCode.TIMEOUT,
				"no answer within " + this.timeout.toMillis() + " ms");
	}

	@ExceptionHandler
	ProblemDetail badName(IllegalArgumentException failure) {
		return problem(HttpStatus.BAD_REQUEST, ErrorCode.INVALID_OPEN, failure.getMessage());
	}

	private static ProblemDetail problem(HttpStatus status, ErrorCode code, @Nullable String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(detail));
		problem.setProperty("code", code);
		return problem;
	}

}
