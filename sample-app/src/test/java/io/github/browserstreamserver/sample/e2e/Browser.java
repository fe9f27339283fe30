/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.Prerequisite;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/**
 * A Chromium with a profile of its own, which is deleted with it. Not for use by several
 * threads.
 */
final class Browser implements AutoCloseable {

	private static final Duration SCRIPT_PATIENCE = Duration.ofSeconds(120);

	/** Selenium warns of protocols of the browser that we do not use. */
	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

	static {
		SELENIUM.setLevel(Level.SEVERE);
	}

	private final Path profile;

	private final ChromeDriver driver;

	/** Stays open, so that there is always one from which others can be opened. */
	private final String firstWindow;

	/** Windows that show nothing and wait for their next use. */
	private final Deque<String> idle = new ArrayDeque<>();

	private final Thread hook;

	private boolean closed;

	private Browser(Path profile, ChromeDriver driver) {
		this.profile = profile;
		this.driver = driver;
		this.firstWindow = driver.getWindowHandle();
		this.hook = new Thread(driver::quit);
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * Starts one. Without Chromium or ChromeDriver the test is skipped, but in CI it
	 * fails.
	 * @return the browser
	 */
	static Browser start() {
		Path chromium = Prerequisite.program("chromium");
		Path chromedriver = Prerequisite.program("chromedriver");
		Path profile = newProfile();
		try {
			ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile())
				.usingAnyFreePort()
				.withSilent(true)
				.build();
			ChromeDriver driver = new ChromeDriver(service, options(chromium, profile));
			driver.manage().timeouts().scriptTimeout(SCRIPT_PATIENCE);
			return new Browser(profile, driver);
		}
		catch (RuntimeException | Error ex) {
			delete(profile);
			throw ex;
		}
	}

	private static ChromeOptions options(Path chromium, Path profile) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.toFile());
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
				"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--user-data-dir=" + profile);
		options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
		return options;
	}

	/**
	 * Opens a page in a window of its own, so that it counts as visible.
	 * @param address the page
	 * @return the tab
	 */
	Tab open(String address) {
		String window = this.idle.isEmpty() ? newWindow() : this.idle.pop();
		this.driver.switchTo().window(window);
		// What the console has shown so far is of other pages.
		this.driver.manage().logs().get(LogType.BROWSER);
		this.driver.get(address);
		return new Tab(this, this.driver, window);
	}

	private String newWindow() {
		this.driver.switchTo().window(this.firstWindow);
		this.driver.switchTo().newWindow(WindowType.WINDOW);
		return this.driver.getWindowHandle();
	}

	/** Takes a window back: to open one anew takes much longer. */
	void leave(String window) {
		this.driver.switchTo().window(window);
		this.driver.get("about:blank");
		this.idle.push(window);
	}

	/** A second call has no effect. */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		Runtime.getRuntime().removeShutdownHook(this.hook);
		try {
			this.driver.quit();
		}
		finally {
			// A process of the browser may still be writing to it.
			Await.until("the profile of the browser is deleted", Duration.ofSeconds(10), () -> delete(this.profile));
		}
	}

	private static Path newProfile() {
		try {
			return Files.createTempDirectory("e2e-chromium-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean delete(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
			for (Path file : deepestFirst) {
				Files.deleteIfExists(file);
			}
			return true;
		}
		catch (IOException | UncheckedIOException ex) {
			return Files.notExists(directory);
		}
	}

}
