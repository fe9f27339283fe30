/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.browserstreamserver.benchmarks.relay.JettyRelay;
import io.github.browserstreamserver.benchmarks.relay.NettyRelay;
import io.github.browserstreamserver.benchmarks.relay.OursRelay;
import io.github.browserstreamserver.benchmarks.relay.StompRelay;
import io.github.browserstreamserver.benchmarks.relay.TomcatSpringRelay;
import io.github.browserstreamserver.benchmarks.relay.TomcatUpgradeRelay;

/**
 * All that can be compared.
 */
final class Peers {

	/** Jetty beside Tomcat: Spring would take Jetty's WebSocket support on any server. */
	static final List<String> TOMCAT = List.of("jetty", "netty-");

	private static final List<String> TOMCAT_ALONE = List.of("jetty", "netty-", "browser-stream-server");

	private static final List<String> JETTY = List.of("tomcat-embed-core", "tomcat-embed-websocket",
			"spring-boot-tomcat", "spring-boot-starter-tomcat", "netty-");

	private static final List<String> JETTY_ALONE = List.of("spring", "tomcat", "netty-", "logback", "log4j");

	private static final List<String> NETTY = List.of("spring", "tomcat", "jetty", "logback", "log4j", "slf4j");

	/** One address is the whole crowd here, and one connection opens without end. */
	private static final List<String> UNBOUNDED = List.of("--browser-stream-server.connections.max=100000",
			"--browser-stream-server.connections.max-per-address=100000",
			"--browser-stream-server.stream.opens-per-second=1000000000");

	/** A free port, and room for the idle crowd; the rest is as it comes. */
	static final List<String> ON_TOMCAT = List.of("--server.port=0", "--server.address=127.0.0.1",
			"--server.tomcat.max-connections=20000", "--spring.main.banner-mode=off");

	private static final List<String> ON_JETTY = List.of("--server.port=0", "--server.address=127.0.0.1",
			"--spring.main.banner-mode=off");

	/**
	 * Compared only when they are asked for: what is the same as by default where it
	 * starts at all, and what the lean transport was weighed against.
	 */
	private static final Set<String> ON_REQUEST = Set.of("ours-lean", "tomcat-servlet", "tomcat-internal");

	private Peers() {
	}

	/**
	 * Returns the peers to compare.
	 * @param names which; the usual ones if empty
	 * @return those of them that the machine has
	 */
	static List<Peer> chosen(List<String> names) {
		return all().stream()
			.filter((peer) -> names.isEmpty() ? !ON_REQUEST.contains(peer.name()) : names.contains(peer.name()))
			.filter(Peers::isThere)
			.toList();
	}

	static List<String> names() {
		return all().stream().map(Peer::name).toList();
	}

	private static boolean isThere(Peer peer) {
		String missing = peer.launcher().missing();
		if (!missing.isEmpty()) {
			System.out.println(peer.name() + " is left out: " + missing);
		}
		return missing.isEmpty();
	}

	private static List<Peer> all() {
		return List.of(new Peer("ours", "binary", ours()),
				new Peer("ours-lean", "binary", ours("--browser-stream-server.transport=lean")),
				new Peer("ours-standard", "binary", ours("--browser-stream-server.transport=standard")),
				new Peer("ours-jetty", "binary", new JavaLauncher(OursRelay.class, JETTY, unbounded(ON_JETTY))),
				new Peer("tomcat-spring", "plain", new JavaLauncher(TomcatSpringRelay.class, TOMCAT_ALONE, ON_TOMCAT)),
				new Peer("stomp", "stomp", new JavaLauncher(StompRelay.class, TOMCAT_ALONE, ON_TOMCAT)),
				new Peer("tomcat-servlet", "plain",
						new JavaLauncher(TomcatUpgradeRelay.class, TOMCAT_ALONE, List.of("servlet"))),
				new Peer("tomcat-internal", "plain",
						new JavaLauncher(TomcatUpgradeRelay.class, TOMCAT_ALONE, List.of("internal"))),
				new Peer("jetty", "plain", new JavaLauncher(JettyRelay.class, JETTY_ALONE, List.of())),
				new Peer("netty", "plain", new JavaLauncher(NettyRelay.class, NETTY, List.of())),
				new Peer("ws-relay-node", "plain", new NodeLauncher("ws-relay.cjs")),
				new Peer("socketio", "socketio", new NodeLauncher("socketio-relay.cjs")),
				new Peer("original", "original", new NodeLauncher("original-relay.cjs")),
				new Peer("haproxy", "proxied", ProxyLauncher.haproxy()),
				new Peer("nginx", "proxied", ProxyLauncher.nginx()));
	}

	private static Peer.Launcher ours(String... properties) {
		List<String> arguments = unbounded(ON_TOMCAT);
		arguments.addAll(List.of(properties));
		return new JavaLauncher(OursRelay.class, TOMCAT, arguments);
	}

	private static List<String> unbounded(List<String> properties) {
		List<String> arguments = new ArrayList<>(properties);
		arguments.addAll(UNBOUNDED);
		return arguments;
	}

}
