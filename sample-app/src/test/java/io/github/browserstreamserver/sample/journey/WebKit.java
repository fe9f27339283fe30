/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.browserstreamserver.sample.support.Prerequisite;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.MutableCapabilities;

/**
 * WebKitGTK's MiniBrowser through WebKitWebDriver, on a display that nobody sees.
 */
final class WebKit {

	private static final Path LIBRARIES = Path.of("/usr/lib");

	private WebKit() {
	}

	static JourneyBrowser start(Appearance appearance) {
		Path driver = Prerequisite.program("WebKitWebDriver");
		Optional<Path> browser = miniBrowser();
		Prerequisite.need(browser.isPresent(), "MiniBrowser of WebKitGTK below " + LIBRARIES);
		String display = VirtualDisplay.get();
		Profile profile = Profile.create();
		profile.write("gtk-3.0/settings.ini",
				"[Settings]\ngtk-enable-animations=%s\n".formatted(!appearance.reducedMotion()));
		// Else the toolbar keeps windows from being narrow.
		profile.write("gtk-3.0/gtk.css", "* { min-width: 0; padding: 0; margin: 0; font-size: 4px; }\n");
		profile.write("user-dirs.dirs", "XDG_DOWNLOAD_DIR=\"%s\"\n".formatted(profile.downloads()));
		MutableCapabilities capabilities = new MutableCapabilities();
		capabilities.setCapability("browserName", "MiniBrowser");
		capabilities.setCapability("acceptInsecureCerts", true);
		List<String> arguments = new ArrayList<>(
				List.of("--automation", "--enable-write-console-messages-to-stdout=true"));
		if (appearance.dark()) {
			arguments.add("--dark-mode");
		}
		capabilities.setCapability("webkitgtk:browserOptions",
				Map.of("binary", browser.orElseThrow().toString(), "args", arguments));
		Map<String, String> environment = Map.of("DISPLAY", display, "GDK_BACKEND", "x11", "XDG_CONFIG_HOME",
				profile.directory().toString(), "XDG_CACHE_HOME", profile.directory().toString(), "XDG_DATA_HOME",
				profile.directory().toString());
		return WebDriverBrowser.start(new WebDriverBrowser.Setup(driver, environment, capabilities, profile,
				new Dimension(appearance.width(), Appearance.HEIGHT),
				(session, process) -> process.takeLines()
					.stream()
					.filter((line) -> line.contains("CONSOLE") && line.matches(".*(ERROR|WARN).*"))
					.toList()));
	}

	/** Below the directory of the library, whose name has machine and version in it. */
	private static Optional<Path> miniBrowser() {
		try (Stream<Path> files = Files.find(LIBRARIES, 3,
				(path, attributes) -> path.endsWith("MiniBrowser") && path.toString().contains("webkit2gtk"))) {
			return files.sorted().findFirst();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
