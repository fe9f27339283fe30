/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;

import io.github.browserstreamserver.sample.support.OriginalClients;
import io.github.browserstreamserver.sample.support.SampleProcess;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What all tests with a browser share: a sample application that runs, one browser for
 * hosts and another for clients, all started once. What a test opens is closed behind it.
 */
final class Stage implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

	/** How long tests wait for what usually comes at once. */
	static final Duration PATIENCE = Duration.ofSeconds(15);

	private static final Namespace NAMESPACE = Namespace.create(Stage.class);

	/** A page of the application's origin with nothing on it: the one that says 404. */
	private static final String BLANK_PAGE = "/nothing-here";

	private static final int LOG_TAIL = 3_000;

	private static final AtomicInteger names = new AtomicInteger();

	private final Deque<AutoCloseable> opened = new ArrayDeque<>();

	private Company company;

	/** The one of the test class's own, if it has one. */
	private SampleProcess ownSample;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.company = context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(Company.class, (key) -> new Company(), Company.class);
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		if (context.getExecutionException().isPresent()) {
			String test = context.getDisplayName();
			this.opened.forEach((resource) -> show(test, resource));
			show(test, (this.ownSample != null) ? this.ownSample : this.company.sample);
		}
		closeOpened();
	}

	/** The newest first, and all of them, also when one fails. */
	private void closeOpened() throws Exception {
		if (!this.opened.isEmpty()) {
			try (AutoCloseable oldest = this.opened.removeLast()) {
				closeOpened();
			}
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.ownSample != null) {
			this.ownSample.close();
			this.ownSample = null;
		}
	}

	private static void show(String test, AutoCloseable resource) {
		try {
			if (resource instanceof SampleProcess sample) {
				String log = sample.log();
				say(test + ", application: " + log.substring(Math.max(0, log.length() - LOG_TAIL)));
			}
			else if (resource instanceof Tab tab) {
				say(test + ", console: "
						+ tab.console(Level.ALL)
							.stream()
							.filter((line) -> !line.contains(BLANK_PAGE) && !line.contains("favicon"))
							.toList());
			}
			else if (resource instanceof NodePeer node) {
				say(test + ", Node: " + node.errors());
			}
		}
		catch (RuntimeException ex) {
			say(test + ", nothing to show: " + ex.getMessage());
		}
	}

	/**
	 * Prints a line about what was measured or what went wrong.
	 * @param line the line
	 */
	static void say(String line) {
		System.out.println("[e2e] " + line);
	}

	/** Returns a name that no other test uses. */
	String name() {
		return "name-" + names.incrementAndGet();
	}

	/** Returns the application that all tests share. */
	SampleProcess sample() {
		return this.company.sample;
	}

	/** Starts an application for this test class alone. */
	SampleProcess startOwnSample(String... properties) {
		this.ownSample = SampleProcess.startForAShortWhile(properties);
		return this.ownSample;
	}

	/** Starts a browser for this test alone. */
	Browser newBrowser() {
		return keep(Browser.start());
	}

	/** Closes something after the test. */
	<T extends AutoCloseable> T keep(T resource) {
		this.opened.push(resource);
		return resource;
	}

	/** Opens an empty page of the shared application in the browser of hosts. */
	Tab host() {
		return host(sample().origin());
	}

	Tab host(String origin) {
		return keep(this.company.hosts.open(origin + BLANK_PAGE));
	}

	/** Opens an empty page of the shared application in the browser of clients. */
	Tab client() {
		return client(sample().origin());
	}

	Tab client(String origin) {
		return keep(this.company.clients.open(origin + BLANK_PAGE));
	}

	/** Opens an empty page in a browser of the test's own. */
	Tab open(Browser browser, String origin) {
		return browser.open(origin + BLANK_PAGE);
	}

	/** Opens a page with the original's clients in the browser of hosts. */
	OriginalTab originalHost(String version) {
		return originalHost(version, sample().origin());
	}

	OriginalTab originalHost(String version, String origin) {
		return new OriginalTab(keep(this.company.hosts.open(origin + OriginalClients.page(version))));
	}

	/** Opens a page with the original's clients in the browser of clients. */
	OriginalTab originalClient(String version) {
		return originalClient(version, sample().origin());
	}

	OriginalTab originalClient(String version, String origin) {
		return new OriginalTab(keep(this.company.clients.open(origin + OriginalClients.page(version))));
	}

	/** Starts a Node process with the original's clients. */
	NodePeer node(String version) {
		return keep(NodePeer.start(version, sample().origin()));
	}

	/** Opens a page of the shared application in the browser of clients. */
	Tab page(String path) {
		return keep(this.company.clients.open(sample().origin() + path));
	}

	/** Closed by JUnit when all tests are done. */
	private static final class Company implements AutoCloseable {

		private final Browser hosts = Browser.start();

		private final Browser clients = startOr(this.hosts);

		private final SampleProcess sample = startOr(this.hosts, this.clients);

		private static Browser startOr(Browser other) {
			try {
				return Browser.start();
			}
			catch (RuntimeException | Error ex) {
				other.close();
				throw ex;
			}
		}

		private static SampleProcess startOr(Browser one, Browser other) {
			try {
				return SampleProcess.start();
			}
			catch (RuntimeException | Error ex) {
				one.close();
				other.close();
				throw ex;
			}
		}

		@Override
		public void close() {
			try (this.sample; this.clients; this.hosts) {
				say("all tests with a browser are done");
			}
		}

	}

}
