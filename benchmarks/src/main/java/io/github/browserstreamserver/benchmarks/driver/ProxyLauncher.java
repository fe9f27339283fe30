/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a proxy that the machine has. Its host is itself a server, in the generator, so
 * both ports are chosen here and put into its configuration.
 *
 * @param program what is started
 * @param config its configuration's file
 * @param options of the program; the last one says that the configuration's path follows
 */
record ProxyLauncher(String program, String config, List<String> options) implements Peer.Launcher {

	private static final Path SOURCE = Path.of("benchmarks", "src", "main", "proxy");

	private static final Path TARGET = Path.of("benchmarks", "target", "proxy").toAbsolutePath();

	private static final int SECONDS_TO_START = 20;

	private static final int BETWEEN_ATTEMPTS_MILLIS = 50;

	static ProxyLauncher haproxy() {
		return new ProxyLauncher("haproxy", "haproxy.cfg", List.of("-f"));
	}

	static ProxyLauncher nginx() {
		return new ProxyLauncher("nginx", "nginx.conf", List.of("-p", TARGET.toString(), "-e", "stderr", "-c"));
	}

	@Override
	public String missing() {
		return Programs.missing(this.program);
	}

	@Override
	public RunningRelay start(Core core) throws IOException {
		try (ServerSocket relay = listen(); ServerSocket host = listen()) {
			int port = relay.getLocalPort();
			int hostPort = host.getLocalPort();
			List<String> command = command(configure(port, hostPort));
			relay.close();
			host.close();
			Child process = new Child(core.pin(command), (line) -> false);
			try {
				awaitPort(process, port);
			}
			catch (IOException ex) {
				process.close();
				throw ex;
			}
			return new RunningRelay(process, port, hostPort, false);
		}
	}

	private static ServerSocket listen() throws IOException {
		return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
	}

	private Path configure(int port, int hostPort) throws IOException {
		String text = Files.readString(SOURCE.resolve(this.config))
			.replace("@PORT@", Integer.toString(port))
			.replace("@HOST_PORT@", Integer.toString(hostPort));
		Files.createDirectories(TARGET);
		return Files.writeString(TARGET.resolve(this.config), text);
	}

	private List<String> command(Path config) throws IOException {
		List<String> command = new ArrayList<>(List.of(Programs.find(this.program)));
		command.addAll(this.options);
		command.add(config.toString());
		return command;
	}

	private static void awaitPort(Child process, int port) throws IOException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
		while (true) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return;
			}
			catch (IOException ex) {
				if (System.nanoTime() > deadline) {
					throw new IOException("process " + process.pid() + " is not ready: " + process.output(), ex);
				}
			}
			pause();
		}
	}

	private static void pause() throws IOException {
		try {
			Thread.sleep(BETWEEN_ATTEMPTS_MILLIS);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

}
