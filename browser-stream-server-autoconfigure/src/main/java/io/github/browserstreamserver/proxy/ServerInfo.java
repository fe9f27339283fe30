/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.time.Instant;

/**
 * What there is to know about a live server. A copy: it does not change.
 *
 * @param name the name that is listened on
 * @param since when the host took the name
 * @param streams how many streams between clients and the host are open
 * @param bytesToHost payload bytes that clients have sent so far
 * @param bytesFromHost payload bytes that the host has sent so far
 */
public record ServerInfo(String name, Instant since, int streams, long bytesToHost, long bytesFromHost) {
}
