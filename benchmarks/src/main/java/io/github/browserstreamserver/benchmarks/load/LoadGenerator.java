/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;

/**
 * Loads one relay with one measure, and prints a line {@code metric value} for each that
 * came out.
 */
public final class LoadGenerator {

	private LoadGenerator() {
	}

	/**
	 * Runs the measure.
	 * @param arguments see {@link LoadOptions}, each as {@code --name=value}
	 * @throws IOException if the relay did not do what it should
	 */
	public static void main(String[] arguments) throws IOException {
		LoadOptions options = LoadOptions.of(arguments);
		try (Loop loop = new Loop()) {
			Bench bench = new Bench(loop, Adapters.of(loop, options), new RelayProbe(options.pid(), options.jvm()),
					options);
			Measures.of(options.measure()).run(bench);
			bench.results().forEach((metric, value) -> System.out.println(metric + " " + value));
		}
	}

}
