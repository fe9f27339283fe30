/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

import io.github.browserstreamserver.sample.SampleApplication;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sample application in a JVM of its own, on a free port of the loopback interface.
 * It can be stopped, or killed, and started again on the same port.
 */
public final class SampleProcess implements AutoCloseable {

	private static final Duration START_PATIENCE = Duration.ofSeconds(90);

	private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

	private static final String STARTED = "Started SampleApplication";

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

	private final JsonMapper json = new JsonMapper();

	/** Of all its lives. Guarded by itself. */
	private final StringBuilder log = new StringBuilder();

	private final Thread hook = new Thread(this::destroy);

	private final int port = freePort();

	/** Options of the JVM, and properties. */
	private final List<String> options;

	private final List<String> properties;

	/** The one that lives, or lived last. */
	private volatile Process process;

	private SampleProcess(List<String> options, List<String> properties) {
		this.options = options;
		this.properties = properties;
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * Starts one for a short while and waits until it serves. It starts faster than one
	 * for long, and is slower then.
	 * @param properties as the command line has them, such as {@code --a.b=c}
	 * @return the process
	 */
	public static SampleProcess startForAShortWhile(String... properties) {
		return start(new SampleProcess(List.of("-XX:TieredStopAtLevel=1"), List.of(properties)));
	}

	/**
	 * Starts one and waits until it serves.
	 * @param properties as the command line has them, such as {@code --a.b=c}
	 * @return the process
	 */
	public static SampleProcess start(String... properties) {
		return start(new SampleProcess(List.of(), List.of(properties)));
	}

	private static SampleProcess start(SampleProcess sample) {
		try {
			sample.startAgain();
			return sample;
		}
		catch (RuntimeException | Error ex) {
			sample.close();
			throw ex;
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Starts it, after it was stopped or killed, and waits until it serves.
	 */
	public void startAgain() {
		int before = log().length();
		try {
			this.process = new ProcessBuilder(command()).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		Process started = this.process;
		Thread reader = new Thread(() -> follow(started), "sample-log");
		reader.setDaemon(true);
		reader.start();
		Await.until("the sample application starts", START_PATIENCE, () -> {
			if (!started.isAlive()) {
				reader.join();
				throw new IllegalStateException("The sample application did not start:\n" + log());
			}
			return log().indexOf(STARTED, before) >= 0;
		});
	}

	private List<String> command() {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(this.options);
		// What it leaves there when it is killed goes with the next "clean".
		command.add("-Djava.io.tmpdir=" + temporaryDirectory());
		command.addAll(List.of("-Xmx256m", "-XX:+UseG1GC", "-cp", System.getProperty("java.class.path")));
		command.add(SampleApplication.class.getName());
		command.add("--server.port=" + this.port);
		command.add("--server.address=127.0.0.1");
		command.add(OriginalClients.pagesProperty());
		command.addAll(TestTransport.current().properties());
		command.addAll(this.properties);
		return command;
	}

	private static Path temporaryDirectory() {
		try {
			return Files.createDirectories(Path.of("target", "e2e-tmp").toAbsolutePath());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void follow(Process started) {
		try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
			String line = lines.readLine();
			while (line != null) {
				synchronized (this.log) {
					this.log.append(line).append('\n');
				}
				line = lines.readLine();
			}
		}
		catch (IOException ex) {
			// The process was killed.
		}
	}

	/**
	 * Stops it as an operator would, and waits for its end.
	 */
	public void stop() {
		this.process.destroy();
		if (!ends(STOP_PATIENCE)) {
			kill();
			throw new AssertionError("The sample application did not stop within " + STOP_PATIENCE);
		}
	}

	/**
	 * Kills it: it can say no goodbye.
	 */
	public void kill() {
		this.process.destroyForcibly();
		if (!ends(STOP_PATIENCE)) {
			throw new AssertionError("The sample application cannot be killed");
		}
	}

	/**
	 * Lets it stand still: nothing of it runs, and its sockets stay open.
	 * @param time for how long
	 * @throws IOException if it cannot be stopped
	 * @throws InterruptedException if the test was interrupted
	 */
	public void standStill(Duration time) throws IOException, InterruptedException {
		signal("STOP");
		try {
			TimeUnit.MILLISECONDS.sleep(time.toMillis());
		}
		finally {
			signal("CONT");
		}
	}

	private void signal(String name) throws IOException, InterruptedException {
		int result = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().waitFor();
		if (result != 0) {
			throw new AssertionError("kill -" + name + " failed with " + result);
		}
	}

	private boolean ends(Duration patience) {
		try {
			return this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.hook);
		destroy();
	}

	private void destroy() {
		if (this.process != null) {
			this.process.destroy();
			if (!ends(STOP_PATIENCE)) {
				this.process.destroyForcibly();
				ends(STOP_PATIENCE);
			}
		}
	}

	public int port() {
		return this.port;
	}

	public String origin() {
		return "http://127.0.0.1:" + this.port;
	}

	/** Returns what it printed, in all its lives. */
	public String log() {
		synchronized (this.log) {
			return this.log.toString();
		}
	}

	public HttpResponse<String> get(String path) {
		try {
			HttpRequest request = HttpRequest.newBuilder(URI.create(origin() + path))
				.timeout(Duration.ofSeconds(20))
				.build();
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException("GET " + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the live names, as the actuator lists them. */
	public List<String> names() {
		JsonNode servers = this.json.readTree(get("/actuator/streamservers").body()).get("servers");
		return StreamSupport.stream(servers.spliterator(), false)
			.map((server) -> server.get("name").asString())
			.toList();
	}

	/**
	 * Returns the bytes of all objects on its heap that live, after a full collection.
	 */
	public long liveHeap() {
		String histogram = jcmd("GC.class_histogram");
		String total = histogram.lines()
			.filter((line) -> line.startsWith("Total"))
			.findFirst()
			.orElseThrow(() -> new AssertionError("jcmd said: " + histogram));
		return Long.parseLong(total.trim().split("\\s+")[2]);
	}

	/** Returns what its threads do, those of the system only. */
	public String threads() {
		return jcmd("Thread.print");
	}

	private String jcmd(String command) {
		Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
		try {
			Process run = new ProcessBuilder(jcmd.toString(), String.valueOf(this.process.pid()), command)
				.redirectErrorStream(true)
				.start();
			String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			run.waitFor();
			return output;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
