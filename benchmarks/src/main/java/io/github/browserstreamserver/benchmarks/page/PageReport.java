/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Medians of all rounds, as a table and as JSON.
 */
final class PageReport {

	private static final String HEADER = """
			| | raw MB/s | client MB/s | client / raw | worst, best round | page s/GB raw | client | script raw | client | network process s/GB raw | client |
			| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
			""";

	private final int rounds;

	private final Map<String, Row> rows = new LinkedHashMap<>();

	PageReport(int rounds) {
		this.rounds = rounds;
	}

	void add(String label, PageBenchmark.Sample raw, PageBenchmark.Sample client) {
		Row row = this.rows.computeIfAbsent(label, (key) -> new Row(new ArrayList<>(), new ArrayList<>()));
		row.raw.add(raw);
		row.client.add(client);
	}

	void write(Path directory) throws IOException {
		String table = table();
		System.out.println(table);
		Files.createDirectories(directory);
		Files.writeString(directory.resolve("page.md"), table);
		Files.writeString(directory.resolve("page.json"), json());
	}

	private String table() {
		StringBuilder table = new StringBuilder(HEADER);
		this.rows.forEach((label, row) -> {
			List<Double> ratios = row.ratios();
			table.append(String.format(Locale.ROOT, "| %s | %.0f | %.0f | **%.2f** | %.2f, %.2f |", label,
					median(row.raw, PageBenchmark.Sample::megabytesPerSecond),
					median(row.client, PageBenchmark.Sample::megabytesPerSecond), middle(ratios), ratios.get(0),
					ratios.get(ratios.size() - 1)));
			for (ToDoubleFunction<Chromium.Usage> part : List.<ToDoubleFunction<Chromium.Usage>>of(
					Chromium.Usage::renderer, Chromium.Usage::script, Chromium.Usage::network)) {
				table.append(String.format(Locale.ROOT, " %.2f | %.2f |", used(row.raw, part), used(row.client, part)));
			}
			table.append('\n');
		});
		return table.toString();
	}

	private String json() {
		StringBuilder json = new StringBuilder("{\"rounds\":" + this.rounds + ",\"rows\":[");
		String comma = "";
		for (Map.Entry<String, Row> entry : this.rows.entrySet()) {
			json.append(comma).append("\n{\"name\":\"").append(entry.getKey()).append("\",\"raw\":[");
			json.append(json(entry.getValue().raw)).append("],\"client\":[");
			json.append(json(entry.getValue().client)).append("]}");
			comma = ",";
		}
		return json.append("\n]}\n").toString();
	}

	private static String json(List<PageBenchmark.Sample> samples) {
		List<String> texts = new ArrayList<>();
		for (PageBenchmark.Sample each : samples) {
			Chromium.Usage usage = each.usage();
			texts.add(String.format(Locale.ROOT,
					"{\"bytes\":%d,\"seconds\":%.4f,\"task\":%.4f,\"script\":%.4f,\"renderer\":%.2f,\"network\":%.2f}",
					each.transfer().bytes(), each.seconds(), usage.task(), usage.script(), usage.renderer(),
					usage.network()));
		}
		return String.join(",", texts);
	}

	private static double used(List<PageBenchmark.Sample> samples, ToDoubleFunction<Chromium.Usage> part) {
		return median(samples, (sample) -> sample.perGigabyte(part.applyAsDouble(sample.usage())));
	}

	private static double median(List<PageBenchmark.Sample> samples, ToDoubleFunction<PageBenchmark.Sample> value) {
		return middle(samples.stream().mapToDouble(value).sorted().boxed().toList());
	}

	static double middle(List<Double> sorted) {
		int half = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
	}

	/**
	 * One row.
	 *
	 * @param raw the rounds of the raw socket
	 * @param client those of the client, which took turns with them
	 */
	private record Row(List<PageBenchmark.Sample> raw, List<PageBenchmark.Sample> client) {

		/** Of rounds that followed each other, in order. */
		List<Double> ratios() {
			List<Double> ratios = new ArrayList<>();
			for (int round = 0; round < this.raw.size(); round++) {
				ratios.add(this.client.get(round).megabytesPerSecond() / this.raw.get(round).megabytesPerSecond());
			}
			ratios.sort(null);
			return ratios;
		}

	}

}
