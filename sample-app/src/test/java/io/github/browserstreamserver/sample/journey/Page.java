/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page in a window, in which scripts run with the browser client at hand. What scripts
 * are given is in {@code args}, what they leave for later ones goes into {@code page}.
 */
final class Page implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String CALL = """
			const args = JSON.parse(argument);
			const page = (globalThis.page ??= {});
			try {
			  const value = await (async () => {
			    %s
			  })();
			  return JSON.stringify({ value: value ?? null });
			} catch (error) {
			  return JSON.stringify({ error: `${error?.name} ${error?.code ?? ""}: ${error?.message}\\n${error?.stack}` });
			}
			""";

	private static final String CLIENT = """
			const { boot, StreamServer, StreamClient, StreamError } = await import("%s");
			const record = (stream) => {
			  const events = [];
			  for (const event of ["open", "data", "end"]) stream.on(event, () => events.push(event));
			  stream.on("error", (error) => events.push(error.code ?? String(error)));
			  return new Promise((resolve) => stream.on("close", () => resolve([...events, "close"])));
			};
			const first = (emitter, event) => new Promise((resolve, reject) => {
			  emitter.once(event, resolve);
			  if (event !== "error") emitter.once("error", reject);
			  if (event !== "close") emitter.once("close", () => reject(new Error(`closed before "${event}"`)));
			});
			""";

	private final JourneyWindow window;

	private final String client;

	/**
	 * Constructs one.
	 * @param window the window
	 * @param client where the page has the browser client from
	 */
	Page(JourneyWindow window, String client) {
		this.window = window;
		this.client = client;
	}

	JourneyWindow window() {
		return this.window;
	}

	/**
	 * Runs a script as the body of an asynchronous function, with the browser client, and
	 * waits for what it returns.
	 * @param script the script; may {@code await} and {@code return} what JSON can say
	 * @param args what it finds in {@code args}
	 * @return what it returned
	 */
	JsonNode run(String script, Object... args) {
		return call(CLIENT.formatted(this.client) + script, args);
	}

	/** As {@link #run}, but without the browser client. */
	JsonNode call(String script, Object... args) {
		String answer = this.window.call(CALL.formatted(script), JSON.writeValueAsString(args));
		if (answer.startsWith("{")) {
			JsonNode node = JSON.readTree(answer);
			if (node.has("value")) {
				return node.get("value");
			}
			answer = node.get("error").asString();
		}
		throw new AssertionError("%s%nin the script (args %s)%n%s".formatted(answer, Arrays.toString(args), script));
	}

	/** As {@link #run}, for a script that returns a list of strings. */
	List<String> list(String script, Object... args) {
		return strings(run(script, args));
	}

	static List<String> strings(JsonNode list) {
		return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
	}

	/**
	 * Adds a module to the page as an author would, between script tags.
	 * @param source what is between the tags
	 */
	void addModule(String source) {
		call("""
				const script = document.createElement("script");
				script.type = "module";
				script.textContent = args[0];
				document.head.append(script);
				""", source);
	}

	@Override
	public void close() {
		this.window.close();
	}

}
