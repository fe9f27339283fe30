/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/**
 * A page in a browser, in which scripts run with the browser client at hand.
 */
final class Tab implements AutoCloseable {

	/**
	 * What scripts can use, beside the browser client: what they were given is in
	 * {@code args}, what they leave for later ones goes into {@code page}.
	 */
	private static final String PRELUDE = """
			const args = [...arguments];
			const callback = args.pop();
			const page = (globalThis.page ??= {});
			const record = (stream) => {
			  const events = [];
			  for (const event of ["open", "data", "end", "finish"]) stream.on(event, () => events.push(event));
			  stream.on("error", (error) => events.push(error.code ?? String(error)));
			  return new Promise((resolve) => stream.on("close", () => resolve([...events, "close"])));
			};
			const first = (emitter, event) => new Promise((resolve, reject) => {
			  emitter.once(event, resolve);
			  if (event !== "error") emitter.once("error", reject);
			  if (event !== "close") emitter.once("close", () => reject(new Error(`closed before "${event}"`)));
			});
			const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
			const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
			const percentile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)];
			const ping = async (stream, go) => {
			  const trips = [];
			  for (let i = 0; go(i); i++) {
			    const start = performance.now();
			    const answer = first(stream, "data");
			    stream.write(i);
			    if ((await answer) !== i) throw new Error("not the answer to what was asked");
			    trips.push(performance.now() - start);
			  }
			  return { count: trips.length, p50: percentile(trips, 0.5), p99: percentile(trips, 0.99), max: Math.max(...trips) };
			};
			""";

	private static final String CLIENT = """
			const { boot, StreamServer, StreamClient, StreamError } = await import("/browser-server/client.js");
			""";

	/** All that a script has in a page that brings its own clients. */
	private static final String PLAIN_PRELUDE = """
			const args = [...arguments];
			const callback = args.pop();
			""";

	private static final String SCRIPT = """
			(async () => {
			  %s
			})().then(
			  (value) => callback({ value: value ?? null }),
			  (error) => callback({ error: `${error?.name} ${error?.code ?? ""}: ${error?.message}\\n${error?.stack}` }),
			);
			""";

	private final Browser browser;

	private final ChromeDriver driver;

	private final String window;

	private boolean closed;

	Tab(Browser browser, ChromeDriver driver, String window) {
		this.browser = browser;
		this.driver = driver;
		this.window = window;
	}

	/**
	 * Runs a script as the body of an asynchronous function and waits for what it
	 * returns.
	 * @param script the script; may {@code await} and {@code return}
	 * @param args what it finds in {@code args}
	 * @return what it returned, as Selenium translates it
	 */
	Object run(String script, Object... args) {
		return run(PRELUDE, CLIENT + script, args);
	}

	/**
	 * As {@link #run}, but without the browser client: for pages that bring their own.
	 */
	Object runPlain(String script, Object... args) {
		return run(PLAIN_PRELUDE, script, args);
	}

	private Object run(String prelude, String script, Object... args) {
		this.driver.switchTo().window(this.window);
		Object result = this.driver.executeAsyncScript(prelude + SCRIPT.formatted(script), args);
		if (result instanceof Map<?, ?> map && map.containsKey("value")) {
			return map.get("value");
		}
		String error = (result instanceof Map<?, ?> map) ? String.valueOf(map.get("error")) : String.valueOf(result);
		throw new AssertionError(error + "\nin the script (args " + Arrays.toString(args) + ")\n" + script);
	}

	/**
	 * As {@link #run}, for a script that returns a list of strings.
	 */
	List<String> list(String script, Object... args) {
		return ((List<?>) run(script, args)).stream().map(String::valueOf).toList();
	}

	/**
	 * Adds a module to the page as an author would, between script tags.
	 * @param source what is between the tags
	 */
	void addModule(String source) {
		add("module", source);
	}

	/** As {@link #addModule}, for a script as there were in 2012. */
	void addScript(String source) {
		add("text/javascript", source);
	}

	private void add(String type, String source) {
		this.driver.switchTo().window(this.window);
		this.driver.executeScript("""
				const script = document.createElement("script");
				script.type = arguments[0];
				script.textContent = arguments[1];
				document.head.append(script);
				""", type, source);
	}

	void reload() {
		this.driver.switchTo().window(this.window);
		this.driver.navigate().refresh();
	}

	/**
	 * Returns what the console of this browser shows since the last call.
	 * @param level the lowest level that is of interest
	 */
	List<String> console(Level level) {
		this.driver.switchTo().window(this.window);
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= level.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/** Closes the tab as a user does. */
	void closeWindow() {
		this.closed = true;
		this.driver.switchTo().window(this.window);
		this.driver.close();
	}

	/** Leaves the page. A second call has no effect. */
	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.browser.leave(this.window);
		}
	}

}
