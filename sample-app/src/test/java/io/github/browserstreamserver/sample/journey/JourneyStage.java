/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.browserstreamserver.sample.support.SampleProcess;
import io.github.browserstreamserver.sample.support.ScriptProcess;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * What all journeys share: a sample application that runs, one browser for hosts and
 * another for clients, all started once. What a journey opens is closed behind it; what
 * was opened before the first journey of a class, behind the last.
 */
final class JourneyStage implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

	/** How long journeys wait for what usually comes at once. */
	static final Duration PATIENCE = Duration.ofSeconds(15);

	/** A page of the application's origin with nothing on it. */
	static final String BLANK_PAGE = "/journey/blank.html";

	static final String OTHER_PAGE = "/journey/elsewhere.html";

	static final String CLIENT = "/browser-server/client.js";

	private static final Namespace NAMESPACE = Namespace.create(JourneyStage.class);

	private static final Path PICTURES = Path.of("target", "journeys");

	private static final int LOG_TAIL = 3_000;

	private static final AtomicInteger names = new AtomicInteger();

	private final Deque<AutoCloseable> ofTheClass = new ArrayDeque<>();

	private final Deque<AutoCloseable> ofTheJourney = new ArrayDeque<>();

	/** Where what is opened now belongs. */
	private Deque<AutoCloseable> opened = this.ofTheClass;

	private ExtensionContext.Store store;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.store = context.getRoot().getStore(NAMESPACE);
	}

	/** They start when the first journey needs one of them. */
	private Company company() {
		return this.store.computeIfAbsent(Company.class, (key) -> new Company(), Company.class);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.opened = this.ofTheJourney;
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		if (context.getExecutionException().isPresent()) {
			String journey = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
			this.ofTheJourney.forEach((resource) -> show(journey, resource));
			// Not their browsers: one of them may sleep, and would not answer.
			this.ofTheClass.stream()
				.filter((resource) -> resource instanceof SampleProcess || resource instanceof ScriptProcess)
				.forEach((resource) -> show(journey, resource));
			Company company = this.store.get(Company.class, Company.class);
			if (company != null) {
				company.show(journey);
			}
		}
		this.opened = this.ofTheClass;
		close(this.ofTheJourney);
	}

	@Override
	public void afterAll(ExtensionContext context) throws Exception {
		close(this.ofTheClass);
	}

	/** The newest first, and all of them, also when one fails. */
	private static void close(Deque<AutoCloseable> resources) throws Exception {
		if (!resources.isEmpty()) {
			try (AutoCloseable oldest = resources.removeLast()) {
				close(resources);
			}
		}
	}

	private static void show(String journey, AutoCloseable resource) {
		try {
			if (resource instanceof SampleProcess sample) {
				String log = sample.log();
				say(journey + ", application: " + log.substring(Math.max(0, log.length() - LOG_TAIL)));
			}
			else if (resource instanceof Page page) {
				say(journey + ", picture: " + picture(journey, page));
			}
			else if (resource instanceof ScriptProcess process) {
				say(journey + ", process: " + process.errors());
			}
			else if (resource instanceof JourneyBrowser browser) {
				say(journey + ", console: " + browser.complaints());
			}
		}
		catch (IOException | RuntimeException ex) {
			say(journey + ", nothing to show: " + ex.getMessage());
		}
	}

	private static Path picture(String journey, Page page) throws IOException {
		Files.createDirectories(PICTURES);
		Path file = PICTURES.resolve(journey.replaceAll("[^\\w.-]", "") + "-" + names.incrementAndGet() + "-"
				+ BrowserKind.current() + ".png");
		Files.write(file, page.window().screenshot());
		return file;
	}

	/**
	 * Prints a line about what was measured, left out or went wrong.
	 * @param line the line
	 */
	static void say(String line) {
		System.out.println("[journey] " + line);
	}

	/** Returns a name that no other journey uses. */
	String name() {
		return "name-" + names.incrementAndGet();
	}

	/** Returns the application that all journeys share. */
	SampleProcess sample() {
		return company().sample;
	}

	/** Closes something after the journey, or after all of the class. */
	<T extends AutoCloseable> T keep(T resource) {
		this.opened.push(resource);
		return resource;
	}

	/** Starts a browser of the journey's own. */
	JourneyBrowser newBrowser(Appearance appearance) {
		return keep(BrowserKind.current().start(appearance));
	}

	/** Returns the browser of hosts that all journeys share. */
	JourneyBrowser hosts() {
		return company().hosts;
	}

	/** Returns the browser of clients that all journeys share. */
	JourneyBrowser clients() {
		return company().clients;
	}

	/** Opens the sample's page of the shared application. */
	SampleWindow sampleWindow(JourneyBrowser browser, Hands hands) {
		return sampleWindow(browser, sample(), hands);
	}

	/** Opens the sample's page of an application. */
	SampleWindow sampleWindow(JourneyBrowser browser, SampleProcess sample, Hands hands) {
		String origin = sample.origin();
		return new SampleWindow(browser, keep(new Page(browser.open(origin + "/"), origin + CLIENT)), hands);
	}

	/** Opens an empty page of the shared application in the browser of hosts. */
	Page host() {
		return host(sample().origin());
	}

	Page host(String origin) {
		return open(hosts(), origin);
	}

	/** Opens an empty page of the shared application in the browser of clients. */
	Page client() {
		return client(sample().origin());
	}

	Page client(String origin) {
		return open(clients(), origin);
	}

	/** Opens a page of the shared application in the browser of clients. */
	Page visit(String path) {
		return keep(new Page(clients().open(sample().origin() + path), sample().origin() + CLIENT));
	}

	/** Opens an empty page of an application in some browser. */
	Page open(JourneyBrowser browser, String origin) {
		return keep(new Page(browser.open(origin + BLANK_PAGE), origin + CLIENT));
	}

	/** Closed by JUnit when all journeys are done. */
	private static final class Company implements AutoCloseable {

		private final Deque<AutoCloseable> started = new ArrayDeque<>();

		private final JourneyBrowser hosts;

		private final JourneyBrowser clients;

		private final SampleProcess sample;

		Company() {
			try {
				this.hosts = add(BrowserKind.current().start(Appearance.USUAL));
				this.clients = add(BrowserKind.current().start(Appearance.USUAL));
				this.sample = add(SampleProcess.start());
			}
			catch (RuntimeException | Error ex) {
				close();
				throw ex;
			}
		}

		private <T extends AutoCloseable> T add(T resource) {
			this.started.push(resource);
			return resource;
		}

		void show(String journey) {
			this.started.forEach((resource) -> JourneyStage.show(journey, resource));
		}

		@Override
		public void close() {
			while (!this.started.isEmpty()) {
				try {
					this.started.pop().close();
				}
				catch (Exception ex) {
					say("not closed: " + ex);
				}
			}
		}

	}

}
