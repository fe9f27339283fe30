/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which versions are compared: of libraries by the names of their jars, of packages by
 * what npm has installed, of programs by what they say themselves.
 */
final class Versions {

	private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");

	private static final Pattern IN_PACKAGE = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"");

	private static final Pattern SAID = Pattern.compile("\\d+\\.\\d[\\w.+~-]*");

	private static final int SECONDS_TO_SAY = 20;

	/** Jars, as the table calls them. */
	private static final Map<String, String> JARS = Map.of("spring-boot", "Spring Boot", "spring-websocket", "Spring",
			"tomcat-embed-core", "Tomcat", "jetty-server", "Jetty", "netty-transport", "Netty");

	/** Which packages a script is made of. */
	private static final Map<String, List<String>> PACKAGES = new LinkedHashMap<>();

	static {
		PACKAGES.put("`ws-relay-node`", List.of("ws", "bufferutil"));
		PACKAGES.put("`socketio`", List.of("socket.io", "engine.io"));
		PACKAGES.put("`original`",
				List.of("stream-server", "boot", "mux-demux-shoe", "mux-demux", "shoe", "sockjs", "faye-websocket"));
	}

	private Versions() {
	}

	/**
	 * Returns the versions of what the machine has.
	 * @return a table in Markdown
	 */
	static String table() {
		StringBuilder table = new StringBuilder("| | |\n|---|---|\n");
		row(table, "JVM", "JDK " + System.getProperty("java.runtime.version") + ", " + jars());
		row(table, "Node", program("node", "--version"));
		PACKAGES.forEach((peer, names) -> row(table, peer, packages(names)));
		row(table, "nginx", program("nginx", "-v"));
		row(table, "haproxy", program("haproxy", "-v"));
		return table.toString();
	}

	private static void row(StringBuilder table, String what, String version) {
		if (!version.isEmpty()) {
			table.append("| ").append(what).append(" | ").append(version).append(" |\n");
		}
	}

	private static String jars() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> JAR.matcher(Path.of(entry).getFileName().toString()))
			.filter((jar) -> jar.matches() && JARS.containsKey(jar.group(1)))
			.map((jar) -> JARS.get(jar.group(1)) + " " + jar.group(2))
			.sorted()
			.collect(Collectors.joining(", "));
	}

	private static String packages(List<String> names) {
		return names.stream()
			.map((name) -> (name + " " + inPackage(name)).strip())
			.filter((text) -> text.contains(" "))
			.collect(Collectors.joining(", "));
	}

	private static String inPackage(String name) {
		try {
			return first(IN_PACKAGE, Files.readString(NodeLauncher.packageFile(name)));
		}
		catch (IOException ex) {
			// not installed: then its peer is left out
			return "";
		}
	}

	private static String program(String name, String question) {
		if (!Programs.has(name)) {
			return "";
		}
		try (Child process = new Child(List.of(Programs.find(name), question), (line) -> false)) {
			return first(SAID, String.join("\n", process.awaitEnd(SECONDS_TO_SAY)));
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	private static String first(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return !matcher.find() ? "" : (matcher.groupCount() > 0) ? matcher.group(1) : matcher.group();
	}

}
