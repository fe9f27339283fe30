/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.github.browserstreamserver.sample.support.Prerequisite;
import tools.jackson.databind.json.JsonMapper;

/**
 * Firefox, which speaks WebDriver BiDi by itself.
 */
final class Firefox implements JourneyBrowser {

	private static final String SERVER_FILE = "WebDriverBiDiServer.json";

	private final Profile profile;

	private final ProgramProcess process;

	private final BidiSession session;

	private final int width;

	private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

	private Firefox(Profile profile, ProgramProcess process, BidiSession session, int width) {
		this.profile = profile;
		this.process = process;
		this.session = session;
		this.width = width;
		session.listen("log.entryAdded", (entry) -> {
			if ("error".equals(entry.get("level")) || "warn".equals(entry.get("level"))) {
				this.complaints.add(String.valueOf(entry.get("text")));
			}
		});
	}

	static JourneyBrowser start(Appearance appearance) {
		Path program = Prerequisite.program("firefox-esr");
		Profile profile = Profile.create();
		profile.write("user.js", preferences(appearance, profile.downloads()));
		ProgramProcess process = null;
		try {
			ProcessBuilder builder = new ProcessBuilder(program.toString(), "--headless", "--no-remote",
					"--remote-debugging-port", "0", "--profile", profile.directory().toString(), "about:blank");
			builder.environment().put("MOZ_CRASHREPORTER_DISABLE", "1");
			process = ProgramProcess.start(builder);
			Path file = profile.directory().resolve(SERVER_FILE);
			process.awaitReady("Firefox listens", () -> Files.exists(file) && port(file) > 0);
			return new Firefox(profile, process, BidiSession.open(port(file)), appearance.width());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (RuntimeException | Error ex) {
			if (process != null) {
				process.close();
			}
			profile.close();
			throw ex;
		}
	}

	private static String preferences(Appearance appearance, Path downloads) {
		// It asks a service for these when it starts.
		Stream<String> quiet = Stream.of("app.normandy.enabled", "app.update.auto",
				"browser.safebrowsing.malware.enabled", "browser.safebrowsing.phishing.enabled",
				"browser.topsites.contile.enabled", "datareporting.healthreport.uploadEnabled",
				"extensions.getAddons.cache.enabled", "network.captive-portal-service.enabled",
				"network.connectivity-service.enabled");
		Stream<String> lines = Stream.concat(quiet.map((name) -> preference(name, false)),
				Stream.of(preference("ui.systemUsesDarkTheme", appearance.dark() ? 1 : 0),
						preference("ui.prefersReducedMotion", appearance.reducedMotion() ? 1 : 0),
						preference("browser.download.folderList", 2),
						preference("browser.download.dir", "\"" + downloads + "\"")));
		return String.join("\n", lines.toList());
	}

	private static String preference(String name, Object value) {
		return "user_pref(\"%s\", %s);".formatted(name, value);
	}

	/** Returns zero while the file is not written yet. */
	private static int port(Path file) throws IOException {
		String text = Files.readString(file);
		return text.endsWith("}") ? new JsonMapper().readTree(text).path("ws_port").asInt(0) : 0;
	}

	@Override
	public JourneyWindow open(String address) {
		String context = (String) this.session.send("browsingContext.create", Map.of("type", "window")).get("context");
		this.session.send("browsingContext.setViewport",
				Map.of("context", context, "viewport", Map.of("width", this.width, "height", Appearance.HEIGHT)));
		BidiWindow window = new BidiWindow(this.session, context);
		window.navigate(address);
		return window;
	}

	@Override
	public List<String> complaints() {
		return Stream.generate(this.complaints::poll).takeWhile((line) -> line != null).toList();
	}

	@Override
	public Path downloads() {
		return this.profile.downloads();
	}

	@Override
	public void halt() {
		this.process.signalAll("STOP");
	}

	@Override
	public void goOn() {
		this.process.signalAll("CONT");
	}

	@Override
	public void close() {
		try (this.profile; this.process; this.session) {
			this.session.send("browser.close", Map.of());
		}
	}

}
