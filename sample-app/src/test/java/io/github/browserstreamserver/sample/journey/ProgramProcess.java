/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.browserstreamserver.sample.support.Await;

/**
 * A program that serves the tests: a browser, a driver, a display. What it prints is
 * kept.
 */
final class ProgramProcess implements AutoCloseable {

	private static final Duration START_PATIENCE = Duration.ofSeconds(60);

	private static final long END_PATIENCE_SECONDS = 5;

	private final Queue<String> lines = new ConcurrentLinkedQueue<>();

	private final Process process;

	private final Thread hook;

	private ProgramProcess(Process process) {
		this.process = process;
		this.hook = new Thread(this::destroy);
		Runtime.getRuntime().addShutdownHook(this.hook);
		Thread reader = new Thread(this::follow, "program");
		reader.setDaemon(true);
		reader.start();
	}

	static ProgramProcess start(ProcessBuilder builder) {
		try {
			return new ProgramProcess(builder.redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void follow() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			reader.lines().forEach(this.lines::add);
		}
		catch (IOException | UncheckedIOException ex) {
			// It was ended.
		}
	}

	/**
	 * Waits for something that shows that it serves, and fails when it ends before.
	 */
	void awaitReady(String what, Callable<Boolean> condition) {
		Await.until(what, START_PATIENCE, () -> {
			if (!this.process.isAlive()) {
				throw new IllegalStateException(what + ": it ended, and said " + this.lines);
			}
			return condition.call();
		});
	}

	/** Returns the lines that it printed since they were taken last. */
	List<String> takeLines() {
		return Stream.generate(this.lines::poll).takeWhile((line) -> line != null).toList();
	}

	/** Sends a signal to the processes that it started, and those that they did. */
	void signalDescendants(String signal) {
		signal(signal, this.process.descendants());
	}

	/** Sends a signal to it as well. */
	void signalAll(String signal) {
		signal(signal, Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants()));
	}

	private static void signal(String signal, Stream<ProcessHandle> processes) {
		String pids = processes.map((each) -> String.valueOf(each.pid())).collect(Collectors.joining(" "));
		try {
			// One that has ended meanwhile is no fault.
			new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + pids).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.hook);
		destroy();
	}

	private void destroy() {
		List<ProcessHandle> descendants = this.process.descendants().toList();
		// A process that is stopped cannot end.
		signalAll("CONT");
		this.process.destroy();
		try {
			if (!this.process.waitFor(END_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		descendants.forEach(ProcessHandle::destroyForcibly);
	}

}
