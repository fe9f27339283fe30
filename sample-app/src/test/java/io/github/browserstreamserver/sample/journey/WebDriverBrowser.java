/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.openqa.selenium.Capabilities;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;

/**
 * A browser behind a driver that speaks W3C's WebDriver. What differs from one browser to
 * the next is told when it is started.
 */
final class WebDriverBrowser implements JourneyBrowser {

	private static final Duration DRIVER_PATIENCE = Duration.ofSeconds(90);

	private static final Duration SCRIPT_PATIENCE = Duration.ofSeconds(60);

	/** Selenium warns of protocols of the browser that we do not use. */
	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

	static {
		SELENIUM.setLevel(Level.SEVERE);
	}

	private final Setup setup;

	private final ProgramProcess process;

	private final RemoteWebDriver driver;

	/** Stays open, so that there is always one from which others can be opened. */
	private final String firstWindow;

	private WebDriverBrowser(Setup setup, ProgramProcess process, RemoteWebDriver driver) {
		this.setup = setup;
		this.process = process;
		this.driver = driver;
		driver.manage().timeouts().scriptTimeout(SCRIPT_PATIENCE);
		this.firstWindow = driver.getWindowHandle();
	}

	static WebDriverBrowser start(Setup setup) {
		ProgramProcess process = null;
		try {
			int port = Ports.free();
			ProcessBuilder builder = new ProcessBuilder(setup.driver().toString(), "--port=" + port);
			builder.environment().putAll(setup.environment());
			process = ProgramProcess.start(builder);
			process.awaitReady(setup.driver() + " serves", () -> Ports.isOpen(port));
			URL address = URI.create("http://127.0.0.1:" + port).toURL();
			ClientConfig config = ClientConfig.defaultConfig().baseUrl(address).readTimeout(DRIVER_PATIENCE);
			return new WebDriverBrowser(setup, process, new RemoteWebDriver(address, setup.capabilities(), config));
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
		catch (RuntimeException | Error ex) {
			if (process != null) {
				process.close();
			}
			setup.profile().close();
			throw ex;
		}
	}

	@Override
	public JourneyWindow open(String address) {
		this.driver.switchTo().window(this.firstWindow);
		this.driver.switchTo().newWindow(WindowType.WINDOW);
		if (this.setup.size() != null) {
			this.driver.manage().window().setSize(this.setup.size());
		}
		WebDriverWindow window = new WebDriverWindow(this.driver, this.driver.getWindowHandle());
		window.navigate(address);
		return window;
	}

	@Override
	public List<String> complaints() {
		return this.setup.complaints().of(this.driver, this.process);
	}

	@Override
	public Path downloads() {
		return this.setup.profile().downloads();
	}

	@Override
	public void halt() {
		this.process.signalDescendants("STOP");
	}

	@Override
	public void goOn() {
		this.process.signalDescendants("CONT");
	}

	@Override
	public void close() {
		try {
			this.driver.quit();
		}
		catch (WebDriverException ex) {
			// It went before.
		}
		finally {
			this.process.close();
			this.setup.profile().close();
		}
	}

	/** Where a browser's complaints are to be had. */
	interface Complaints {

		List<String> of(RemoteWebDriver driver, ProgramProcess process);

	}

	/**
	 * What differs.
	 *
	 * @param driver the program
	 * @param environment of the program and the browser
	 * @param capabilities what the driver is asked for
	 * @param profile the browser's
	 * @param size of its windows, null if the capabilities say it
	 * @param complaints of its console
	 */
	record Setup(Path driver, Map<String, String> environment, Capabilities capabilities, Profile profile,
			Dimension size, Complaints complaints) {
	}

}
