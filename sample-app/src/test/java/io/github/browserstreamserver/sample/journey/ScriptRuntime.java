/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.browserstreamserver.sample.support.NpmPackages;
import io.github.browserstreamserver.sample.support.ScriptProcess;

/**
 * Where the browser client runs beside browsers. All of them come from npm.
 */
enum ScriptRuntime {

	/** It has no WebSocket of its own. */
	NODE_20_WITH_WS("node-20/bin/node", List.of(), "ws"),

	NODE_22("node-22/bin/node"),

	NODE_24("node-24/bin/node"),

	DENO("@deno/linux-x64-glibc/deno", List.of("run", "--quiet", "--allow-all")),

	BUN("@oven/bun-linux-x64-baseline/bin/bun");

	private static final NpmPackages PACKAGES = new NpmPackages("runtimes");

	private static final Path CLIENT = Path
		.of("..", "browser-stream-server-autoconfigure", "src", "main", "client", "package", "client.js")
		.toAbsolutePath()
		.normalize();

	private static final String PEER = "peer.mjs";

	private final String program;

	private final List<String> options;

	private final String[] libraries;

	ScriptRuntime(String program) {
		this(program, List.of());
	}

	ScriptRuntime(String program, List<String> options, String... libraries) {
		this.program = program;
		this.options = options;
		this.libraries = libraries;
	}

	/**
	 * Starts a process that runs scripts with the browser client.
	 * @param origin where the application is
	 * @return the process
	 */
	ScriptProcess start(String origin) {
		Path directory = PACKAGES.fetch();
		PACKAGES.copy(PEER, directory);
		List<String> command = new ArrayList<>();
		command.add(directory.resolve("node_modules").resolve(this.program).toString());
		command.addAll(this.options);
		command.addAll(List.of(PEER, CLIENT.toString(), origin + "/browser-server"));
		command.addAll(List.of(this.libraries));
		return ScriptProcess.start(new ProcessBuilder(command).directory(directory.toFile()));
	}

}
