/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import io.github.browserstreamserver.sample.support.Prerequisite;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * Chromium through chromedriver, with the back/forward cache that drivers switch off.
 */
final class Chromium {

	private Chromium() {
	}

	static JourneyBrowser start(Appearance appearance) {
		Path chromium = Prerequisite.program("chromium");
		Path chromedriver = Prerequisite.program("chromedriver");
		Profile profile = Profile.create();
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.toFile());
		options.setAcceptInsecureCerts(true);
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
				"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--enable-features=BackForwardCache", "--user-data-dir=" + profile.directory());
		options.setExperimentalOption("excludeSwitches", List.of("disable-back-forward-cache"));
		options.setExperimentalOption("mobileEmulation", Map.of("deviceMetrics", Map.of("width", appearance.width(),
				"height", Appearance.HEIGHT, "pixelRatio", 1, "touch", false, "mobile", false)));
		options.setExperimentalOption("prefs", Map.of("download.default_directory", profile.downloads().toString(),
				"profile.default_content_setting_values.automatic_downloads", 1));
		if (appearance.dark()) {
			options.addArguments("--force-dark-mode");
		}
		if (appearance.reducedMotion()) {
			options.addArguments("--force-prefers-reduced-motion");
		}
		options.setCapability("goog:loggingPrefs", Map.of("browser", "WARNING"));
		return WebDriverBrowser.start(new WebDriverBrowser.Setup(chromedriver, Map.of(), options, profile, null,
				(driver, process) -> complaints(driver)));
	}

	private static List<String> complaints(RemoteWebDriver driver) {
		return driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

}
