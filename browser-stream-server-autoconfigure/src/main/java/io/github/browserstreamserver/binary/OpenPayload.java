/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

import io.github.browserstreamserver.stream.MetadataRules;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.stream.StreamRequest;
import io.github.browserstreamserver.stream.TargetRules;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an OPEN. Its form and its meaning are judged apart: a wrong form ends
 * the connection when it is read, a wrong meaning resets only the stream.
 *
 * @param kind the number of what is asked for
 * @param target the name or path, UTF-8
 * @param metadata a JSON text, UTF-8, or nothing
 * @param key the KEY field, or {@code null}
 */
record OpenPayload(int kind, ByteBuffer target, ByteBuffer metadata, @Nullable ByteBuffer key) {

	private static final SecureRandom RANDOM = new SecureRandom();

	static OpenPayload read(ByteBuffer payload) throws ProtocolException {
		if (!payload.hasRemaining()) {
			throw new ProtocolException("OPEN is empty");
		}
		int kind = payload.get() & 0xff;
		ByteBuffer target = Payloads.slice(payload, "OPEN target");
		ByteBuffer metadata = Payloads.slice(payload, "OPEN metadata");
		ByteBuffer key = null;
		while (payload.hasRemaining()) {
			int id = Varint.read(payload, "OPEN field id");
			int length = Payloads.length(payload, "OPEN field", id);
			if (id == Wire.FIELD_KEY) {
				key = Payloads.take(payload, length);
			}
			else {
				Payloads.skip(payload, length);
			}
		}
		return new OpenPayload(kind, target, metadata, key);
	}

	/**
	 * Tells whether the host has no key of its own, and wants one.
	 * @return whether the key of the {@link #request()} is news to it
	 */
	boolean asksForToken() {
		return this.key != null && !this.key.hasRemaining();
	}

	/**
	 * Judges what it means, and makes the key of a host that asks for one.
	 * @return the request
	 * @throws InvalidOpenException with the reason if it is not allowed
	 */
	StreamRequest request() throws InvalidOpenException {
		if (this.kind < 1 || this.kind > StreamKind.values().length) {
			throw new InvalidOpenException(
					"kind " + this.kind + " is unknown; 1 listens, 2 connects, 3 asks for a route");
		}
		StreamKind requested = StreamKind.values()[this.kind - 1];
		return new StreamRequest(requested, checkTarget(this.target.duplicate()),
				checkMetadata(this.metadata.duplicate()), checkKey(requested, this.key));
	}

	private static String checkTarget(ByteBuffer bytes) throws InvalidOpenException {
		int length = bytes.remaining();
		if (length > Wire.MAX_TARGET) {
			throw new InvalidOpenException(
					"the name has " + length + " bytes; it must have 1 to " + Wire.MAX_TARGET + " bytes of UTF-8");
		}
		String target = Payloads.text(bytes);
		if (target == null) {
			throw new InvalidOpenException("the name is not well-formed UTF-8");
		}
		String fault = TargetRules.fault(target);
		if (fault != null) {
			throw new InvalidOpenException("the name " + fault);
		}
		return target;
	}

	private static @Nullable String checkMetadata(ByteBuffer bytes) throws InvalidOpenException {
		int length = bytes.remaining();
		if (length == 0) {
			return null;
		}
		// judged before anything is made of it
		String metadata = (length > MetadataRules.MAX_BYTES) ? null : Payloads.text(bytes);
		String fault = (metadata != null) ? MetadataRules.fault(metadata)
				: (length > MetadataRules.MAX_BYTES) ? MetadataRules.tooLong(length) : MetadataRules.notJson();
		if (fault != null) {
			throw new InvalidOpenException("the metadata " + fault);
		}
		return metadata;
	}

	private static byte @Nullable [] checkKey(StreamKind requested, @Nullable ByteBuffer key)
			throws InvalidOpenException {
		if (key == null) {
			return null;
		}
		int length = key.remaining();
		boolean wrong = length < Wire.MIN_KEY || length > Wire.MAX_KEY;
		if (requested != StreamKind.LISTEN || (wrong && length != 0)) {
			throw new InvalidOpenException(
					"a key has " + Wire.MIN_KEY + " to " + Wire.MAX_KEY + " bytes, and goes only with listen");
		}
		if (length == 0) {
			byte[] token = new byte[Wire.TOKEN_SIZE];
			RANDOM.nextBytes(token);
			return token;
		}
		byte[] copy = new byte[length];
		key.duplicate().get(copy);
		return copy;
	}

	/**
	 * Writes the OPEN of a stream that a client asked for and a host is to get.
	 * @param request the client's request
	 * @return the payload
	 */
	static byte[] write(StreamRequest request) {
		byte[] target = request.target().getBytes(StandardCharsets.UTF_8);
		String json = request.metadata();
		byte[] metadata = (json != null) ? json.getBytes(StandardCharsets.UTF_8) : new byte[0];
		ByteBuffer payload = ByteBuffer
			.allocate(1 + Varint.size(target.length) + target.length + Varint.size(metadata.length) + metadata.length);
		payload.put((byte) (request.kind().ordinal() + 1));
		Varint.write(payload, target.length);
		payload.put(target);
		Varint.write(payload, metadata.length);
		payload.put(metadata);
		return payload.array();
	}

}
