/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.OriginalClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node processes use the original's clients over a plain WebSocket, and readers pause.
 */
class OriginalNodeIT {

	/** Both sides write and read a thousand messages, in order. */
	private static final String SWAP = """
			const swap = async (stream) => {
			  const all = take(stream, 1000);
			  for (let i = 0; i < 1000; i++) stream.write(i % 2 ? `text ${i} 🦊` : { i });
			  return (await all).every((value, i) => (i % 2 ? value === `text ${i} 🦊` : value.i === i));
			};
			""";

	private static final String LISTEN = SWAP + """
			const server = StreamServer(boot(), (stream) => {
			  page.right = swap(stream);
			  page.ended = record(stream);
			});
			page.server = server.listen(args[0]);
			""";

	private static final String CONNECT = SWAP + """
			page.stream = StreamClient(boot()).connect(args[0]);
			page.ended = record(page.stream);
			return swap(page.stream);
			""";

	private static final String RIGHT = "return page.right";

	/** A writer that numbers what it writes, once it is asked. */
	private static final String COUNT = """
			const server = StreamServer(boot(), (stream) => {
			  stream.once("data", (count) => {
			    for (let i = 0; i < count; i++) stream.write(i);
			    stream.on("data", (value) => stream.write(value));
			  });
			});
			server.listen(args[0]);
			""";

	/**
	 * A reader that pauses at the first message and goes on when all have been written.
	 */
	private static final String PAUSE = """
			const stream = StreamClient(boot()).connect(args[0]);
			const all = take(stream, 2000);
			stream.write(2000);
			await first(stream, "data");
			for (let i = 0; i < 20; i++) {
			  stream.pause();
			  await pause(i < 5 ? 100 : 1);
			  stream.resume();
			}
			const right = (await all).every((value, i) => value === i);
			const answer = take(stream, 2);
			stream.write("and on");
			stream.write("once more");
			return [right, ...(await answer)].map(String);
			""";

	@RegisterExtension
	static final Stage stage = new Stage();

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void nodeHostAndNodeClientTalkOverPlainWebSockets(String version) {
		String name = stage.name();
		NodePeer host = stage.node(version);
		host.run(LISTEN, name);
		NodePeer client = stage.node(version);
		assertThat(client.run(CONNECT, name)).isEqualTo(true);
		assertThat(host.run(RIGHT)).isEqualTo(true);

		client.run("page.stream.end()");
		assertThat(host.list("return page.ended")).hasSize(1001).endsWith("data", "end");
		host.run("page.server.end()");
		Await.until("the name is free", Stage.PATIENCE, () -> !stage.sample().names().contains(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void nodeHostTalksToAPage(String version) {
		String name = stage.name();
		NodePeer host = stage.node(version);
		host.run(LISTEN, name);
		OriginalTab client = stage.originalClient(OriginalClients.OLD);
		assertThat(client.run(CONNECT, name)).isEqualTo(true);
		assertThat(host.run(RIGHT)).isEqualTo(true);

		host.close();
		assertThat(client.list("return page.ended")).endsWith("end");
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void nodeClientTalksToAPage(String version) {
		String name = stage.name();
		OriginalTab host = stage.originalHost(OriginalClients.OLD);
		host.run(LISTEN, name);
		NodePeer client = stage.node(version);
		assertThat(client.run(CONNECT, name)).isEqualTo(true);
		assertThat(host.run(RIGHT)).isEqualTo(true);

		client.close();
		assertThat(host.list("return page.ended")).endsWith("end");
	}

	@Test
	void errorsAreTheSameInNode() {
		String name = stage.name();
		NodePeer node = stage.node(OriginalClients.NEW);
		node.run(LISTEN, name);
		// it is not acknowledged, and the next comes on another connection
		Await.until("the name is taken", Stage.PATIENCE, () -> stage.sample().names().contains(name));
		assertThat(node.list("return record(StreamServer(boot(), () => {}).listen(args[0]))", name))
			.containsExactly("500 / server already exists / " + name, "end");
		assertThat(node.list("return record(StreamClient(boot()).connect(args[0]), \"error\")", name + "-missing"))
			.containsExactly("404 / server does not exist / " + name + "-missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void nodeReaderThatPausesGetsEverythingInOrder(String version) {
		String name = stage.name();
		stage.node(version).run(COUNT, name);
		assertThat(stage.node(version).list(PAUSE, name)).containsExactly("true", "and on", "once more");
	}

	/**
	 * A pause that reached the boot of the writer, or of the reader, would silence it.
	 */
	@ParameterizedTest
	@ValueSource(strings = { OriginalClients.OLD, OriginalClients.NEW })
	void pageThatPausesGetsEverythingInOrderAndBothCanStillWrite(String version) {
		String name = stage.name();
		stage.originalHost(version).run(COUNT, name);
		assertThat(stage.originalClient(version).list(PAUSE, name)).containsExactly("true", "and on", "once more");
	}

}
