/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.browserstreamserver.sample.support.OriginalClients;
import io.github.browserstreamserver.sample.support.Prerequisite;
import io.github.browserstreamserver.sample.support.ScriptProcess;

/**
 * A Node process that uses the original's clients over a plain WebSocket: mux-demux
 * without {@code boot}, so it does not reconnect.
 */
final class NodePeer implements OriginalPeer, AutoCloseable {

	private final ScriptProcess process;

	private NodePeer(ScriptProcess process) {
		this.process = process;
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
		return new NodePeer(ScriptProcess
			.start(new ProcessBuilder(node.toString(), "peer.cjs", version, server).directory(directory.toFile())));
	}

	@Override
	public Object run(String script, Object... args) {
		return this.process.run(script, args);
	}

	/** As {@link #run}, but does not wait. */
	CompletableFuture<Object> begin(String script, Object... args) {
		return this.process.begin(script, args);
	}

	/** Returns what it has complained of. */
	List<String> errors() {
		return this.process.errors();
	}

	/** Ends the process. It can say no goodbye. */
	@Override
	public void close() {
		this.process.close();
	}

}
