/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On what and with what is measured.
 */
final class Machine {

	private static final Pattern MODEL = Pattern.compile("model name\\s*: (.*)");

	private Machine() {
	}

	static String describe(Options options, Noise noise) {
		return "- " + model() + ", " + Runtime.getRuntime().availableProcessors() + " cores; "
				+ System.getProperty("os.name") + " " + System.getProperty("os.version") + "\n- "
				+ (Core.pinned() ? "relay on core 0, generator on core 1, loopback"
						: "**not pinned**: no taskset, or only one core")
				+ "\n- relays that are JVMs: `" + String.join(" ", Jvm.RELAY_FLAGS) + "`\n- " + options.rounds()
				+ " rounds, interleaved; " + options.warm()
				+ " s of the same load before each measure, or more until its" + " cost is stable, and "
				+ options.seconds() + " s that count\n- " + noise.describe() + "\n\n" + Versions.table();
	}

	private static String model() {
		try {
			Matcher matcher = MODEL.matcher(Files.readString(Path.of("/proc/cpuinfo")));
			return matcher.find() ? matcher.group(1) : System.getProperty("os.arch");
		}
		catch (IOException ex) {
			return System.getProperty("os.arch").toLowerCase(Locale.ROOT);
		}
	}

}
