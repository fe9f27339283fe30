/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A process that ends when we do, at the latest. Its output is read as it comes.
 */
final class Child implements Closeable {

	private static final int LAST_LINES = 40;

	private static final Set<Child> ALIVE = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Child::kill)));
	}

	private final Process process;

	private final Predicate<String> awaited;

	private final CompletableFuture<String> line = new CompletableFuture<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final ArrayDeque<String> output = new ArrayDeque<>();

	private final Thread reader;

	/**
	 * Starts a process.
	 * @param command what to run
	 * @param awaited which line of its output is waited for
	 * @throws IOException if it does not start
	 */
	Child(List<String> command, Predicate<String> awaited) throws IOException {
		this.awaited = awaited;
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		ALIVE.add(this);
		this.reader = new Thread(this::read, "output of " + this.process.pid());
		this.reader.setDaemon(true);
		this.reader.start();
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				take(line);
			}
		}
		catch (IOException ex) {
			this.line.completeExceptionally(ex);
		}
		this.line.completeExceptionally(new IOException("it ended: " + output()));
		this.ended.complete(null);
	}

	private void take(String line) {
		synchronized (this.output) {
			this.output.add(line);
			if (this.output.size() > LAST_LINES) {
				this.output.remove();
			}
		}
		if (this.awaited.test(line)) {
			this.line.complete(line);
		}
	}

	List<String> output() {
		synchronized (this.output) {
			return List.copyOf(this.output);
		}
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * Does something when no more output comes, since the process has ended.
	 * @param action what; at once if it has
	 * @return for who does not want it any more
	 */
	CompletableFuture<Void> whenEnded(Runnable action) {
		return this.ended.thenRun(action);
	}

	/**
	 * Waits for the line.
	 * @param seconds how long at most
	 * @return the line
	 * @throws IOException if it does not come
	 */
	String awaitLine(int seconds) throws IOException {
		try {
			return this.line.get(seconds, TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IOException("process " + pid() + " is not ready: " + output(), ex);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * Waits until the process ends by itself.
	 * @param seconds how long at most
	 * @return its last lines
	 * @throws IOException if it does not end, or not well
	 */
	List<String> awaitEnd(int seconds) throws IOException {
		try {
			if (!this.process.waitFor(seconds, TimeUnit.SECONDS)) {
				throw new IOException("process " + pid() + " takes longer than " + seconds + " s: " + output());
			}
			this.reader.join(TimeUnit.SECONDS.toMillis(seconds));
			if (this.process.exitValue() != 0) {
				throw new IOException("process " + pid() + " failed: " + output());
			}
			return output();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private void kill() {
		try (Stream<ProcessHandle> children = this.process.descendants()) {
			children.toList().forEach(ProcessHandle::destroyForcibly);
		}
		this.process.destroyForcibly();
	}

	@Override
	public void close() {
		kill();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			throw new UncheckedIOException(new IOException(ex));
		}
		ALIVE.remove(this);
	}

}
