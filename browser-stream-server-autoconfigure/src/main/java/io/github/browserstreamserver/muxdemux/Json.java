/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.muxdemux;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;

/**
 * The JSON in lines: Jackson's streaming parser, which builds no tree of what a peer
 * sends, and nests no deeper than some hundred levels.
 */
final class Json {

	private static final int MAX_DEPTH = 500;

	private static final int GUESSED_FROM = 4;

	private static final int CHECKED_AT_ONCE = 1_024;

	private static final byte[] AS_IT_IS = new byte[1];

	private static final byte[][] ESCAPES = escapes();

	private static final char REPLACEMENT = '\uFFFD';

	private static final JsonFactory FACTORY = new Forgetful(JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			// nothing is made of numbers but the text that they are
			.maxNumberLength(Integer.MAX_VALUE)
			.maxStringLength(Integer.MAX_VALUE)
			.maxNameLength(Integer.MAX_VALUE)
			.build()));

	private Json() {
	}

	/**
	 * Makes parsers that forget the names in objects: Jackson's own share a table that
	 * outlives them, and holds thousands of names, however long, that peers chose.
	 */
	private static final class Forgetful extends JsonFactory {

		private static final long serialVersionUID = 1L;

		Forgetful(JsonFactoryBuilder builder) {
			super(builder);
		}

		@Override
		protected JsonParser _createParser(ObjectReadContext context, IOContext io, byte[] bytes, int offset,
				int length) {
			ByteQuadsCanonicalizer names = ByteQuadsCanonicalizer.createRoot().makeChild(_factoryFeatures);
			return new UTF8StreamJsonParser(context, io, context.getStreamReadFeatures(_streamReadFeatures),
					context.getFormatReadFeatures(_formatReadFeatures), null, names, bytes, offset, offset + length, 0,
					false);
		}

	}

	static JsonParser parser(byte[] bytes, int offset, int length) {
		return FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length);
	}

	/**
	 * Writes a message as the JSON value that it is in a line.
	 * @param kind what the message is
	 * @param payload its bytes
	 * @return the value, which has no newline
	 * @throws MuxDemuxException if it is none
	 */
	static byte[] value(MessageKind kind, ByteBuffer payload) throws MuxDemuxException {
		return switch (kind) {
			case TEXT -> string(payload);
			case JSON -> oneValue(payload);
			case BINARY -> throw new MuxDemuxException(ErrorCode.REFUSED,
					"the other side is a client of the original (mux-demux), which takes text and JSON, but no bytes");
		};
	}

	/**
	 * Tells how long {@link #value} will be, before anything is allocated for it.
	 * @param kind what the message is
	 * @param payload its bytes
	 * @return bytes, if it is a value
	 */
	static long length(MessageKind kind, ByteBuffer payload) {
		if (kind != MessageKind.TEXT) {
			return payload.remaining();
		}
		long length = 2;
		for (int index = payload.position(); index < payload.limit(); index++) {
			length += escape(payload.get(index)).length;
		}
		return length;
	}

	private static byte[] string(ByteBuffer payload) throws MuxDemuxException {
		if (!isUtf8(payload.duplicate())) {
			throw new MuxDemuxException(ErrorCode.PROTOCOL_ERROR, "a text message is not well-formed UTF-8");
		}
		// without a string in between: of a large message there would be many copies
		int length = Math.toIntExact(length(MessageKind.TEXT, payload));
		ByteBuffer quoted = ByteBuffer.allocate(length);
		quoted.put((byte) '"');
		if (length == payload.remaining() + 2) {
			quoted.put(payload);
		}
		while (payload.hasRemaining()) {
			byte next = payload.get();
			byte[] escape = escape(next);
			if (escape.length == 1) {
				quoted.put(next);
			}
			else {
				quoted.put(escape);
			}
		}
		return quoted.put((byte) '"').array();
	}

	private static byte[] escape(byte character) {
		return (character >= 0 && character < ESCAPES.length) ? ESCAPES[character] : AS_IT_IS;
	}

	/**
	 * Returns how each of the characters up to the backslash is written.
	 */
	private static byte[][] escapes() {
		byte[][] escapes = new byte['\\' + 1][];
		for (int character = 0; character < escapes.length; character++) {
			byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(String.valueOf((char) character));
			escapes[character] = (quoted.length == 1) ? AS_IT_IS : quoted;
		}
		return escapes;
	}

	/**
	 * Counts the characters that are the same in a string, in JSON and in UTF-8, which
	 * most text consists of: it need not be decoded to be quoted, nor the reverse.
	 * @param bytes where they are
	 * @param offset where to begin
	 * @param length where to stop at the latest
	 * @return how many there are before the first that is another
	 */
	static int plainLength(byte[] bytes, int offset, int length) {
		int index = offset;
		while (index < offset + length && bytes[index] >= ' ' && bytes[index] != '"' && bytes[index] != '\\') {
			index++;
		}
		return index - offset;
	}

	private static byte[] oneValue(ByteBuffer payload) throws MuxDemuxException {
		byte[] bytes = new byte[payload.remaining()];
		payload.get(bytes);
		if (!isOneValue(bytes)) {
			throw new MuxDemuxException(ErrorCode.PROTOCOL_ERROR,
					"a JSON message is not one JSON value of at most " + MAX_DEPTH + " levels");
		}
		for (int index = 0; index < bytes.length; index++) {
			if (bytes[index] == '\n' || bytes[index] == '\r') {
				// only between tokens, as a string cannot have one
				bytes[index] = ' ';
			}
		}
		return bytes;
	}

	/**
	 * Tells whether a parser would take bytes for UTF-8, and not for another encoding,
	 * which it would guess from a mark or from zeros.
	 * @param bytes where they are
	 * @param offset where they begin
	 * @param length how many there are
	 * @return whether the beginning is plain
	 */
	static boolean beginsPlainly(byte[] bytes, int offset, int length) {
		for (int index = offset; index < offset + Math.min(length, GUESSED_FROM); index++) {
			if (bytes[index] == 0 || (index == offset && bytes[index] < 0)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isOneValue(byte[] bytes) {
		if (!beginsPlainly(bytes, 0, bytes.length) || !isUtf8(ByteBuffer.wrap(bytes))) {
			return false;
		}
		try (JsonParser parser = parser(bytes, 0, bytes.length)) {
			JsonToken first = parser.nextToken();
			if (first == null) {
				return false;
			}
			parser.skipChildren();
			if (first == JsonToken.VALUE_STRING) {
				// its end is found only when it is read
				parser.getStringLength();
			}
			return parser.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	/**
	 * The parser does not look so closely: it takes surrogates, and zeros in two bytes.
	 */
	private static boolean isUtf8(ByteBuffer from) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		CharBuffer decoded = CharBuffer.allocate(CHECKED_AT_ONCE);
		CoderResult result;
		do {
			decoded.clear();
			result = decoder.decode(from, decoded, true);
		}
		while (result.isOverflow());
		return !result.isError();
	}

	/**
	 * Writes a string as JSON in UTF-8, with its quotes.
	 * @param text the string
	 * @return the bytes
	 */
	static byte[] quoted(String text) {
		byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(wellFormed(text));
		byte[] quoted = new byte[escaped.length + 2];
		quoted[0] = '"';
		System.arraycopy(escaped, 0, quoted, 1, escaped.length);
		quoted[quoted.length - 1] = '"';
		return quoted;
	}

	/**
	 * Replaces halves of surrogate pairs, which JSON can have and UTF-8 cannot, as
	 * browsers do.
	 * @param text the text
	 * @return text that can be written in UTF-8
	 */
	static String wellFormed(String text) {
		StringBuilder mended = null;
		for (int index = 0; index < text.length(); index++) {
			char each = text.charAt(index);
			if (!Character.isSurrogate(each)) {
				continue;
			}
			if (Character.isHighSurrogate(each) && index + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(index + 1))) {
				index++;
			}
			else {
				mended = (mended != null) ? mended : new StringBuilder(text);
				mended.setCharAt(index, REPLACEMENT);
			}
		}
		return (mended != null) ? mended.toString() : text;
	}

}
