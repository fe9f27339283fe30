/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import io.github.browserstreamserver.sample.support.Await;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A window with the sample's page, and somebody before it.
 */
final class SampleWindow implements AutoCloseable {

	private static final String STATE = """
			const find = (id, root = document) => root.querySelector(`[data-testid="${id}"]`);
			const text = (id, root) => find(id, root)?.textContent.trim() ?? "";
			return {
			  role: document.body.dataset.role,
			  state: find("status").dataset.state,
			  status: text("status"),
			  liveNames: document.querySelectorAll('[data-testid="live-name"]').length,
			  nameError: text("name-error"),
			  messageError: text("message-error"),
			  fieldIsInvalid: find("message").getAttribute("aria-invalid") === "true",
			  messages: [...document.querySelectorAll('[data-testid="message-entry"][data-side="theirs"]')]
			    .map((entry) => `${entry.dataset.kind} ${text("message-text", entry)}`),
			  files: [...document.querySelectorAll('[data-testid="file-row"]')].map((row) => ({
			    name: row.dataset.name,
			    direction: row.dataset.direction,
			    state: row.dataset.state,
			    words: text("file-words", row),
			    progress: find("file-progress", row)?.value ?? 0,
			    sha256: find("file-hash", row).dataset.sha256 ?? "",
			    other: find("file-hash", row).dataset.other ?? "",
			    saveable: find("file-save", row) !== null,
			  })),
			};
			""";

	/** Notes what the bars show from now on. */
	private static final String WATCH_PROGRESS = """
			page.progress = {};
			page.observer = new MutationObserver(() => {
			  for (const row of document.querySelectorAll('[data-testid="file-row"]')) {
			    const { value } = row.querySelector("progress") ?? {};
			    const seen = (page.progress[`${row.dataset.direction} ${row.dataset.name}`] ??= []);
			    if (value !== undefined && seen.at(-1) !== value) seen.push(value);
			  }
			});
			page.observer.observe(document.querySelector('[data-testid="files"]'), { subtree: true, childList: true, attributes: true });
			""";

	private static final String ADD_INPUT = """
			const input = document.createElement("input");
			input.type = "file";
			input.multiple = true;
			input.id = "desktop";
			document.body.append(input);
			""";

	/**
	 * Drivers cannot drag a file from the desktop: these events are what a browser makes
	 * of that.
	 */
	private static final String DROP = """
			const input = document.getElementById("desktop");
			const dataTransfer = new DataTransfer();
			for (const file of input.files) dataTransfer.items.add(file);
			input.remove();
			const target = document.querySelector('[data-testid="drop-zone"]');
			const fire = (type) => target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
			fire("dragenter");
			if (fire("dragover")) throw new Error("the page does not take what is dragged over it");
			fire("drop");
			""";

	private static final String SAVE = """
			document.querySelector('[data-direction="received"][data-name="%s"] [data-testid="file-save"]')
			""".strip();

	private final JourneyBrowser browser;

	private final Page page;

	private final Hands hands;

	/**
	 * Constructs one.
	 * @param browser the window's browser
	 * @param page the page
	 * @param hands with what somebody uses it
	 */
	SampleWindow(JourneyBrowser browser, Page page, Hands hands) {
		this.browser = browser;
		this.page = page;
		this.hands = hands;
	}

	Page page() {
		return this.page;
	}

	// What somebody does

	void host(String name) {
		answer("mode-host", "Host the name", name, "Host");
	}

	void connect(String name) {
		answer("mode-connect", "Connect to the name", name, "Connect");
	}

	private void answer(String mode, String label, String name, String button) {
		// The page proposes something when it knows the names that are there.
		await("shows live names", JourneyStage.PATIENCE, (now) -> now.get("liveNames").asInt() > 0);
		this.hands.check(this.page, Find.testId(mode));
		this.hands.write(this.page, Find.field(label), name);
		this.hands.use(this.page, Find.button(button));
	}

	void use(String button) {
		this.hands.use(this.page, Find.button(button));
	}

	void switchJson() {
		this.hands.check(this.page, Find.field("JSON"));
	}

	/** Writes a message and sends it with the Enter key. */
	void say(String message) {
		this.hands.enter(this.page, Find.testId("message"));
		this.page.window().press(message + Keys.ENTER);
	}

	/** Writes a message in place of the one that stands there, and sends it. */
	void sayInstead(String message) {
		this.hands.write(this.page, Find.testId("message"), message);
		this.page.window().press(Keys.ENTER);
	}

	/** What opens then, to choose from, is no part of the page. */
	void chooseFiles(List<TestFile> files) {
		if (this.hands == Hands.KEYBOARD) {
			this.hands.enter(this.page, Find.testId("file-input"));
		}
		this.page.window().choose(Find.testId("file-input"), paths(files));
	}

	void dropFiles(List<TestFile> files) {
		this.page.call(ADD_INPUT);
		this.page.window().choose("document.getElementById(\"desktop\")", paths(files));
		this.page.call(DROP);
	}

	/**
	 * Saves the newest file of a name that has arrived.
	 * @return what is in the file then
	 */
	byte[] save(TestFile file) throws IOException {
		this.hands.use(this.page, SAVE.formatted(file.name()));
		Path saved = this.browser.downloads().resolve(file.name());
		Await.until(saved + " is there", JourneyStage.PATIENCE,
				() -> Files.exists(saved) && Files.size(saved) == Files.size(file.path()));
		byte[] bytes = Files.readAllBytes(saved);
		Files.delete(saved);
		return bytes;
	}

	private static List<Path> paths(List<TestFile> files) {
		return files.stream().map(TestFile::path).toList();
	}

	void watchProgress() {
		this.page.call(WATCH_PROGRESS);
	}

	// What somebody sees

	JsonNode state() {
		return this.page.call(STATE);
	}

	void awaitStatus(String state, String words) {
		await("is " + state, JourneyStage.PATIENCE,
				(now) -> now.path("state").asString().equals(state) && now.path("status").asString().contains(words));
	}

	/** Waits for the line at the field for names. */
	void awaitNameError(String words) {
		await("says " + words, JourneyStage.PATIENCE, (now) -> now.path("nameError").asString().contains(words));
	}

	JsonNode awaitFile(String direction, String name, Duration patience, String... states) {
		JsonNode state = await("has " + name + " " + String.join(" or ", states), patience,
				(now) -> List.of(states).contains(file(now, direction, name).path("state").asString()));
		return file(state, direction, name);
	}

	/** The newest of that name, or one with nothing in it. */
	static JsonNode file(JsonNode state, String direction, String name) {
		return StreamSupport.stream(state.get("files").spliterator(), false)
			.filter((row) -> row.get("direction").asString().equals(direction)
					&& row.get("name").asString().equals(name))
			.findFirst()
			.orElse(MissingNode.getInstance());
	}

	JsonNode await(String what, Duration patience, Predicate<JsonNode> condition) {
		JsonNode[] state = new JsonNode[1];
		try {
			Await.until("the window " + what, patience, () -> {
				state[0] = state();
				return condition.test(state[0]);
			});
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError(ex.getMessage() + " It shows " + state[0], ex);
		}
		return state[0];
	}

	/** The bar of a file was seen between its ends, and never went back. */
	void assertProgressMoved(String direction, String name) {
		List<Double> seen = StreamSupport
			.stream(this.page.call("return page.progress[args[0]] ?? []", direction + " " + name).spliterator(), false)
			.map(JsonNode::asDouble)
			.toList();
		assertThat(seen).as("progress of " + name).isSorted().anyMatch((value) -> value > 0 && value < 1);
	}

	@Override
	public void close() {
		this.page.close();
	}

}
