/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import org.jspecify.annotations.Nullable;

/**
 * The portable way: streams of the Servlet API that do not block.
 */
public final class ServletDoor extends TomcatDoor implements HttpUpgradeHandler, TomcatUpgradeServlet.Named {

	private String name = "";

	private boolean host;

	private @Nullable ServletInputStream in;

	private @Nullable ServletOutputStream out;

	private volatile @Nullable TomcatDoor waiting;

	/**
	 * Called by the container.
	 */
	public ServletDoor() {
	}

	@Override
	public void name(String of, boolean isHost) {
		this.name = of;
		this.host = isHost;
	}

	@Override
	public void init(WebConnection connection) {
		try {
			ServletInputStream input = connection.getInputStream();
			this.in = input;
			ServletOutputStream output = connection.getOutputStream();
			this.out = output;
			output.setWriteListener(new Writing());
			join(this.name, this.host);
			input.setReadListener(new Reading());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	int read(ByteBuffer into) throws IOException {
		ServletInputStream input = this.in;
		if (input == null || !input.isReady()) {
			return 0;
		}
		int count = input.read(into.array(), 0, into.capacity());
		into.position(Math.max(0, count));
		return count;
	}

	@Override
	synchronized void write(ByteBuffer from) throws IOException {
		ServletOutputStream output = this.out;
		if (output != null) {
			output.write(from.array(), 0, from.limit());
		}
	}

	@Override
	synchronized boolean isWritable(TomcatDoor reader) throws IOException {
		ServletOutputStream output = this.out;
		this.waiting = reader;
		if (output != null && output.isReady()) {
			this.waiting = null;
			return true;
		}
		return false;
	}

	@Override
	void resume() {
		try {
			forward();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void destroy() {
		// the other side ends by itself
	}

	private final class Reading implements ReadListener {

		@Override
		public void onDataAvailable() throws IOException {
			forward();
		}

		@Override
		public void onAllDataRead() {
			// the end
		}

		@Override
		public void onError(Throwable failure) {
			// the end
		}

	}

	private final class Writing implements WriteListener {

		@Override
		public void onWritePossible() {
			TomcatDoor reader = ServletDoor.this.waiting;
			ServletDoor.this.waiting = null;
			if (reader != null) {
				reader.resume();
			}
		}

		@Override
		public void onError(Throwable failure) {
			// the end
		}

	}

}
