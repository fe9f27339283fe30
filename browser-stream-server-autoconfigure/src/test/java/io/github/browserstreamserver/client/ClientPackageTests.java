/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The npm package as its users get it: its files, its declarations, and a project with
 * Vite. Without npm they are skipped, but in CI they fail.
 */
@Tag("client")
class ClientPackageTests {

	private static final Path PACKAGE = Path.of("src/main/client/package").toAbsolutePath();

	private static final Path EXAMPLE = Path.of("../docs/examples/vite-typescript");

	private static final Path WORK = Path.of("target/client-package").toAbsolutePath();

	private static final String[] INSTALL = { "npm", "install", "--no-audit", "--no-fund", "--no-package-lock",
			"--prefer-offline" };

	private static final int PATIENCE_MINUTES = 5;

	private static Path tarball;

	@BeforeAll
	static void pack() throws IOException, InterruptedException {
		if (!npmIsThere()) {
			assertThat(System.getenv("CI")).as("npm must be there in CI; .ci/run installs it").isNotEqualTo("true");
			Assumptions.abort("Skipped: the tests of the npm package need npm on the path");
		}
		copy(Path.of("src/build/npm"), WORK);
		run(WORK, INSTALL);
		String file = run(PACKAGE, "npm", "pack", "--silent", "--pack-destination", WORK.toString()).strip();
		tarball = WORK.resolve(file);
	}

	@Test
	void hasTheseFilesAndNoOthers() throws IOException, InterruptedException {
		String files = run(WORK, "tar", "-tzf", tarball.toString());
		assertThat(files.lines()).containsExactlyInAnyOrder("package/LICENSE", "package/README.md",
				"package/client.d.ts", "package/client.js", "package/client.js.map", "package/package.json");
	}

	@Test
	void isAPackageThatPublintLikes() throws IOException, InterruptedException {
		String said = run(WORK, "node", "node_modules/publint/src/cli.js", "run", tarball.toString(), "--strict");
		assertThat(said).contains("All good!");
	}

	@Test
	void hasTheDeclarationsThatTheModulesGive() throws IOException, InterruptedException {
		Path fresh = WORK.resolve("fresh.d.ts");
		run(WORK, "node", "declarations.mjs", Path.of("src/main/js").toAbsolutePath().toString(), fresh.toString());
		assertThat(PACKAGE.resolve("client.d.ts"))
			.as("run `mvn -Pclient generate-resources -pl browser-stream-server-autoconfigure`, and commit what it writes")
			.hasSameTextualContentAs(fresh);
	}

	@ParameterizedTest
	@CsvSource({ "typescript/bin/tsc, esnext, bundler", "typescript/bin/tsc, nodenext, nodenext",
			"@typescript/typescript6/bin/tsc6, esnext, bundler",
			"@typescript/typescript6/bin/tsc6, nodenext, nodenext" })
	void hasTypesThatWorkWithTheUsualLibs(String compiler, String module, String resolution)
			throws IOException, InterruptedException {
		Path consumer = WORK.resolve("consumer");
		install(consumer);
		run(consumer, "node", "../node_modules/" + compiler, "-p", ".", "--module", module, "--moduleResolution",
				resolution);
	}

	@Test
	void isUsedInAProjectWithVite() throws IOException, InterruptedException {
		Path project = WORK.resolve("vite");
		copy(EXAMPLE, project);
		install(project);
		run(project, "npm", "run", "build");
		try (Stream<Path> assets = Files.list(project.resolve("dist/assets"))) {
			Path script = assets.filter((file) -> file.toString().endsWith(".js")).findFirst().orElseThrow();
			String code = Files.readString(script);
			assertThat(code.contains("/browser-server")).as("knows the default prefix").isTrue();
			assertThat(code.contains("import.meta")).as("looks where it is itself").isFalse();
		}
	}

	private static boolean npmIsThere() throws InterruptedException {
		try {
			return new ProcessBuilder("npm", "--version").redirectErrorStream(true).start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Puts this package in the place of the published one.
	 */
	private static void install(Path project) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(INSTALL));
		command.add("--no-save");
		command.add(tarball.toString());
		run(project, command.toArray(String[]::new));
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path each : files.filter((file) -> !file.toString().matches(".*/(node_modules|dist)(/.*)?"))
				.toList()) {
				Path copy = to.resolve(from.relativize(each));
				if (Files.isDirectory(each)) {
					Files.createDirectories(copy);
				}
				else {
					Files.copy(each, copy, StandardCopyOption.REPLACE_EXISTING);
				}
			}
		}
	}

	private static String run(Path directory, String... command) throws IOException, InterruptedException {
		Path output = Files.createTempFile("client-package-", ".txt");
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
		if (!ended) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().waitFor();
		}
		String said = Files.readString(output);
		Files.delete(output);
		assertThat(ended && process.exitValue() == 0).as(String.join(" ", command) + "\n" + said).isTrue();
		return said;
	}

}
