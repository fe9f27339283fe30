/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Java's end of a stream: messages both ways, in order, each direction with backpressure
 * and an end of its own. It comes from {@code ProxyRegistry.connect} or is given to a
 * {@link StreamHandler}.
 * <p>
 * {@link #read()} and {@link #write(Message)} never wait; {@link #receive()} and
 * {@link #send(Message)} do, for a thread that may. All methods may be called by any
 * thread; messages are written in the order of the calls. What depends on a future that
 * is not done yet runs on the library's callback threads: do not wait there.
 * <p>
 * When the stream ends early, every pending and later call fails with a
 * {@link StreamException} whose code says why; messages that had arrived before can still
 * be read, unless this side ended it.
 */
public interface DuplexStream extends AutoCloseable {

	/**
	 * Returns the name that was connected to.
	 * @return the name
	 */
	String name();

	/**
	 * Returns what the client told about itself when it connected.
	 * @return a JSON text
	 */
	Optional<String> metadata();

	/**
	 * Completes when the host has taken the stream. Nobody needs to wait for it before
	 * writing.
	 * @return a future that fails with the {@link StreamException} if the host did not
	 */
	CompletableFuture<Void> opened();

	/**
	 * Completes when both directions are over.
	 * @return a future that fails with the {@link StreamException} if the stream was
	 * reset
	 */
	CompletableFuture<Void> closed();

	/**
	 * Takes the next message. The other side is slowed down as long as nobody reads.
	 * @return a future of the message, or of nothing when the other side has ended. Of
	 * two reads the earlier gets the earlier message
	 */
	CompletableFuture<Optional<Message>> read();

	/**
	 * Writes a message.
	 * @param message the message
	 * @return a future that completes when the message is on its way within what the
	 * other side is ready to take: wait for it before writing more. Beyond 16 MiB of
	 * waiting messages it fails at once with {@link ErrorCode#LIMIT}, and the message is
	 * not written
	 */
	CompletableFuture<Void> write(Message message);

	/**
	 * Writes a text.
	 * @param text the text
	 * @return as {@link #write(Message)}
	 */
	default CompletableFuture<Void> write(String text) {
		return write(Message.text(text));
	}

	/**
	 * Ends this direction behind what was written; the other goes on. A second call has
	 * no effect.
	 */
	void end();

	/**
	 * Ends both directions at once; what waits is dropped. A second call has no effect.
	 * @param code why; the other side sees it
	 * @param reason for people, up to 255 bytes; the other side sees it
	 */
	void reset(ErrorCode code, String reason);

	/**
	 * Takes the next message and waits for it as long as it takes.
	 * @return the message, or nothing when the other side has ended
	 * @throws InterruptedException if the thread is interrupted
	 * @throws StreamException if the stream was reset
	 */
	Optional<Message> receive() throws InterruptedException;

	/**
	 * Takes the next message and waits for it.
	 * @param timeout how long
	 * @return the message, or nothing when the other side has ended
	 * @throws InterruptedException if the thread is interrupted
	 * @throws StreamException if the stream was reset, or with {@link ErrorCode#TIMEOUT}
	 * if nothing came in time; the stream is still usable then
	 */
	Optional<Message> receive(Duration timeout) throws InterruptedException;

	/**
	 * Writes a message and waits until it is on its way.
	 * @param message the message
	 * @throws InterruptedException if the thread is interrupted
	 * @throws StreamException if the stream was reset
	 */
	void send(Message message) throws InterruptedException;

	/**
	 * Writes a text and waits until it is on its way.
	 * @param text the text
	 * @throws InterruptedException if the thread is interrupted
	 * @throws StreamException if the stream was reset
	 */
	default void send(String text) throws InterruptedException {
		send(Message.text(text));
	}

	/**
	 * Leaves the stream: what was written is still delivered, and this direction ends;
	 * what comes in is dropped. If the other side does not end too, it is told by a reset
	 * with {@link ErrorCode#CANCELLED}: at once if it goes on sending, else after 30
	 * seconds. Does not wait. To give up at once, use {@link #reset}. A second call has
	 * no effect.
	 */
	@Override
	void close();

}
