/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import io.github.browserstreamserver.sample.support.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample page against a peer that speaks the file protocol (docs/file-protocol.md) by
 * hand, well and badly.
 */
class FileProtocolIT {

	@RegisterExtension
	static final Stage stage = new Stage();

	/** What the peer's scripts use; the name is their first argument. */
	private static final String PEER = """
			const encode = (text) => new TextEncoder().encode(text);
			const offer = (fields) => ({ type: "offer", version: 1, name: "a.txt", size: 3, mediaType: "text/plain", ...fields });
			const open = (meta) => {
			  const stream = StreamClient(boot()).connect(args[0], { meta: { kind: "file", version: 1, ...meta } });
			  stream.next = async () => (await (stream.messages ??= stream[Symbol.asyncIterator]()).next()).value;
			  stream.ending = new Promise((resolve) => stream.on("error", (error) => resolve(`${error.code} ${error.message}`)));
			  return stream;
			};
			""";

	private static final String DROP = """
			const transfer = new DataTransfer();
			for (const name of args) transfer.items.add(new File(["abc"], name, { type: "text/plain" }));
			document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
			""";

	private String name;

	@BeforeEach
	void chooseName() {
		this.name = stage.name();
	}

	// --- the page receives

	@Test
	void takesAFileAndConfirmsIt() {
		Tab host = hostingPage();
		assertThat(peer("""
				const stream = open();
				stream.write(offer());
				const accept = await stream.next();
				stream.write(encode("ab"));
				stream.write(encode("c"));
				const sha256Of = await sha256(encode("abc"));
				stream.end({ type: "end", sha256: sha256Of });
				const received = await stream.next();
				return [accept.type, received.type, received.sha256 === sha256Of, await stream.next()].join();
				""")).isEqualTo("accept,received,true,");
		awaitRow(host, "a.txt", "done");
		assertThat(saveName(host)).isEqualTo("a.txt");
	}

	@Test
	void takesAnEmptyFile() {
		Tab host = hostingPage();
		assertThat(peer("""
				const stream = open();
				stream.write(offer({ size: 0 }));
				await stream.next();
				stream.end({ type: "end", sha256: await sha256(encode("")) });
				return (await stream.next()).type;
				""")).isEqualTo("received");
		awaitRow(host, "a.txt", "done");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../etc/a.txt", "C:\\Users\\a.txt", "/a.txt" })
	void takesNoPath(String path) {
		Tab host = hostingPage();
		peer("const stream = open(); stream.write(offer({ name: args[1] })); await stream.next();", path);
		awaitRow(host, "a.txt", "offered");
	}

	@Test
	void showsWhatAFileIsWhateverItsNameHides() {
		Tab host = hostingPage();
		String offerAs = "const stream = open(); stream.write(offer({ name: args[1] })); await stream.next();";
		peer(offerAs, "photo\u202Egpj.exe");
		awaitRow(host, "photogpj.exe", "offered");
		peer(offerAs, "a\tb\u2028\u2066c.txt");
		awaitRow(host, "abc.txt", "offered");
		peer(offerAs, "x".repeat(300) + ".pdf");
		awaitRow(host, "x".repeat(204) + "…" + "x".repeat(46) + ".pdf", "offered");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			offer({ version: 2 })     | REFUSED
			offer({ size: 5e9 })      | REFUSED
			offer({ size: -1 })       | PROTOCOL_ERROR
			offer({ size: 1.5 })      | PROTOCOL_ERROR
			offer({ size: '3' })      | PROTOCOL_ERROR
			offer({ name: undefined }) | PROTOCOL_ERROR
			({ type: 'end' })         | PROTOCOL_ERROR
			('offer')                 | PROTOCOL_ERROR
			""")
	void declinesWhatIsNoOfferThatItCanTake(String first, String code) {
		Tab host = hostingPage();
		assertThat(peer("const stream = open(); stream.write(" + first + "); return await stream.ending;"))
			.startsWith(code + " ");
		assertThat(rows(host)).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			stream.write(encode('abcd'))                                                | larger than was offered
			stream.write(encode('ab')); stream.end({ type: 'end', sha256: hash })       | smaller than was offered
			stream.write(encode('abd')); stream.end({ type: 'end', sha256: hash })      | SHA-256 differs
			stream.write(encode('abc')); stream.end({ type: 'end', sha256: 'abc' })     | did not send “end”
			stream.write(encode('abc')); stream.end()                                   | ended before the file did
			stream.write(encode('ab')); stream.write({ type: 'nonsense' })              | did not send “end”
			""")
	void keepsNothingOfAFileThatIsNotWhatWasOffered(String parts, String reason) {
		Tab host = hostingPage();
		assertThat(peer("const hash = await sha256(encode('abc')); const stream = open(); stream.write(offer());"
				+ " await stream.next(); " + parts + "; return await stream.ending;"))
			.startsWith("PROTOCOL_ERROR ")
			.contains(reason);
		awaitRow(host, "a.txt", "failed");
		assertThat(saveName(host)).isNull();
	}

	@Test
	void saysWhyTheSenderHasCancelled() {
		Tab host = hostingPage();
		peer("""
				const stream = open();
				stream.write(offer());
				await stream.next();
				stream.destroy(new StreamError("CANCELLED", "of no use any more"));
				""");
		awaitRow(host, "a.txt", "cancelled");
		assertThat(words(host)).isEqualTo("Of no use any more. Nothing of the file was kept.");
	}

	@Test
	void tellsTheSenderThatSomebodyHasCancelled() {
		Tab host = hostingPage();
		peer("page.stream = open(); page.stream.write(offer()); await page.stream.next();");
		host.run("document.querySelector('[data-testid=file-cancel]').click()");
		assertThat(peer("return await page.stream.ending;")).startsWith("CANCELLED ")
			.contains("cancelled by the other side");
	}

	@Test
	void cancelsFilesThatMoveWhenItStopsHosting() {
		Tab host = hostingPage();
		peer("page.stream = open(); page.stream.write(offer()); await page.stream.next();");
		host.run("document.querySelector('[data-testid=stop]').click()");
		assertThat(peer("return await page.stream.ending;")).startsWith("CANCELLED ")
			.contains("cancelled by the other side");
		awaitRow(host, "a.txt", "cancelled");
		assertThat(words(host)).isEqualTo("Cancelled here. Nothing of the file was kept.");
	}

	@Test
	void callsAWindowThatComesBackAsBefore() {
		Tab host = hostingPage();
		String offerAs = "const stream = open({ client: args[1] }); stream.write(offer({ name: args[2] })); await stream.next();";
		peer(offerAs + " stream.destroy();", "one", "1.txt");
		awaitRow(host, "1.txt", "cancelled");
		peer(offerAs, "other", "2.txt");
		peer(offerAs, "one", "3.txt");
		awaitRow(host, "3.txt", "offered");
		assertThat(host.run(
				"return [...document.querySelectorAll('[data-testid=file-peer]')].map((each) => each.textContent).join()"))
			.isEqualTo("from Client 1,from Client 2,from Client 1");
	}

	// --- the page, as a host, sends

	@Test
	void offersFilesToAClientAndSendsTheOnesItTakes() {
		Tab host = hostingPage();
		peer("page.offers = open({ kind: 'offers' }); page.waiting = page.offers.next();");
		awaitClients(host);
		host.run(DROP, "a.txt", "b.txt");
		assertThat(
				peer("""
						const [first, second] = [await page.waiting, await page.offers.next()];
						page.offers.write({ type: "decline", id: second.id, reason: "one is enough" });
						const stream = open({ take: first.id });
						const begin = await stream.next();
						stream.write({ type: "accept" });
						const content = new TextDecoder().decode(await stream.next());
						const end = await stream.next();
						stream.end({ type: "received", sha256: end.sha256 });
						const again = open({ take: first.id });
						return [begin.name, begin.size, content, end.type, end.sha256 === (await sha256(encode("abc"))), (await again.ending).split(" ")[0]].join();
						"""))
			.isEqualTo("a.txt,3,abc,end,true,REFUSED");
		awaitRow(host, "a.txt", "done");
		awaitRow(host, "b.txt", "failed");
	}

	@Test
	void withdrawsAnOfferThatIsCancelled() {
		Tab host = hostingPage();
		peer("page.offers = open({ kind: 'offers' }); page.waiting = page.offers.next();");
		awaitClients(host);
		host.run(DROP, "a.txt");
		peer("page.offered = await page.waiting;");
		host.run("document.querySelector('[data-testid=file-cancel]').click()");
		assertThat(peer("""
				const withdrawn = await page.offers.next();
				const stream = open({ take: page.offered.id });
				return [withdrawn.type, withdrawn.id === page.offered.id, (await stream.ending).split(" ")[0]].join();
				""")).isEqualTo("withdraw,true,REFUSED");
	}

	// --- the page, as a client, sends

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					stream.destroy(new StreamError('REFUSED', 'not today'))                                       | Declined: Not today.
					stream.on('data', (value) => value.type && stream.write(value))                               | sent the offer back
					stream.on('data', () => stream.end())                                                         | ended before the file did
					stream.on('data', (value) => stream.write({ type: value.type === 'offer' ? 'accept' : 'received', sha256: '0'.repeat(64) })) | SHA-256 differs
					throw new Error('the host has a fault')                                                       | failed
					""")
	void doesNotSayThatAFileHasArrivedWhenTheHost(String handler, String expected) {
		Tab peer = stage.host();
		peer.run("await StreamServer(boot(), (stream) => { if (stream.meta.kind === 'file') { " + handler
				+ " } else stream.on('data', () => {}); }).listen(args[0]).ready;", this.name);
		Tab client = stage.page("/#connect=" + this.name);
		await(client, "document.querySelector('[data-testid=status]')?.dataset.state === 'connected'");
		client.run(DROP, "a.txt");
		awaitRow(client, "a.txt", "failed");
		assertThat(words(client)).contains(expected);
	}

	// ---

	private Tab peer;

	private Tab hostingPage() {
		Tab host = stage.page("/#host=" + this.name);
		await(host, "document.querySelector('[data-testid=status]')?.dataset.state === 'hosting'");
		this.peer = stage.host();
		return host;
	}

	private String peer(String script, Object... more) {
		Object[] args = new Object[more.length + 1];
		args[0] = this.name;
		System.arraycopy(more, 0, args, 1, more.length);
		return String.valueOf(this.peer.run(PEER + script, args));
	}

	private static void awaitClients(Tab host) {
		await(host, "!document.querySelector('[data-testid=file-input]').disabled");
	}

	private static void awaitRow(Tab page, String name, String state) {
		await(page, "document.querySelector('[data-testid=file-row][data-name=\"" + name + "\"]')?.dataset.state === '"
				+ state + "'");
	}

	private static void await(Tab page, String condition) {
		Await.until(condition, Stage.PATIENCE, () -> Boolean.TRUE.equals(page.run("return " + condition)));
	}

	private static long rows(Tab page) {
		return (Long) page.run("return document.querySelectorAll('[data-testid=file-row]').length");
	}

	private static String words(Tab page) {
		return (String) page.run("return document.querySelector('[data-testid=file-words]').textContent");
	}

	private static String saveName(Tab page) {
		return (String) page.run("return document.querySelector('[data-testid=file-save]')?.download");
	}

}
