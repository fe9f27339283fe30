/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.page;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.json.Json;

/**
 * A headless Chromium that shows one page, and what it costs.
 */
final class Chromium implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** Selenium warns of protocols of the browser that we do not use. */
	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

	static {
		SELENIUM.setLevel(Level.SEVERE);
	}

	private final Path profile;

	private final ChromeDriver driver;

	Chromium() throws IOException {
		this.profile = Files.createTempDirectory("benchmark-chromium-");
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(program("chromedriver"))
			.usingAnyFreePort()
			.withSilent(true)
			.build();
		ChromeOptions options = new ChromeOptions();
		options.setBinary(program("chromium"));
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
				"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--user-data-dir=" + this.profile);
		this.driver = new ChromeDriver(service, options);
		this.driver.manage().timeouts().scriptTimeout(PATIENCE);
		this.driver.executeCdpCommand("Performance.enable", Map.of());
	}

	private static File program(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> new File(directory, name))
			.filter(File::canExecute)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(name + " is not on the path"));
	}

	/**
	 * Shows a page.
	 * @param address the page
	 */
	void open(String address) {
		this.driver.get(address);
	}

	/**
	 * Runs a script in the page.
	 * @param expression a promise
	 * @return what it is resolved with
	 */
	double run(String expression) {
		Object result = this.driver.executeAsyncScript("const callback = arguments[0]; Promise.resolve(" + expression
				+ ").then(callback, (error) => callback(String(error?.stack ?? error)))");
		if (result instanceof Number number) {
			return number.doubleValue();
		}
		throw new IllegalStateException(expression + ": " + result);
	}

	/**
	 * Profiles a script in the page.
	 * @param expression a promise
	 * @param file where the profile goes, for the browser's developer tools
	 */
	void profile(String expression, Path file) throws IOException {
		this.driver.executeCdpCommand("Profiler.enable", Map.of());
		this.driver.executeCdpCommand("Profiler.setSamplingInterval", Map.of("interval", 200));
		this.driver.executeCdpCommand("Profiler.start", Map.of());
		run(expression);
		Object profile = this.driver.executeCdpCommand("Profiler.stop", Map.of()).get("profile");
		Files.writeString(file, new Json().toJson(profile));
		this.driver.executeCdpCommand("Profiler.disable", Map.of());
	}

	/**
	 * Says what the browser has used so far.
	 * @return the processor time
	 */
	Usage usage() {
		Map<String, Object> metrics = this.driver.executeCdpCommand("Performance.getMetrics", Map.of());
		return new Usage(metric(metrics, "TaskDuration"), metric(metrics, "ScriptDuration"),
				processors("--type=renderer"), processors("network.mojom.NetworkService"));
	}

	private static double metric(Map<String, Object> metrics, String name) {
		List<?> all = (List<?>) Objects.requireNonNull(metrics.get("metrics"));
		for (Object each : all) {
			Map<?, ?> metric = (Map<?, ?>) each;
			if (name.equals(metric.get("name")) && metric.get("value") instanceof Number value) {
				return value.doubleValue();
			}
		}
		throw new IllegalStateException("the browser does not say its " + name);
	}

	/** Seconds of processor time of the browser's processes of one kind. */
	private static double processors(String kind) {
		return ProcessHandle.current()
			.descendants()
			.filter((process) -> commandLine(process).contains(kind))
			.mapToDouble((process) -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9)
			.sum();
	}

	/** Chromium rewrites it, so that the platform's own way does not find it. */
	private static String commandLine(ProcessHandle process) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"),
					StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			return "";
		}
	}

	@Override
	public void close() throws IOException {
		this.driver.quit();
		try (Stream<Path> files = Files.walk(this.profile)) {
			files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
		}
		catch (UncheckedIOException ex) {
			// A process of the browser was still deleting its own.
		}
	}

	/**
	 * Seconds that the browser has used.
	 *
	 * @param task of the page's main thread, by its own clock
	 * @param script of those, in JavaScript
	 * @param renderer processor time of the page's process
	 * @param network processor time of the process that has the sockets
	 */
	record Usage(double task, double script, double renderer, double network) {

		Usage minus(Usage before) {
			return new Usage(this.task - before.task, this.script - before.script, this.renderer - before.renderer,
					this.network - before.network);
		}

	}

}
