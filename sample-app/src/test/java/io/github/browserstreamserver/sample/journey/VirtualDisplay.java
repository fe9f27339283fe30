/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.util.List;

import io.github.browserstreamserver.sample.support.Prerequisite;

/**
 * A display that nobody sees, for browsers that do not go without. One for all, until
 * this JVM ends.
 */
final class VirtualDisplay {

	private static String display;

	private VirtualDisplay() {
	}

	/** Returns what goes into the variable {@code DISPLAY}. */
	static synchronized String get() {
		if (display == null) {
			ProgramProcess xvfb = ProgramProcess.start(new ProcessBuilder(Prerequisite.program("Xvfb").toString(),
					"-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"));
			xvfb.awaitReady("the display is there", () -> {
				List<String> lines = xvfb.takeLines();
				lines.stream().filter((line) -> line.matches("\\d+")).forEach((line) -> display = ":" + line);
				return display != null;
			});
		}
		return display;
	}

}
