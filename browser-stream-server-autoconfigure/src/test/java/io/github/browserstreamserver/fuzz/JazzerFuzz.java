/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs Jazzer, which looks for inputs that reach more of the code, on each target for
 * {@code fuzz.seconds}, or on the one that {@code fuzz.target} names. It begins with the
 * corpus, and with what it found before if {@code target/fuzz} is still there. Only the
 * profile {@code fuzz} has it on the class path.
 * <p>
 * It writes, in {@code target/fuzz}: {@code <target>.txt}, what it did;
 * {@code <target>.log}, what it said; {@code <target>-new.hex}, inputs that are worth to
 * be kept; {@code <target>-findings.hex}, those that are not handled as they should be.
 */
class JazzerFuzz {

	private static final Path FOLDER = Path.of("target", "fuzz");

	private static final int TIMEOUT_SECONDS = 20;

	private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: +(\\d+)");

	/** What is reached in the beginning, and then with each input that reaches more. */
	private static final Pattern COVERAGE = Pattern.compile("(?:INITED|NEW|REDUCE|DONE) +cov: (\\d+) ft: (\\d+)");

	private static final Pattern FINDING = Pattern.compile("(crash|timeout|oom|leak)-.*");

	static Stream<FuzzTarget> targets() {
		String one = System.getProperty(FuzzTarget.PROPERTY, "");
		return one.isEmpty() ? Arrays.stream(FuzzTarget.values()) : Stream.of(FuzzTarget.of(one));
	}

	@ParameterizedTest
	@MethodSource("targets")
	void findsNothing(FuzzTarget target) throws Exception {
		Path seeds = emptied(target + "-seeds");
		Path findings = emptied(target + "-findings");
		Path found = Files.createDirectories(FOLDER.resolve(target + "-found"));
		List<byte[]> corpus = Corpus.of(target);
		for (int index = 0; index < corpus.size(); index++) {
			Files.write(seeds.resolve(String.valueOf(index)), corpus.get(index));
		}
		Path log = FOLDER.resolve(target + ".log");
		int exit = run(target, log, found, seeds, findings);
		String said = Files.readString(log);
		List<String> inputs = lines(findings, FINDING);
		Files.write(FOLDER.resolve(target + "-findings.hex"), inputs);
		Files.write(FOLDER.resolve(target + "-new.hex"), lines(found, Pattern.compile(".*")));
		String report = report(target, said, found);
		Files.writeString(FOLDER.resolve(target + ".txt"), report);
		assertThat(inputs).as("inputs that are not handled, see %s", log).isEmpty();
		assertThat(exit).as("exit code, see %s", log).isZero();
		assertThat(report).as("see %s", log).doesNotContain("unknown");
	}

	private static Path emptied(String name) throws IOException {
		Path folder = Files.createDirectories(FOLDER.resolve(name));
		for (Path file : files(folder)) {
			Files.delete(file);
		}
		return folder;
	}

	private static List<Path> files(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.sorted(Comparator.comparing(Path::toString)).toList();
		}
	}

	private static int run(FuzzTarget target, Path log, Path found, Path seeds, Path findings)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-ea", "-Xmx512m",
						"-XX:+EnableDynamicAgentLoading", "-cp", System.getProperty("java.class.path"),
						"-D" + FuzzTarget.PROPERTY + "=" + target, "com.code_intelligence.jazzer.Jazzer"));
		command.addAll(List.of("--target_class=" + JazzerEntry.class.getName(),
				"--instrumentation_includes=io.github.browserstreamserver.**", "--reproducer_path=" + findings));
		command.addAll(List.of("-artifact_prefix=" + findings + File.separator, "-print_final_stats=1",
				"-use_value_profile=1", "-len_control=10", "-timeout=" + TIMEOUT_SECONDS,
				"-max_total_time=" + Integer.getInteger("fuzz.seconds", 60), found.toString(), seeds.toString()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			return process.waitFor();
		}
		finally {
			process.destroy();
		}
	}

	private static List<String> lines(Path folder, Pattern names) throws IOException {
		List<String> lines = new ArrayList<>();
		for (Path file : files(folder)) {
			if (names.matcher(file.getFileName().toString()).matches()) {
				lines.add(Corpus.line(Files.readAllBytes(file)));
			}
		}
		return lines;
	}

	private static String report(FuzzTarget target, String log, Path found) throws IOException {
		List<MatchResult> coverage = COVERAGE.matcher(log).results().toList();
		String executions = EXECUTIONS.matcher(log)
			.results()
			.map((stat) -> stat.group(1))
			.findFirst()
			.orElse("unknown");
		String before = coverage.isEmpty() ? "unknown" : described(coverage.get(0));
		String after = coverage.isEmpty() ? "unknown" : described(coverage.get(coverage.size() - 1));
		return """
				target:           %s
				executions:       %s
				in the beginning: %s
				in the end:       %s
				inputs found:     %d
				""".formatted(target, executions, before, after, files(found).size());
	}

	private static String described(MatchResult coverage) {
		return coverage.group(1) + " edges, " + coverage.group(2) + " features";
	}

}
