/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import io.github.browserstreamserver.benchmarks.relay.Ready;

/**
 * Starts a relay that is a script for Node. What the scripts need of npm is installed
 * once, beside the build's other results.
 *
 * @param script its file
 */
record NodeLauncher(String script) implements Peer.Launcher {

	private static final Path SOURCE = Path.of("benchmarks", "src", "main", "node");

	private static final Path TARGET = Path.of("benchmarks", "target", "node");

	private static final String PACKAGES = "package.json";

	private static final int SECONDS_TO_INSTALL = 300;

	private static final int SECONDS_TO_START = 60;

	@Override
	public String missing() {
		String programs = Programs.missing("node", "npm");
		if (!programs.isEmpty()) {
			return programs;
		}
		try {
			install();
			return "";
		}
		catch (IOException ex) {
			return "npm does not install: " + ex.getMessage();
		}
	}

	/**
	 * Returns where a package that was installed describes itself.
	 * @param name of the package
	 * @return the file
	 */
	static Path packageFile(String name) {
		return TARGET.resolve("node_modules").resolve(name).resolve(PACKAGES);
	}

	private static void install() throws IOException {
		Path packages = TARGET.resolve(PACKAGES);
		String wanted = Files.readString(SOURCE.resolve(PACKAGES));
		if (Files.exists(packages) && Files.readString(packages).equals(wanted)) {
			return;
		}
		Files.createDirectories(TARGET);
		Files.writeString(packages, wanted);
		try (Child npm = new Child(List.of("npm", "install", "--prefix", TARGET.toString(), "--no-package-lock",
				"--no-audit", "--no-fund", "--ignore-scripts"), (line) -> false)) {
			npm.awaitEnd(SECONDS_TO_INSTALL);
		}
		catch (IOException ex) {
			Files.delete(packages);
			throw ex;
		}
	}

	@Override
	public RunningRelay start(Core core) throws IOException {
		Path copy = TARGET.resolve(this.script);
		Files.copy(SOURCE.resolve(this.script), copy, StandardCopyOption.REPLACE_EXISTING);
		Child process = new Child(core.pin(List.of("node", copy.toString())), (line) -> line.startsWith(Ready.WORD));
		return RunningRelay.await(process, SECONDS_TO_START, false);
	}

}
