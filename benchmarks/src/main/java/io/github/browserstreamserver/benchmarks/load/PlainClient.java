/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that makes a WebSocket for each stream.
 */
final class PlainClient implements Adapter.Client {

	private final Loop loop;

	private final int port;

	private final String path;

	private final List<PlainEnd> ends = new ArrayList<>();

	private long writtenBefore;

	/**
	 * Makes one.
	 * @param loop the loop
	 * @param port of the relay
	 * @param path where it connects; the host's name comes behind it
	 */
	PlainClient(Loop loop, int port, String path) {
		this.loop = loop;
		this.port = port;
		this.path = path;
	}

	@Override
	public void open(String name, StreamHandler handler) throws IOException {
		PlainEnd end = PlainEnd.ofClient(handler, (closed) -> {
			this.writtenBefore += closed.written();
			this.ends.remove(closed);
		});
		end.connect(this.loop, this.port, this.path + name);
		this.ends.add(end);
	}

	@Override
	public long written() {
		return this.writtenBefore + this.ends.stream().mapToLong(PlainEnd::written).sum();
	}

}
