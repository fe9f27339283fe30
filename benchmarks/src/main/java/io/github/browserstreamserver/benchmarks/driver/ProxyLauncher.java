/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a proxy that the machine has. Its host is itself a server, in the generator, so
 * both ports are chosen here and put into its configuration. A proxy says nothing when it
 * listens, but writes its pid file then; haproxy does so only if it has a worker.
 *
 * @param program what is started
 * @param config its configuration's file
 * @param options of the program; the last one says that the configuration's path follows
 */
record ProxyLauncher(String program, String config, List<String> options) implements Peer.Launcher {

	private static final Path SOURCE = Path.of("benchmarks", "src", "main", "proxy");

	private static final Path TARGET = Path.of("benchmarks", "target", "proxy").toAbsolutePath();

	private static final int SECONDS_TO_START = 20;

	static ProxyLauncher haproxy() {
		return new ProxyLauncher("haproxy", "haproxy.cfg",
				List.of("-W", "-p", TARGET.resolve("haproxy.pid").toString(), "-f"));
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
			List<String> command = core.pin(command(configure(port, hostPort)));
			relay.close();
			host.close();
			return new RunningRelay(startListening(command), port, hostPort, false);
		}
	}

	/** What connects from then on is accepted, at the latest when there are workers. */
	private Child startListening(List<String> command) throws IOException {
		try (PidFile file = new PidFile(TARGET, this.program + ".pid")) {
			Child process = new Child(command, (line) -> false);
			try {
				file.await(process, SECONDS_TO_START);
			}
			catch (IOException ex) {
				process.close();
				throw ex;
			}
			return process;
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

}
