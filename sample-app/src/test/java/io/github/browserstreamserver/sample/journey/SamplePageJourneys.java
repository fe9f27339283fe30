/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * J2, J3 and J4: what somebody does with the sample's page, however they see and use it.
 */
abstract class SamplePageJourneys {

	private static final Duration FILE_PATIENCE = Duration.ofSeconds(60);

	private static final int LARGE = 50_000_000;

	private static final int SMALL = 3_000_000;

	private static final int MESSAGES = 25;

	@TempDir
	private static Path directory;

	private final JourneyStage stage;

	private final Hands hands;

	SamplePageJourneys(JourneyStage stage, Hands hands) {
		this.stage = stage;
		this.hands = hands;
	}

	abstract JourneyBrowser hosts();

	abstract JourneyBrowser clients();

	/** Looks at a window as it is at this moment. */
	abstract void look(SampleWindow window);

	private SampleWindow hostWindow() {
		return this.stage.sampleWindow(hosts(), this.hands);
	}

	private SampleWindow clientWindow() {
		return this.stage.sampleWindow(clients(), this.hands);
	}

	private record Pair(SampleWindow host, SampleWindow client) {
	}

	private Pair meet() {
		String name = this.stage.name();
		SampleWindow host = hostWindow();
		look(host);
		host.host(name);
		host.awaitStatus("hosting", "Nobody is connected yet");
		look(host);
		SampleWindow client = clientWindow();
		client.connect(name);
		client.awaitStatus("connected", name);
		host.awaitStatus("hosting", "1 window connected");
		return new Pair(host, client);
	}

	@Test
	void filesArriveWholeInBothDirectionsWhetherDroppedOrChosen() throws IOException {
		List<TestFile> small = new ArrayList<>();
		for (int i = 1; i <= 8; i++) {
			small.add(TestFile.create(directory, "small-" + i + ".bin", SMALL));
		}
		TestFile large = TestFile.create(directory, "large.bin", LARGE);
		Pair pair = meet();
		for (SampleWindow window : List.of(pair.host, pair.client)) {
			window.watchProgress();
		}
		pair.client.dropFiles(List.of(large));
		assertArrive(pair.client, pair.host, List.of(large));
		pair.host.chooseFiles(List.of(large));
		assertArrive(pair.host, pair.client, List.of(large));
		for (SampleWindow window : List.of(pair.host, pair.client)) {
			window.assertProgressMoved("sent", large.name());
			window.assertProgressMoved("received", large.name());
			look(window);
		}
		pair.host.dropFiles(small);
		assertArrive(pair.host, pair.client, small);
		pair.client.chooseFiles(small);
		assertArrive(pair.client, pair.host, small);
	}

	/** Both windows tell their hashes, and what is saved has them. */
	private static void assertArrive(SampleWindow sender, SampleWindow receiver, List<TestFile> files)
			throws IOException {
		for (TestFile file : files) {
			JsonNode sent = sender.awaitFile("sent", file.name(), FILE_PATIENCE, "done", "failed");
			JsonNode received = receiver.awaitFile("received", file.name(), FILE_PATIENCE, "done", "failed");
			assertThat(List.of(sent.get("sha256"), sent.get("other"), received.get("sha256"), received.get("other")))
				.as("hashes, %s, %s", sent, received)
				.allSatisfy((hash) -> assertThat(hash.asString()).isEqualTo(file.sha256()));
		}
		for (TestFile file : files) {
			assertThat(TestFile.sha256(receiver.save(file))).as("what was saved").isEqualTo(file.sha256());
		}
	}

	@Test
	void messagesArriveAsTextAndAsJsonAndWrongJsonIsToldAtTheField() {
		Pair pair = meet();
		assertHears(pair.client, pair.host);
		assertHears(pair.host, pair.client);
		int heard = pair.host.state().get("messages").size();

		pair.client.say("{\"n\":");
		pair.client.await("tells that this is no JSON", JourneyStage.PATIENCE,
				(now) -> now.get("messageError").asString().contains("not JSON")
						&& now.get("fieldIsInvalid").asBoolean());
		look(pair.client);
		pair.client.sayInstead("{\"n\":\"mended\"}");
		pair.client.await("tells nothing more", JourneyStage.PATIENCE,
				(now) -> now.get("messageError").asString().isEmpty() && !now.get("fieldIsInvalid").asBoolean());
		JsonNode host = pair.host.await("hears one message more", JourneyStage.PATIENCE,
				(now) -> now.get("messages").size() > heard);
		assertThat(Page.strings(host.get("messages"))).hasSize(heard + 1).last().isEqualTo("json {\"n\":\"mended\"}");
	}

	private static void assertHears(SampleWindow speaker, SampleWindow listener) {
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < MESSAGES; i++) {
			speaker.say("m" + i);
			expected.add("text m" + i);
		}
		speaker.switchJson();
		for (int i = 0; i < MESSAGES; i++) {
			speaker.say("{\"n\":" + i + "}");
			expected.add("json {\"n\":" + i + "}");
		}
		JsonNode heard = listener.await("hears all messages", JourneyStage.PATIENCE,
				(now) -> now.get("messages").size() >= expected.size());
		assertThat(Page.strings(heard.get("messages"))).isEqualTo(expected);
	}

	@Test
	void nameThatIsTakenIsToldAndAnotherOneCanBeHosted() {
		String name = this.stage.name();
		SampleWindow first = hostWindow();
		first.host(name);
		first.awaitStatus("hosting", name);
		SampleWindow second = clientWindow();
		second.host(name);
		second.awaitNameError("“%s” is taken".formatted(name));
		look(second);
		String other = this.stage.name();
		second.host(other);
		second.awaitStatus("hosting", other);
	}

	@Test
	void nameThatNobodyHasIsToldAndAnotherOneCanBeConnectedTo() {
		String nobodys = this.stage.name();
		SampleWindow client = clientWindow();
		client.connect(nobodys);
		client.awaitNameError("Nobody hosts “%s”".formatted(nobodys));
		look(client);
		String name = this.stage.name();
		SampleWindow host = hostWindow();
		host.host(name);
		host.awaitStatus("hosting", name);
		client.connect(name);
		client.awaitStatus("connected", name);
	}

}
