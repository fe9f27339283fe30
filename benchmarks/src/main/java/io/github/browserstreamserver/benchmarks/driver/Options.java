/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param peers names of peers, all if empty
 * @param measures names of measures, all if empty
 * @param rounds how often each of them
 * @param warm seconds of load before a measure
 * @param seconds of load that count
 * @param hosts how many idle hosts make a measure of their memory
 * @param crowd how many idle connections stand beside a load
 * @param starts how often the application is started in a round
 * @param out the table's file; the others stand beside it
 */
record Options(List<String> peers, List<String> measures, int rounds, int warm, int seconds, int hosts, int crowd,
		int starts, Path out) {

	private static final String USAGE = "--peers a,b --measures x,y --rounds n --warm s --seconds s --hosts n"
			+ " --crowd n --starts n --out file --quick";

	private static final Map<String, String> DEFAULTS = Map.of("peers", "", "measures", "", "rounds", "2", "warm", "3",
			"seconds", "3", "hosts", "5000", "crowd", "10000", "starts", "5", "out", "benchmarks/target/result.md");

	private static final Map<String, String> QUICK = Map.of("rounds", "1", "warm", "2", "seconds", "2", "hosts", "1000",
			"crowd", "2000", "starts", "3");

	static Options of(String[] arguments) {
		Map<String, String> values = new HashMap<>(DEFAULTS);
		Set<String> words = new HashSet<>(Arrays.asList(arguments));
		if (words.contains("--quick")) {
			values.putAll(QUICK);
		}
		for (int i = 0; i < arguments.length; i++) {
			String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
			if (name.equals("quick")) {
				continue;
			}
			if (!DEFAULTS.containsKey(name) || i + 1 == arguments.length) {
				throw new IllegalArgumentException("'" + arguments[i] + "' is none of " + USAGE);
			}
			values.put(name, arguments[++i]);
		}
		return new Options(list(values, "peers"), list(values, "measures"), number(values, "rounds"),
				number(values, "warm"), number(values, "seconds"), number(values, "hosts"), number(values, "crowd"),
				number(values, "starts"), Path.of(values.getOrDefault("out", "")));
	}

	private static List<String> list(Map<String, String> values, String name) {
		String value = values.getOrDefault(name, "");
		return value.isEmpty() ? List.of() : List.of(value.split(","));
	}

	private static int number(Map<String, String> values, String name) {
		String value = values.getOrDefault(name, "");
		if (!value.matches("[1-9][0-9]{0,8}")) {
			throw new IllegalArgumentException("--" + name + " wants a number above 0, not '" + value + "'");
		}
		return Integer.parseInt(value);
	}

	/**
	 * Refuses names that nothing has, before hours are spent on the rest.
	 * @param what what they name
	 * @param asked what the user wrote
	 * @param known what there is
	 */
	static void check(String what, List<String> asked, List<String> known) {
		for (String name : asked) {
			if (!known.contains(name)) {
				throw new IllegalArgumentException(
						"there is no " + what + " '" + name + "', only " + String.join(", ", known));
			}
		}
	}

}
