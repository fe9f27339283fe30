/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A window of a browser that speaks WebDriver BiDi by itself.
 */
final class BidiWindow implements JourneyWindow {

	private static final String CALL = """
			async (argument) => {
			  %s
			}
			""";

	private final BidiSession session;

	private final String context;

	private boolean closed;

	BidiWindow(BidiSession session, String context) {
		this.session = session;
		this.context = context;
	}

	@Override
	public String call(String body, String argument) {
		Map<String, Object> answer = this.session.send("script.callFunction",
				Map.of("functionDeclaration", CALL.formatted(body), "awaitPromise", true, "target",
						Map.of("context", this.context), "arguments",
						List.of(Map.of("type", "string", "value", argument))));
		Map<?, ?> result = (Map<?, ?>) answer.get("result");
		if (result == null) {
			return "threw " + answer.get("exceptionDetails");
		}
		return String.valueOf(result.get("value"));
	}

	private Map<String, Object> element(String element) {
		Map<String, Object> answer = this.session.send("script.evaluate",
				Map.of("expression", element, "awaitPromise", false, "target", Map.of("context", this.context)));
		Map<?, ?> result = (Map<?, ?>) answer.get("result");
		if (result == null || !result.containsKey("sharedId")) {
			throw new AssertionError("no element is " + element + ": " + answer);
		}
		return Map.of("sharedId", result.get("sharedId"));
	}

	@Override
	public void navigate(String address) {
		this.session.send("browsingContext.navigate",
				Map.of("context", this.context, "url", address, "wait", "complete"));
	}

	@Override
	public void reload() {
		this.session.send("browsingContext.reload", Map.of("context", this.context, "wait", "complete"));
	}

	@Override
	public void back() {
		this.session.send("browsingContext.traverseHistory", Map.of("context", this.context, "delta", -1));
	}

	@Override
	public void click(String element) {
		Map<String, Object> target = element(element);
		call("(" + element + ").scrollIntoView({ block: \"nearest\" })", "");
		Map<String, Object> there = Map.of("type", "pointerMove", "x", 0, "y", 0, "origin",
				Map.of("type", "element", "element", target));
		act(Map.of("type", "pointer", "id", "mouse", "actions",
				List.of(there, Map.of("type", "pointerDown", "button", 0), Map.of("type", "pointerUp", "button", 0))));
	}

	@Override
	public void press(CharSequence keys) {
		List<Map<String, Object>> actions = new ArrayList<>();
		keys.codePoints().mapToObj(Character::toString).forEach((key) -> {
			actions.add(Map.of("type", "keyDown", "value", key));
			actions.add(Map.of("type", "keyUp", "value", key));
		});
		act(Map.of("type", "key", "id", "keyboard", "actions", actions));
	}

	@Override
	public void pressWith(char held, char key) {
		act(Map.of("type", "key", "id", "keyboard", "actions",
				List.of(Map.of("type", "keyDown", "value", String.valueOf(held)),
						Map.of("type", "keyDown", "value", String.valueOf(key)),
						Map.of("type", "keyUp", "value", String.valueOf(key)),
						Map.of("type", "keyUp", "value", String.valueOf(held)))));
	}

	private void act(Map<String, Object> source) {
		this.session.send("input.performActions", Map.of("context", this.context, "actions", List.of(source)));
	}

	@Override
	public void choose(String element, List<Path> files) {
		this.session.send("input.setFiles", Map.of("context", this.context, "element", element(element), "files",
				files.stream().map(Path::toString).toList()));
	}

	@Override
	public byte[] screenshot() {
		Map<String, Object> answer = this.session.send("browsingContext.captureScreenshot",
				Map.of("context", this.context));
		return Base64.getDecoder().decode((String) answer.get("data"));
	}

	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.session.send("browsingContext.close", Map.of("context", this.context));
		}
	}

}
