/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.stream;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What an open asks for, already checked by the dialect that read it.
 */
public final class StreamRequest {

	private final StreamKind kind;

	private final String target;

	private final @Nullable String metadata;

	private final byte @Nullable [] key;

	/**
	 * Creates a request.
	 * @param kind what is asked for
	 * @param target the name or path
	 * @param metadata the opener's JSON value as text, or {@code null}
	 * @param key what proves the ownership of a name, or {@code null}; not copied
	 */
	public StreamRequest(StreamKind kind, String target, @Nullable String metadata, byte @Nullable [] key) {
		this.kind = Objects.requireNonNull(kind, "'kind' must not be null");
		this.target = Objects.requireNonNull(target, "'target' must not be null");
		this.metadata = metadata;
		this.key = key;
	}

	/**
	 * Returns what is asked for.
	 * @return the kind
	 */
	public StreamKind kind() {
		return this.kind;
	}

	/**
	 * Returns the name that is listened on or connected to, or the path of a route.
	 * @return the target
	 */
	public String target() {
		return this.target;
	}

	/**
	 * Returns what the opener tells the other side about itself.
	 * @return a JSON text, or {@code null} if it told nothing
	 */
	public @Nullable String metadata() {
		return this.metadata;
	}

	/**
	 * Returns the secret that proves the ownership of a name.
	 * @return the key, or {@code null}
	 */
	public byte @Nullable [] key() {
		return this.key;
	}

	@Override
	public String toString() {
		return this.kind + " '" + this.target + "'";
	}

}
