/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import io.github.browserstreamserver.stream.MetadataRules;

/**
 * The numbers of {@code docs/protocol.md}, under the names that it uses; the browser
 * client has the same in {@code frames.js}.
 */
final class Wire {

	/** The first frame in each direction. */
	static final int HELLO = 0x01;

	/** Asks for a sign of life. */
	static final int PING = 0x02;

	/** Opens a stream. */
	static final int OPEN = 0x03;

	/** Takes a stream that the other side opened. */
	static final int ACCEPT = 0x04;

	/** A part of a message. */
	static final int DATA = 0x05;

	/** Allows more data. */
	static final int CREDIT = 0x06;

	/** The sender sends no more data. */
	static final int END = 0x07;

	/** Both directions are over. */
	static final int RESET = 0x08;

	/** The sender ends this connection soon: open nothing more on it. */
	static final int GOAWAY = 0x81;

	/** The relay's answer to an empty KEY: what proves who owns the name. */
	static final int TOKEN = 0x82;

	/** Types from here on are skipped when they are unknown. */
	static final int FIRST_SKIPPABLE_TYPE = 0x80;

	/** PING: it answers a ping. */
	static final int FLAG_ANSWER = 0x01;

	/** DATA: it begins a message. */
	static final int FLAG_FIRST = 0x01;

	/** DATA: it ends a message. */
	static final int FLAG_LAST = 0x02;

	/** DATA: where the message's kind is. */
	static final int KIND_MASK = 0x0c;

	/** DATA: how far the kind is from the right. */
	static final int KIND_SHIFT = 2;

	/** HELLO: how many streams the receiver may have open. */
	static final int SETTING_MAX_STREAMS = 1;

	/** HELLO: the sender's longest silence, in milliseconds. */
	static final int SETTING_KEEPALIVE = 2;

	/** OPEN: proves who owns a name. */
	static final int FIELD_KEY = 1;

	/** The longest payload of a frame, in bytes. */
	static final int MAX_PAYLOAD = 16_384;

	/** The longest payload of a PING, in bytes. */
	static final int MAX_PING = 64;

	/** The longest reason of a RESET, in bytes. */
	static final int MAX_REASON = 255;

	/** The longest target of an OPEN, in bytes. */
	static final int MAX_TARGET = 255;

	/** The longest metadata of an OPEN, in bytes. */
	static final int MAX_METADATA = MetadataRules.MAX_BYTES;

	/** How deep the metadata of an OPEN may be nested. */
	static final int MAX_METADATA_DEPTH = MetadataRules.MAX_DEPTH;

	/** The shortest KEY of an OPEN, in bytes. */
	static final int MIN_KEY = 16;

	/** The bytes of a TOKEN, 128 bits. */
	static final int TOKEN_SIZE = 16;

	/** The longest KEY of an OPEN, in bytes. */
	static final int MAX_KEY = 64;

	/** What each direction of a stream begins with, in bytes. */
	static final int INITIAL_CREDIT = 16_384;

	/** What a DATA frame costs beyond its payload, in bytes. */
	static final int FRAME_COST = 64;

	/** The greatest varint, id, and sum of credit. */
	static final int MAX_VALUE = Integer.MAX_VALUE;

	/** The longest varint, in bytes. */
	static final int MAX_VARINT = 5;

	/** The longest head of a frame: type, flags, stream, length. */
	static final int MAX_HEAD = 1 + 1 + MAX_VARINT + MAX_VARINT;

	private Wire() {
	}

}
