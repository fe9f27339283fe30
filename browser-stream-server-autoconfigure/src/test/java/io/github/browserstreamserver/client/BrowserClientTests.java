/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * The browser client's own tests, {@code src/test/js}, run by Node's test runner, each as
 * a test here: on the modules, and in the whole run also on the one file that is served.
 * Node is not needed to build: without it they are skipped, but in CI they fail.
 */
class BrowserClientTests {

	private static final Path TESTS = Path.of("src/test/js");

	private static final Pattern RESULT = Pattern.compile("^\\s*(not )?ok \\d+ - (.*?)(\\s+#.*)?$");

	private static final int PATIENCE_SECONDS = 120;

	@TestFactory
	Stream<DynamicNode> clientInJavaScript() throws IOException, InterruptedException {
		return runAll(testFiles());
	}

	@TestFactory
	@Tag("client")
	Stream<DynamicNode> clientInOneFile() throws IOException, InterruptedException {
		List<Path> files = testFiles().stream().filter((file) -> !file.endsWith("package.test.js")).toList();
		return runAll(files, "--import", "./" + TESTS.resolve("support/one-file.mjs"));
	}

	private static Stream<DynamicNode> runAll(List<Path> testFiles, String... options)
			throws IOException, InterruptedException {
		if (!nodeIsThere()) {
			assertThat(System.getenv("CI")).as("Node.js must be there in CI; .ci/run installs it").isNotEqualTo("true");
			String reason = "Skipped: the tests of the browser client need Node.js 18 or newer on the path";
			// not System.out, which the build keeps to itself unless a test fails
			new PrintStream(new FileOutputStream(FileDescriptor.out), true, Charset.defaultCharset()).println(reason);
			Assumptions.abort(reason);
		}
		List<DynamicNode> files = new ArrayList<>();
		for (Path file : testFiles) {
			files.add(dynamicContainer(file.getFileName().toString(), run(file, options)));
		}
		assertThat(files).isNotEmpty();
		return files.stream();
	}

	private static List<Path> testFiles() throws IOException {
		try (Stream<Path> files = Files.list(TESTS)) {
			return files.filter((file) -> file.toString().endsWith(".test.js")).sorted().toList();
		}
	}

	private static boolean nodeIsThere() throws InterruptedException {
		try {
			return new ProcessBuilder("node", "--version").redirectErrorStream(true).start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static List<DynamicNode> run(Path file, String... options) throws IOException, InterruptedException {
		Path output = Files.createTempFile("browser-client-", ".tap");
		List<String> command = new ArrayList<>(List.of("node"));
		command.addAll(List.of(options));
		command.addAll(List.of("--test", "--test-reporter=tap", file.toString()));
		Process node = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		boolean ended = node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
		if (!ended) {
			node.destroyForcibly().waitFor();
		}
		String report = Files.readString(output, StandardCharsets.UTF_8);
		Files.delete(output);
		List<DynamicNode> tests = new ArrayList<>();
		report.lines().map(RESULT::matcher).filter(Matcher::matches).forEach((result) -> {
			boolean failed = result.group(1) != null;
			tests.add(dynamicTest(result.group(2), () -> assertThat(failed).as(report).isFalse()));
		});
		boolean passed = ended && node.exitValue() == 0;
		tests.add(dynamicTest("all of " + file.getFileName(), () -> assertThat(passed).as(report).isTrue()));
		assertThat(tests).as(report).hasSizeGreaterThan(1);
		return tests;
	}

}
