/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import java.util.List;
import java.util.Map;

import io.github.browserstreamserver.sample.support.OriginalClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no client would send, and what ended the process of the original's server, harms
 * nobody but the one who sends it.
 */
class OriginalRubbishIT {

	/** A pair that works on meanwhile. */
	private static final String WORK = """
			page.stream = StreamClient(boot()).connect(args[0]);
			page.running = true;
			page.trips = ping(page.stream, () => page.running);
			""";

	private static final String STOP = """
			page.running = false;
			return page.trips;
			""";

	private static final String WORKS = "return (await ping(page.stream, (i) => i < 10)).count";

	private static final String CONNECT = """
			const connect = async (path) => {
			  const socket = new WebSocket(origin + path);
			  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
			  socket.on("error", () => {});
			  return socket;
			};
			""";

	/** Lines, the ends of which say what follows. */
	private static final String LINES = """
			const line = (...parts) => `${JSON.stringify(parts)}\\n`;
			const open = (id, meta) => line(id, "new", { meta, opts: { writable: true, readable: true } });
			const server = "/stream-server/server/";
			const client = "/stream-server/client/";
			const deep = `${"[".repeat(10000)}${"]".repeat(10000)}`;
			const long = "x".repeat(100000);
			const rubbish = [
			  "\\n", "\\n\\n\\r\\n", "rubbish\\n", "{}\\n", "[]\\n", "null\\n", "\\"text\\"\\n", "[\\"x\\n", "[1,2\\n", "[[\\n",
			  line("x"), line("x", "new"), line("x", "new", null), line("x", "new", {}), line("x", "new", { meta: 1 }),
			  line(1, "new", { meta: "/echo/1" }), line(null, "data", 1), line({}, "end"), line([], "close"),
			  line("x", "data", 1), line("x", "error"), line("x", "error", null), line("x", "nonsense", 1), line("x", 1, 1),
			  line("constructor", "data", 1), line("__proto__", "end"), line(long, "data", 1), line("x", "data", 1, 2, 3),
			  open(long, `${server}long-id`), open("long-meta", long), open("", `${server}no-id`),
			  open("b1", `${server}100%`), open("b2", `${client}%zz/r`), open("b3", server), open("b4", ""),
			  open("b5", `${client}constructor/r`), open("b6", `${client}__proto__/r`), open("b7", `${server}twice`),
			  open("b7", `${server}again`), open("b8", `${server}${args[0]}`), open("b9", `${server}${args[0]}/client/nobody/r`),
			  open("c1", `${client}${args[0]}/r`), line("c1", "error", { message: { not: "text" } }), line("c1", "pause"),
			  open("c2", `${client}${args[0]}/r`), line("c2", "error", 5), line("c2", "data"), line("c2", "new"),
			  `${deep}\\n`, `["x","data",${deep}]\\n`, '["x","data",1e999999]\\n', '["x","data","\\\\ud800"]\\n',
			  '["x","data","\\u0000"]\\n', '["x","data",01]\\n', '["x","data",NaN]\\n', '["x","data",]\\n', "\\ufeff[]\\n",
			  new Uint8Array([1, 2, 3]), new Uint8Array(100000), "no end of the line",
			];
			""";

	@RegisterExtension
	static final Stage stage = new Stage();

	@Test
	void rubbishOnOneConnectionHarmsNoOther() {
		String name = stage.name();
		stage.originalHost(OriginalClients.OLD).run(OriginalMessagesIT.ECHO, name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		client.run(WORK, name);
		// After each piece a question shows whether the connection lives.
		List<String> closed = stage.node(OriginalClients.OLD).list(CONNECT + LINES + """
				const closed = [];
				let socket = await connect("/boot/websocket");
				for (const [i, each] of rubbish.entries()) {
				  const lives = new Promise((resolve) => {
				    socket.on("message", (data) => String(data).includes(`"probe ${i}"`) && resolve(true));
				    socket.on("close", () => resolve(false));
				  });
				  socket.send(each);
				  if (!String(each).endsWith("\\n")) socket.send("\\n");
				  socket.send(open(`probe ${i}`, "/no/such"));
				  if (!(await lives)) {
				    closed.push(JSON.stringify(each).slice(0, 40));
				    socket = await connect("/boot/websocket");
				  }
				}
				socket.close();
				return closed;
				""", name);
		Map<?, ?> trips = (Map<?, ?>) client.run(STOP);
		Stage.say("closed their connection: %s; round trips of another pair meanwhile: %s".formatted(closed, trips));
		assertThat(((Number) trips.get("count")).intValue()).isGreaterThan(10);
		assertThat(client.run(WORKS)).isEqualTo(10L);
		assertThat(closed).noneMatch((piece) -> piece.contains("100%") || piece.contains("%zz"));
		assertThat(stage.sample().names()).contains(name).doesNotContain("100%");
		assertThatNothingWasTakenForAFault();
	}

	@Test
	void lineWithoutEndIsBoundedAndClosesItsConnection() {
		String name = stage.name();
		stage.originalHost(OriginalClients.OLD).run(OriginalMessagesIT.ECHO, name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		client.run(WORK, name);
		int mebibytes = ((Number) stage.node(OriginalClients.OLD).run(CONNECT + """
				const socket = await connect("/boot/websocket");
				const closed = new Promise((resolve) => socket.on("close", resolve));
				let sent = 0;
				while (sent < 256 && socket.readyState === WebSocket.OPEN) {
				  await new Promise((resolve) => socket.send("x".repeat(2 ** 20), resolve));
				  sent++;
				}
				await closed;
				return sent;
				""")).intValue();
		Stage.say("a line without end was taken up to some %d MiB".formatted(mebibytes));
		assertThat(mebibytes).isLessThan(256);
		client.run(STOP);
		assertThat(client.run(WORKS)).isEqualTo(10L);
		assertThatNothingWasTakenForAFault();
	}

	@Test
	void rubbishInFramesOfSockJsHarmsNoOther() {
		String name = stage.name();
		stage.originalHost(OriginalClients.OLD).run(OriginalMessagesIT.ECHO, name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		client.run(WORK, name);
		stage.node(OriginalClients.OLD)
			.run(CONNECT
					+ """
										const frames = [
							  "rubbish", "[", "[1]", "{}", "null", '["["]', '["[[["', '[null]', '["\\\\n","\\\\n"]', "", "[[]]", "\\n",
							];
										for (const [i, each] of frames.entries()) {
										  const socket = await connect(`/boot/000/rubbish${i}/websocket`);
										  await new Promise((resolve) => socket.send(each, resolve));
										  socket.close();
										  await new Promise((resolve) => socket.on("close", resolve));
										}
										""");
		client.run(STOP);
		assertThat(client.run(WORKS)).isEqualTo(10L);
		assertThatNothingWasTakenForAFault();
	}

	private static void assertThatNothingWasTakenForAFault() {
		List<String> faults = stage.sample().log().lines().filter((line) -> line.contains(" ERROR ")).toList();
		assertThat(faults).as("what the application takes for a fault of its own").isEmpty();
	}

}
