/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.util.HashMap;
import java.util.Map;

/**
 * What the generator is asked for.
 *
 * @param adapter the dialect
 * @param port of the relay
 * @param hostPort where a relay that is a proxy reaches hosts; 0 otherwise
 * @param pid of the relay
 * @param jvm whether the relay is a JVM
 * @param measure what to measure
 * @param warm seconds of load before
 * @param seconds of load that count
 * @param hosts how many idle hosts make a measure of their memory
 * @param crowd how many idle connections stand beside a load
 */
record LoadOptions(String adapter, int port, int hostPort, long pid, boolean jvm, String measure, int warm, int seconds,
		int hosts, int crowd) {

	static LoadOptions of(String[] arguments) {
		Map<String, String> values = new HashMap<>();
		for (String argument : arguments) {
			int equals = argument.indexOf('=');
			values.put(argument.substring(2, equals), argument.substring(equals + 1));
		}
		return new LoadOptions(values.getOrDefault("adapter", "plain"), number(values, "port"),
				number(values, "host-port"), number(values, "pid"), Boolean.parseBoolean(values.get("jvm")),
				values.getOrDefault("measure", "bulk"), number(values, "warm"), number(values, "seconds"),
				number(values, "hosts"), number(values, "crowd"));
	}

	private static int number(Map<String, String> values, String name) {
		return Integer.parseInt(values.getOrDefault(name, "0"));
	}

}
