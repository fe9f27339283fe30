/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The original's clients as npm has them, made into pages.
 */
public final class OriginalClients {

	/** The versions of mux-demux there are pages for. */
	public static final String OLD = "3.2.2";

	public static final String NEW = "3.7.9";

	private static final NpmPackages PACKAGES = new NpmPackages("originals");

	private static final List<String> SOURCES = List.of("build.cjs", "util.js", "helpers.js", "peer.cjs");

	private static boolean made;

	private OriginalClients() {
	}

	/**
	 * Returns the property that lets the application send the pages, which may not be
	 * there yet.
	 */
	public static String pagesProperty() {
		return "--spring.web.resources.static-locations=classpath:/static/,file:"
				+ PACKAGES.directory().resolve("pages") + "/";
	}

	/**
	 * Returns where the page of a version is, and fetches what it needs, if need be.
	 * @param version the version of mux-demux
	 */
	public static String page(String version) {
		fetch();
		return "/originals/" + version + ".html";
	}

	/**
	 * Fetches what is not there yet. Without npm the test is skipped, but in CI it fails.
	 * @return the directory of the packages
	 */
	public static synchronized Path fetch() {
		Path directory = PACKAGES.fetch((packages) -> {
			if (!made) {
				makePages(packages);
			}
		});
		made = true;
		return directory;
	}

	private static void makePages(Path directory) throws IOException {
		Path node = Prerequisite.program("node");
		for (String name : SOURCES) {
			PACKAGES.copy(name, directory);
		}
		String failure = NpmPackages.run(directory, node, "build.cjs", OLD, NEW);
		if (failure != null) {
			throw new IllegalStateException("The pages cannot be made: " + failure);
		}
	}

	/** Returns the README that came with the package. */
	public static String readme() throws IOException {
		return Files.readString(fetch().resolve("node_modules/stream-server/README.md"), StandardCharsets.UTF_8);
	}

}
