/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The raw numbers. Names of peers, measures and metrics need no escapes.
 */
final class Json {

	private Json() {
	}

	static String of(List<Sample> samples) {
		return samples.stream().map(Json::of).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
	}

	private static String of(Sample sample) {
		return "{\"round\": " + sample.round() + ", \"measure\": \"" + sample.measure() + "\", \"peer\": \""
				+ sample.peer() + "\", \"metric\": \"" + sample.metric() + "\", \"value\": "
				+ (Double.isFinite(sample.value()) ? Double.toString(sample.value()) : "null") + "}";
	}

}
