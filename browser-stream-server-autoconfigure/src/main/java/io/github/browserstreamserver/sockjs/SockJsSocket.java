/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.browserstreamserver.transport.Connection;
import io.github.browserstreamserver.websocket.StreamConnections;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/**
 * A WebSocket with SockJS's frames. The open frame goes out first; a write that comes
 * while it is under way follows it.
 */
final class SockJsSocket extends TextSocket {

	private static final Logger logger = LoggerFactory.getLogger(SockJsSocket.class);

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private boolean opened;

	@GuardedBy("lock")
	private @Nullable Held held;

	/** The last write, whether or not it has ended. */
	private volatile CompletableFuture<Boolean> write = CompletableFuture.completedFuture(true);

	/** Made at the first message, like the next; used by the thread that receives. */
	private @Nullable Utf8Output output;

	private @Nullable MessageUnframer unframer;

	private boolean broken;

	SockJsSocket(Session session, StreamConnections connections) {
		super(session, connections);
	}

	@Override
	void open() {
		sendFrame(Frames.OPEN, this::opened);
	}

	private void opened(boolean sent) {
		Held next;
		this.lock.lock();
		try {
			this.opened = true;
			next = this.held;
			this.held = null;
		}
		finally {
			this.lock.unlock();
		}
		if (next != null) {
			if (sent) {
				sendFrame(next.frame(), next.completion());
			}
			else {
				next.completion().completed(false);
			}
		}
	}

	@Override
	public void write(ByteBuffer message, Completion completion) {
		String frame = Frames.message(message);
		completion.bufferFree();
		if (!message.hasRemaining()) {
			// the frame is for the peer, which says nothing to it; the answer to the ping
			// is for us
			completion = thenPing(completion);
		}
		this.lock.lock();
		try {
			if (!this.opened) {
				this.held = new Held(frame, completion);
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		sendFrame(frame, completion);
	}

	private void sendFrame(String frame, Completion completion) {
		CompletableFuture<Boolean> ended = new CompletableFuture<>();
		this.write = ended;
		send(frame, (sent) -> {
			// the next write may begin in it, and then is the last before this one has
			// ended
			completion.completed(sent);
			ended.complete(sent);
		});
	}

	@Override
	void beforeClose(int code, String reason) {
		try {
			for (CompletableFuture<Boolean> last = this.write; !last.isDone(); last = this.write) {
				last.get(CLOSE_TIMEOUT, TimeUnit.MILLISECONDS);
			}
			session().getAsyncRemote().sendText(Frames.close(code, reason)).get(CLOSE_TIMEOUT, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException | RuntimeException ex) {
			// the peer takes nothing, or is gone
			logger.debug("No close frame was sent: {}", ex.toString());
		}
	}

	@Override
	void receive(Connection connection, String part, boolean last) {
		if (this.broken) {
			return;
		}
		Utf8Output output = this.output;
		MessageUnframer unframer = this.unframer;
		if (output == null || unframer == null) {
			output = new Utf8Output((bytes) -> connection.received(bytes, true));
			unframer = new MessageUnframer(output);
			this.output = output;
			this.unframer = unframer;
		}
		boolean right = unframer.accept(part);
		output.flush();
		if (right && last) {
			// SockJS ignores empty messages
			boolean blank = unframer.isBlank();
			right = unframer.finish() || blank;
		}
		if (!right) {
			broken(connection, CloseStatus.BAD_DATA.getCode(), "Broken framing.");
		}
	}

	@Override
	void receive(Connection connection, ByteBuffer part, boolean last) {
		if (!this.broken) {
			broken(connection, CloseStatus.NOT_ACCEPTABLE.getCode(), "SockJS has no binary messages.");
		}
	}

	private void broken(Connection connection, int code, String reason) {
		this.broken = true;
		connection.unsupported(code, reason);
	}

	/**
	 * A write that waits for the open frame.
	 *
	 * @param frame the frame
	 * @param completion who waits for it
	 */
	private record Held(String frame, Completion completion) {
	}

}
