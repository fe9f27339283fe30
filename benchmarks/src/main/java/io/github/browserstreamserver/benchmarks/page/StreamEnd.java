/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.util.Optional;

import io.github.browserstreamserver.stream.DuplexStream;
import io.github.browserstreamserver.stream.Message;

/**
 * The application's end of a stream, in the plain blocking way.
 */
final class StreamEnd {

	private StreamEnd() {
	}

	/**
	 * Takes or sends what the transfer says, and ends the stream.
	 * @param stream the page's stream
	 * @param transfer what the page wants
	 */
	static void serve(DuplexStream stream, Transfer transfer) throws InterruptedException {
		if (transfer.up()) {
			long left = transfer.bytes();
			while (left > 0) {
				Optional<Message> message = stream.receive();
				if (message.isEmpty()) {
					return;
				}
				left -= message.get().bytes().length;
			}
			stream.send("done");
		}
		else {
			Message message = Message.binary(new byte[transfer.size()]);
			for (long sent = 0; sent < transfer.count(); sent++) {
				stream.send(message);
			}
		}
		stream.end();
	}

}
