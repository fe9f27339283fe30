/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what came out: the tables, beside them the raw numbers and a picture.
 */
public final class Report {

	private final Samples samples;

	private final String machine;

	/**
	 * Makes a report.
	 * @param samples what came out
	 * @param machine on which machine, and how, in Markdown
	 */
	public Report(Samples samples, String machine) {
		this.samples = samples;
		this.machine = machine;
	}

	/**
	 * Writes the files.
	 * @param file the tables'; the others have its name with another ending
	 * @throws IOException if they cannot be written
	 */
	public void write(Path file) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		String name = file.getFileName().toString().replaceAll("\\.md$", "");
		Files.writeString(file.resolveSibling(name + ".json"), Json.of(this.samples.all()));
		Files.writeString(file.resolveSibling(name + ".svg"), Picture.of(this.samples));
		Files.writeString(file, markdown(name + ".svg"));
	}

	private String markdown(String picture) {
		return "# Result\n\n" + this.machine + "\n![Ratios to this project](" + picture + ")\n\n## Summary\n\n"
				+ "Medians. An empty cell: not measured.\n\n" + Tables.summary(this.samples) + "\n## Goals\n\n"
				+ Goals.table(this.samples) + "\n## All that was measured\n\n"
				+ "Median (least–greatest of the rounds). A generator that was over 95 % busy is marked: there it may be"
				+ " what limits the throughput.\n\n" + Tables.details(this.samples);
	}

}
