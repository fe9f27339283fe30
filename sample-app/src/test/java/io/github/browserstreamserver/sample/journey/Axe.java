/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

import io.github.browserstreamserver.sample.support.NpmPackages;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for what keeps people from using a page, with axe-core from npm.
 */
final class Axe {

	private static final NpmPackages PACKAGES = new NpmPackages("axe");

	private static final String RUN = """
			if (!globalThis.axe) {
			  %s
			}
			const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
			return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`);
			""";

	private Axe() {
	}

	static void assertNoViolations(Page page) {
		JsonNode violations = page.call(RUN.formatted(source()));
		assertThat(Page.strings(violations)).as("what axe-core finds").isEmpty();
	}

	private static String source() {
		try {
			return Files.readString(PACKAGES.fetch().resolve("node_modules/axe-core/axe.min.js"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
