/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * A window behind a driver that speaks W3C's WebDriver, where one window at a time is the
 * one that commands go to.
 */
final class WebDriverWindow implements JourneyWindow {

	private static final String CALL = """
			const [argument, callback] = arguments;
			(async () => {
			  %s
			})().then(callback, (error) => callback(`threw ${error?.message}\\n${error?.stack}`));
			""";

	private final RemoteWebDriver driver;

	private final String handle;

	private boolean closed;

	WebDriverWindow(RemoteWebDriver driver, String handle) {
		this.driver = driver;
		this.handle = handle;
	}

	private RemoteWebDriver focused() {
		this.driver.switchTo().window(this.handle);
		return this.driver;
	}

	private WebElement element(String element) {
		Object found = focused().executeScript("return " + element);
		if (found instanceof WebElement there) {
			return there;
		}
		throw new AssertionError("no element is " + element);
	}

	@Override
	public String call(String body, String argument) {
		return String.valueOf(focused().executeAsyncScript(CALL.formatted(body), argument));
	}

	@Override
	public void navigate(String address) {
		focused().get(address);
	}

	@Override
	public void reload() {
		focused().navigate().refresh();
	}

	@Override
	public void back() {
		focused().navigate().back();
	}

	@Override
	public void click(String element) {
		element(element).click();
	}

	@Override
	public void press(CharSequence keys) {
		new Actions(focused()).sendKeys(keys).perform();
	}

	@Override
	public void pressWith(char held, char key) {
		new Actions(focused()).keyDown(String.valueOf(held))
			.sendKeys(String.valueOf(key))
			.keyUp(String.valueOf(held))
			.perform();
	}

	@Override
	public void choose(String element, List<Path> files) {
		element(element).sendKeys(files.stream().map(Path::toString).collect(Collectors.joining("\n")));
	}

	@Override
	public byte[] screenshot() {
		return focused().getScreenshotAs(OutputType.BYTES);
	}

	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			focused().close();
		}
	}

}
