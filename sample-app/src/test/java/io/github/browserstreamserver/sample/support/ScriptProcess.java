/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.support;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process that runs scripts, such as one of Node's. A line on its standard input is a
 * script with its arguments, a line on its standard output is what became of one.
 */
public final class ScriptProcess implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 60;

	private final JsonMapper json = new JsonMapper();

	private final Map<Long, CompletableFuture<Object>> answers = new ConcurrentHashMap<>();

	private final AtomicLong ids = new AtomicLong();

	private final Queue<String> errors = new ConcurrentLinkedQueue<>();

	private final Process process;

	private final BufferedWriter scripts;

	private final Thread hook;

	private volatile boolean over;

	private ScriptProcess(Process process) {
		this.process = process;
		this.scripts = process.outputWriter(StandardCharsets.UTF_8);
		this.hook = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.hook);
		follow(process.inputReader(StandardCharsets.UTF_8), this::answer, this::ended);
		follow(process.errorReader(StandardCharsets.UTF_8), this.errors::add, () -> {
		});
	}

	/**
	 * Starts one.
	 * @param builder its command, directory and environment
	 * @return the process
	 */
	public static ScriptProcess start(ProcessBuilder builder) {
		try {
			return new ScriptProcess(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void follow(BufferedReader reader, Consumer<String> lines, Runnable end) {
		Thread thread = new Thread(() -> {
			try (reader) {
				reader.lines().forEach(lines);
			}
			catch (IOException | UncheckedIOException ex) {
				// The process was ended.
			}
			end.run();
		}, "script-process");
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

	private void ended() {
		this.over = true;
		this.answers.values()
			.forEach((future) -> future.completeExceptionally(new AssertionError("the process has ended")));
	}

	/**
	 * Runs a script as the body of an asynchronous function, and waits for what it
	 * returns.
	 * @param script the script; may {@code await} and {@code return}
	 * @param args what it finds in {@code args}
	 * @return what it returned, as JSON has it
	 */
	public Object run(String script, Object... args) {
		try {
			return begin(script, args).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new AssertionError("%s%nin the script (args %s)%n%s%nthe process says %s".formatted(ex,
					Arrays.toString(args), script, errors()), ex);
		}
	}

	/** As {@link #run}, but does not wait. */
	public CompletableFuture<Object> begin(String script, Object... args) {
		CompletableFuture<Object> future = new CompletableFuture<>();
		long id = this.ids.incrementAndGet();
		this.answers.put(id, future);
		if (this.over) {
			ended();
			return future;
		}
		String line = this.json.writeValueAsString(Map.of("id", id, "script", script, "args", args));
		try {
			synchronized (this.scripts) {
				this.scripts.write(line);
				this.scripts.newLine();
				this.scripts.flush();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the process says " + errors(), ex);
		}
		return future;
	}

	/** Returns what it has complained of. */
	public List<String> errors() {
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
