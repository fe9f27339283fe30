/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.net.ProtocolException;

/**
 * A packet of Engine.IO 4, and of Socket.IO within. Strings of ours need no escapes.
 *
 * @param type what it is
 * @param from the id of who sent it
 * @param kind what it means to a stream
 * @param stream which stream
 */
record SocketIoPacket(Type type, String from, String kind, String stream) {

	static final String CONNECT = "40";

	static final String PONG = "3";

	/** What comes. */
	enum Type {

		/** Engine.IO is there. */
		OPEN("0"),

		/** Engine.IO asks whether we are. */
		PING("2"),

		/** Socket.IO is there. */
		CONNECTED("40"),

		/** A message without bytes. */
		EVENT("42"),

		/** The answer to an event. */
		ACK("43"),

		/** A message whose bytes follow in a frame of their own. */
		BINARY_EVENT("451-");

		private final String begin;

		Type(String begin) {
			this.begin = begin;
		}

	}

	static SocketIoPacket read(String text) throws ProtocolException {
		for (Type type : Type.values()) {
			if (text.startsWith(type.begin)) {
				return (type == Type.EVENT || type == Type.BINARY_EVENT) ? event(type, text)
						: new SocketIoPacket(type, "", "", "");
			}
		}
		throw new ProtocolException("a packet " + text);
	}

	private static SocketIoPacket event(Type type, String text) throws ProtocolException {
		String[] strings = text.split("\"", 9);
		if (strings.length != 9 || !strings[1].equals("message")) {
			throw new ProtocolException("an event " + text);
		}
		return new SocketIoPacket(type, strings[3], strings[5], strings[7]);
	}

	static String host(String name) {
		return "420[\"host\",\"" + name + "\"]";
	}

	static String send(String room, String kind, String stream) {
		return "42[\"send\",\"" + room + "\",\"" + kind + "\",\"" + stream + "\"]";
	}

	static String sendBytes(String room, String kind, String stream) {
		return "451-[\"send\",\"" + room + "\",\"" + kind + "\",\"" + stream + "\",{\"_placeholder\":true,\"num\":0}]";
	}

}
