/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One message: what one {@code write} gave, and what one {@code data} event or
 * {@link DuplexStream#read()} gives. Immutable, as long as nobody writes into the array
 * that was handed in or out; arrays are not copied.
 */
public final class Message {

	private final MessageKind kind;

	private final byte[] bytes;

	private Message(MessageKind kind, byte[] bytes) {
		this.kind = kind;
		this.bytes = bytes;
	}

	/**
	 * Makes a message of bytes.
	 * @param bytes the bytes, not copied
	 * @return the message
	 */
	public static Message binary(byte[] bytes) {
		return new Message(MessageKind.BINARY, Objects.requireNonNull(bytes, "'bytes' must not be null"));
	}

	/**
	 * Makes a message of text.
	 * @param text the text
	 * @return the message
	 */
	public static Message text(String text) {
		Objects.requireNonNull(text, "'text' must not be null");
		return new Message(MessageKind.TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Makes a message of one JSON value.
	 * @param json the value as JSON text, for example {@code {"a":1}}; it is not checked
	 * here, a receiver in a browser resets the stream if it is not JSON
	 * @return the message
	 */
	public static Message json(String json) {
		Objects.requireNonNull(json, "'json' must not be null");
		return new Message(MessageKind.JSON, json.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Makes a message of a kind from its bytes on the wire.
	 * @param kind the kind
	 * @param bytes the bytes, not copied
	 * @return the message
	 */
	public static Message of(MessageKind kind, byte[] bytes) {
		return new Message(Objects.requireNonNull(kind, "'kind' must not be null"),
				Objects.requireNonNull(bytes, "'bytes' must not be null"));
	}

	/**
	 * Returns what the message is.
	 * @return the kind
	 */
	public MessageKind kind() {
		return this.kind;
	}

	/**
	 * Returns the message's bytes; of a text or JSON its UTF-8.
	 * @return the bytes, not copied
	 */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Returns the bytes as text: the text of a text message, the JSON text of a JSON
	 * message. Malformed UTF-8 reads as U+FFFD.
	 * @return the text
	 */
	public String text() {
		return new String(this.bytes, StandardCharsets.UTF_8);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Message message && this.kind == message.kind
				&& Arrays.equals(this.bytes, message.bytes);
	}

	@Override
	public int hashCode() {
		return 31 * this.kind.hashCode() + Arrays.hashCode(this.bytes);
	}

	@Override
	public String toString() {
		return this.kind + " message of " + this.bytes.length + " bytes";
	}

}
