/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A server of socket.io as its own guide has it, with a page that connects. What it needs
 * of npm is installed once, beside the build's other results.
 */
final class SocketIoPage implements AutoCloseable {

	private static final Path SOURCE = Path.of("src", "main", "node");

	private static final Path TARGET = Path.of("target", "node");

	private static final String SCRIPT = "socketio-page.cjs";

	private final Process process;

	private final int port;

	private SocketIoPage(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static SocketIoPage start() throws IOException {
		install();
		Files.copy(SOURCE.resolve(SCRIPT), TARGET.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
		Process process = new ProcessBuilder("node", SCRIPT).directory(TARGET.toFile())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
		String line = output.readLine();
		if (line == null) {
			throw new IOException(SCRIPT + " did not start");
		}
		return new SocketIoPage(process, Integer.parseInt(line));
	}

	private static void install() throws IOException {
		Path packages = TARGET.resolve("package.json");
		if (Files.exists(TARGET.resolve("node_modules/socket.io"))) {
			return;
		}
		Files.createDirectories(TARGET);
		Files.copy(SOURCE.resolve("package.json"), packages, StandardCopyOption.REPLACE_EXISTING);
		Process npm = new ProcessBuilder("npm", "install", "--no-package-lock", "--no-audit", "--no-fund",
				"--ignore-scripts")
			.directory(TARGET.toFile())
			.inheritIO()
			.start();
		if (npm.onExit().join().exitValue() != 0) {
			throw new IOException("npm does not install what " + SCRIPT + " needs");
		}
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
