/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import io.github.browserstreamserver.binary.FrameRecorder.Frame;
import io.github.browserstreamserver.stream.ErrorCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The entries of {@code vectors/frames.json}, which says itself what they are.
 */
final class Vectors {

	private static final Map<String, Object> FILE = object(load());

	private Vectors() {
	}

	/**
	 * One entry.
	 *
	 * @param name what it is about
	 * @param bytes the WebSocket message
	 * @param json all of it
	 */
	record Vector(String name, byte[] bytes, Map<String, Object> json) {

		/**
		 * Returns the frames of a good one, as a {@link FrameRecorder} writes them down.
		 * @return the frames
		 */
		List<Frame> frames() {
			return list(this.json.get("frames")).stream().map(Vectors::object).map(Vectors::frame).toList();
		}

		ErrorCode error() {
			return ErrorCode.valueOf((String) value("error"));
		}

		int stream() {
			return (int) value("stream");
		}

		private Object value(String key) {
			return Objects.requireNonNull(this.json.get(key), key);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	static List<Vector> of(String group) {
		return list(FILE.get(group)).stream()
			.map(Vectors::object)
			.map((entry) -> new Vector((String) Objects.requireNonNull(entry.get("name")), bytes(entry), entry))
			.toList();
	}

	private static Frame frame(Map<String, Object> frame) {
		BiFunction<String, Object, Object> get = (key, otherwise) -> frame.getOrDefault(key, otherwise);
		String type = (String) frame.get("type");
		Object stream = get.apply("stream", 0);
		return switch (type) {
			case "HELLO" -> Frame.of("HELLO", get.apply("maxStreams", Wire.MAX_VALUE), get.apply("keepalive", 0));
			case "PING" -> Frame.of("PING", frame.get("answer")).with(bytes(frame));
			case "OPEN" -> Frame.of("OPEN", stream, frame.get("kind"), frame.get("target"), frame.get("metadata"))
				.with(key(list(frame.get("fields"))));
			case "DATA" ->
				Frame.of("DATA", stream, frame.get("kind"), frame.get("first"), frame.get("last")).with(bytes(frame));
			case "CREDIT" -> Frame.of("CREDIT", stream, frame.get("bytes"));
			case "RESET" -> Frame.of("RESET", stream, frame.get("code"), frame.get("reason"));
			case "SKIPPED" -> Frame.of("SKIPPED");
			default -> Frame.of(type, stream);
		};
	}

	private static byte[] key(List<Object> fields) {
		return fields.stream()
			.map(Vectors::object)
			.filter((field) -> field.get("id").equals(Wire.FIELD_KEY))
			.map(Vectors::bytes)
			.reduce(new byte[0], (earlier, later) -> later);
	}

	private static byte[] bytes(Map<String, Object> entry) {
		byte[] head = hex(entry.getOrDefault("hex", entry.getOrDefault("head", "")));
		ByteBuffer bytes = ByteBuffer.allocate(head.length + (int) entry.getOrDefault("size", 0));
		bytes.put(head);
		while (bytes.hasRemaining()) {
			bytes.put(hex(entry.get("fill")));
		}
		return bytes.array();
	}

	private static byte[] hex(@Nullable Object hex) {
		return HexFormat.of().parseHex(((String) Objects.requireNonNull(hex)).replace(" ", ""));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> object(@Nullable Object value) {
		return (Map<String, Object>) Objects.requireNonNull(value);
	}

	@SuppressWarnings("unchecked")
	private static List<Object> list(@Nullable Object value) {
		return (List<Object>) Objects.requireNonNull(value);
	}

	private static @Nullable Object load() {
		try (InputStream file = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/frames.json"));
				JsonParser parser = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), file)) {
			parser.nextToken();
			return parse(parser);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static @Nullable Object parse(JsonParser parser) {
		return switch (parser.currentToken()) {
			case START_OBJECT -> {
				Map<String, @Nullable Object> object = new LinkedHashMap<>();
				while (parser.nextToken() != JsonToken.END_OBJECT) {
					String name = parser.currentName();
					parser.nextToken();
					object.put(name, parse(parser));
				}
				yield object;
			}
			case START_ARRAY -> {
				List<@Nullable Object> list = new ArrayList<>();
				while (parser.nextToken() != JsonToken.END_ARRAY) {
					list.add(parse(parser));
				}
				yield list;
			}
			case VALUE_NUMBER_INT -> parser.getIntValue();
			case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
			case VALUE_NULL -> null;
			default -> parser.getString();
		};
	}

}
