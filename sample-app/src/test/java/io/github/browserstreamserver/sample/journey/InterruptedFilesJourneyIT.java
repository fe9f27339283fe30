/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.browserstreamserver.sample.support.SampleProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * J5: a window goes while a file moves.
 */
@Tag("short")
class InterruptedFilesJourneyIT {

	private static final Duration AT_ONCE = Duration.ofSeconds(2);

	/** Slow enough for a file to be interrupted. */
	private static final String SPEED = "--browser-stream-server.connections.max-bytes-per-second=5MB";

	@RegisterExtension
	static final JourneyStage stage = new JourneyStage();

	@TempDir
	private static Path directory;

	private static SampleProcess sample;

	private static TestFile large;

	private static TestFile small;

	@BeforeAll
	static void startSample() throws IOException {
		sample = stage.keep(SampleProcess.startForAShortWhile(SPEED));
		large = TestFile.create(directory, "large.bin", 50_000_000);
		small = TestFile.create(directory, "small.bin", 300_000);
	}

	private String name;

	private SampleWindow host;

	private SampleWindow client;

	@BeforeEach
	void meet() {
		this.name = stage.name();
		this.host = stage.sampleWindow(stage.hosts(), sample, Hands.MOUSE);
		this.client = stage.sampleWindow(stage.clients(), sample, Hands.MOUSE);
		this.host.host(this.name);
		this.host.awaitStatus("hosting", this.name);
		this.client.connect(this.name);
		this.client.awaitStatus("connected", this.name);
		this.host.awaitStatus("hosting", "1 window connected");
	}

	@Test
	void hostThatIsLoadedAnewHostsAgainAndItsFileIsNotOffered() {
		beginToMove(this.host, this.client);
		this.host.page().window().reload();
		assertToldAtOnce(this.client);
		this.host.awaitStatus("hosting", this.name);
		this.client.awaitStatus("connected", this.name);
		assertNewTryWorks(this.client, this.host);
	}

	@Test
	void hostThatIsClosedIsToldAndItsFileIsNotOffered() {
		beginToMove(this.host, this.client);
		this.host.close();
		assertToldAtOnce(this.client);
		SampleWindow other = stage.sampleWindow(stage.hosts(), sample, Hands.MOUSE);
		other.host(this.name);
		this.client.awaitStatus("connected", this.name);
		assertNewTryWorks(this.client, other);
	}

	@Test
	void clientThatIsClosedIsToldAndItsFileIsNotOffered() {
		beginToMove(this.client, this.host);
		this.client.close();
		assertToldAtOnce(this.host);
		SampleWindow other = stage.sampleWindow(stage.clients(), sample, Hands.MOUSE);
		other.connect(this.name);
		other.awaitStatus("connected", this.name);
		assertNewTryWorks(other, this.host);
	}

	private static void beginToMove(SampleWindow sender, SampleWindow receiver) {
		sender.chooseFiles(List.of(large));
		receiver.await("receives", JourneyStage.PATIENCE, (now) -> {
			JsonNode row = SampleWindow.file(now, "received", large.name());
			return row.path("state").asString().equals("moving") && row.path("progress").asDouble() > 0;
		});
	}

	private static void assertToldAtOnce(SampleWindow receiver) {
		JsonNode row = receiver.awaitFile("received", large.name(), AT_ONCE, "failed");
		assertThat(row.get("words").asString()).contains("Not complete")
			.contains("is gone")
			.contains("Nothing of the file was kept");
		assertThat(row.get("saveable").asBoolean()).as("whether the half of it can be saved").isFalse();
		assertThat(row.get("progress").asDouble()).as("progress").isLessThan(1);
	}

	private static void assertNewTryWorks(SampleWindow sender, SampleWindow receiver) {
		sender.dropFiles(List.of(small));
		assertThat(receiver.awaitFile("received", small.name(), JourneyStage.PATIENCE, "done", "failed")
			.get("sha256")
			.asString()).isEqualTo(small.sha256());
		sender.awaitFile("sent", small.name(), JourneyStage.PATIENCE, "done");
	}

}
