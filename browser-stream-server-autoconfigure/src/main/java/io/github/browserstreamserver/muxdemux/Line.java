/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One line of mux-demux, {@code [id,event,value]}, as it was read.
 *
 * @param id the stream's
 * @param event what happens to it
 * @param kind what the value is: a string, or other JSON
 * @param value the characters of a string, or the text of the JSON as it came;
 * {@code null} of JSON if there was none. Valid only as long as the bytes of the line
 */
record Line(String id, String event, MessageKind kind, ByteBuffer value) {

	/** The longest id; the original's have 24 to 28 characters. */
	static final int MAX_ID = 256;

	private static final int MAX_EVENT = 64;

	/** What {@code undefined} becomes, of which mux-demux sends nothing. */
	private static final ByteBuffer UNDEFINED = ByteBuffer.wrap("null".getBytes(StandardCharsets.US_ASCII))
		.asReadOnlyBuffer();

	/**
	 * Reads a line.
	 * @param bytes where it is
	 * @param offset where it begins
	 * @param size its length without the newline
	 * @return the line, or {@code null} if it is empty
	 * @throws MuxDemuxException if it is none of mux-demux
	 */
	static @Nullable Line read(byte[] bytes, int offset, int size) throws MuxDemuxException {
		if (!Json.beginsPlainly(bytes, offset, size)) {
			throw rubbish("a line is not JSON");
		}
		try (JsonParser parser = Json.parser(bytes, offset, size)) {
			JsonToken first = parser.nextToken();
			if (first == null) {
				return null;
			}
			if (first != JsonToken.START_ARRAY) {
				throw rubbish("a line is not a JSON array");
			}
			String id = string(parser, "id", MAX_ID);
			String event = string(parser, "event", MAX_EVENT);
			JsonToken token = parser.nextToken();
			Line line;
			if (token == JsonToken.END_ARRAY) {
				line = new Line(id, event, MessageKind.JSON, UNDEFINED.duplicate());
			}
			else {
				line = new Line(id, event, (token == JsonToken.VALUE_STRING) ? MessageKind.TEXT : MessageKind.JSON,
						value(parser, token, bytes, offset));
				skipRest(parser);
			}
			if (parser.nextToken() != null) {
				throw rubbish("a line goes on behind its array");
			}
			return line;
		}
		catch (JacksonException ex) {
			throw rubbish("a line is not JSON");
		}
	}

	private static String string(JsonParser parser, String what, int most) throws MuxDemuxException {
		if (parser.nextToken() != JsonToken.VALUE_STRING || parser.getStringLength() > most) {
			throw rubbish("the " + what + " of a line is not a string of at most " + most + " characters");
		}
		return Json.wellFormed(parser.getString());
	}

	private static ByteBuffer value(JsonParser parser, JsonToken token, byte[] bytes, int offset) {
		int start = (int) parser.currentTokenLocation().getByteOffset();
		if (token == JsonToken.VALUE_STRING) {
			int first = offset + start + 1;
			int plain = Json.plainLength(bytes, first, bytes.length - first);
			if (first + plain < bytes.length && bytes[first + plain] == '"') {
				return ByteBuffer.wrap(bytes, first, plain).slice();
			}
			return ByteBuffer.wrap(Json.wellFormed(parser.getString()).getBytes(StandardCharsets.UTF_8));
		}
		parser.skipChildren();
		int end = (int) parser.currentLocation().getByteOffset();
		return ByteBuffer.wrap(bytes, offset + start, end - start).slice();
	}

	/** The original would have passed further values to the listeners of the event. */
	private static void skipRest(JsonParser parser) {
		JsonToken token = parser.nextToken();
		while (token != null && token != JsonToken.END_ARRAY) {
			parser.skipChildren();
			token = parser.nextToken();
		}
	}

	private static MuxDemuxException rubbish(String reason) {
		return new MuxDemuxException(ErrorCode.PROTOCOL_ERROR, reason);
	}

	/**
	 * Returns the {@code meta} of a {@code new}.
	 * @return a string as it is, other JSON as its text, or {@code null} if there is none
	 */
	@Nullable String meta() {
		byte[] json = new byte[this.value.remaining()];
		this.value.duplicate().get(json);
		String meta = null;
		try (JsonParser parser = Json.parser(json, 0, json.length)) {
			if (this.kind != MessageKind.JSON || parser.nextToken() != JsonToken.START_OBJECT) {
				return null;
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				boolean wanted = "meta".equals(parser.currentName());
				JsonToken token = parser.nextToken();
				if (wanted) {
					ByteBuffer text = value(parser, token, json, 0);
					meta = StandardCharsets.UTF_8.decode(text).toString();
				}
				else {
					parser.skipChildren();
				}
			}
			return meta;
		}
	}

}
