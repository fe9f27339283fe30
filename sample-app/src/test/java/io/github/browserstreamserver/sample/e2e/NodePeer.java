/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.browserstreamserver.sample.support.OriginalClients;
import io.github.browserstreamserver.sample.support.Prerequisite;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Node process that uses the original's clients over a plain WebSocket: mux-demux
 * without {@code boot}, so it does not reconnect.
 */
final class NodePeer implements OriginalPeer, AutoCloseable {

	private static final long PATIENCE_SECONDS = 60;

	private final JsonMapper json = new JsonMapper();

	private final Map<Long, CompletableFuture<Object>> answers = new ConcurrentHashMap<>();

	private final AtomicLong ids = new AtomicLong();

	private final Queue<String> errors = new ConcurrentLinkedQueue<>();

	private final Process process;

	private final BufferedWriter scripts;

	private final Thread hook;

	private NodePeer(Process process) {
		this.process = process;
		this.scripts = process.outputWriter(StandardCharsets.UTF_8);
		this.hook = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.hook);
		follow(process.inputReader(StandardCharsets.UTF_8), this::answer);
		follow(process.errorReader(StandardCharsets.UTF_8), this.errors::add);
	}

	/**
	 * Starts one.
	 * @param version the version of mux-demux
	 * @param origin where the application is, with {@code http:}
	 * @return the process
	 */
	static NodePeer start(String version, String origin) {
		Path directory = OriginalClients.fetch();
		Path node = Prerequisite.program("node");
		String server = origin.replace("http:", "ws:");
		try {
			return new NodePeer(
					new ProcessBuilder(node.toString(), "peer.cjs", version, server).directory(directory.toFile())
						.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void follow(BufferedReader reader, Consumer<String> lines) {
		Thread thread = new Thread(() -> {
			try (reader) {
				reader.lines().forEach(lines);
			}
			catch (IOException | UncheckedIOException ex) {
				// The process was ended.
			}
		}, "node-peer");
		thread.setDaemon(true);
		thread.start();
	}

	private void answer(String line) {
		JsonNode answer = this.json.readTree(line);
		CompletableFuture<Object> future = this.answers.remove(answer.get("id").asLong());
		if (answer.has("error")) {
			future.completeExceptionally(new AssertionError(answer.get("error").asString()));
		}
		else {
			future.complete(this.json.treeToValue(answer.get("value"), Object.class));
		}
	}

	@Override
	public Object run(String script, Object... args) {
		try {
			return begin(script, args).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new AssertionError("%s%nin the script (args %s)%n%s%nNode says %s".formatted(ex,
					Arrays.toString(args), script, errors()), ex);
		}
	}

	/** As {@link #run}, but does not wait. */
	CompletableFuture<Object> begin(String script, Object... args) {
		CompletableFuture<Object> future = new CompletableFuture<>();
		long id = this.ids.incrementAndGet();
		this.answers.put(id, future);
		String line = this.json.writeValueAsString(Map.of("id", id, "script", script, "args", args));
		try {
			synchronized (this.scripts) {
				this.scripts.write(line);
				this.scripts.newLine();
				this.scripts.flush();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Node says " + errors(), ex);
		}
		return future;
	}

	/** Returns what it has complained of. */
	List<String> errors() {
		return List.copyOf(this.errors);
	}

	/** Ends the process. It can say no goodbye. */
	@Override
	public void close() {
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
			this.process.destroyForcibly().waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
