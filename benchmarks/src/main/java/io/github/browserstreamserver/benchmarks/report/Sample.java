/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.report;

/**
 * One number that came out.
 *
 * @param round in which round
 * @param measure of which measure
 * @param peer of which peer
 * @param metric what it is, with its unit
 * @param value the number
 */
public record Sample(int round, String measure, String peer, String metric, double value) {

}
