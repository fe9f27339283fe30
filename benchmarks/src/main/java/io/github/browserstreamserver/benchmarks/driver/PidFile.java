/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The file into which a server writes its process id, when it listens.
 */
final class PidFile implements Closeable {

	private final Path file;

	private final WatchService watch;

	/**
	 * Watches for a file from now on; what is there of an earlier process is deleted.
	 * @param directory where it is
	 * @param name of the file
	 * @throws IOException if the directory cannot be watched
	 */
	PidFile(Path directory, String name) throws IOException {
		this.file = directory.resolve(name);
		Files.deleteIfExists(this.file);
		this.watch = directory.getFileSystem().newWatchService();
		try {
			directory.register(this.watch, StandardWatchEventKinds.ENTRY_CREATE);
		}
		catch (IOException ex) {
			this.watch.close();
			throw ex;
		}
	}

	/**
	 * Waits for the file.
	 * @param process which writes it
	 * @param seconds how long at most
	 * @throws IOException if it does not come, or the process ends before
	 */
	void await(Child process, int seconds) throws IOException {
		CompletableFuture<Void> ended = process.whenEnded(this::close);
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		try {
			while (Files.notExists(this.file)) {
				WatchKey key = this.watch.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
				if (key == null) {
					throw new IOException("process " + process.pid() + " is not ready: " + process.output());
				}
				key.pollEvents();
				key.reset();
			}
		}
		catch (ClosedWatchServiceException ex) {
			throw new IOException("process " + process.pid() + " ended: " + process.output(), ex);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		finally {
			ended.cancel(false);
		}
	}

	@Override
	public void close() {
		try {
			this.watch.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
