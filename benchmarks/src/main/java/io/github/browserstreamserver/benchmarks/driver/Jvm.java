/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How JVMs are started here: with a part of our own class path.
 */
final class Jvm {

	/** What all relays get. On one core a JVM takes the serial collector by itself. */
	static final List<String> RELAY_FLAGS = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

	static final List<String> GENERATOR_FLAGS = List.of("-Xms256m", "-Xmx256m", "-XX:MaxDirectMemorySize=1g",
			"-XX:+UseSerialGC");

	private Jvm() {
	}

	/**
	 * Returns a command that starts a JVM.
	 * @param flags of the JVM
	 * @param without jars whose names contain one of these are left out
	 * @param main the class
	 * @param arguments of the program
	 * @return the command
	 */
	static List<String> command(List<String> flags, List<String> without, String main, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(flags);
		command.addAll(List.of("-cp", classPath(without), main));
		command.addAll(arguments);
		return command;
	}

	private static String classPath(List<String> without) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> without.stream().noneMatch(Path.of(entry).getFileName().toString()::contains))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
