/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.util.concurrent.CountDownLatch;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * A relay on sockets that Tomcat has upgraded: by the Servlet API, or by Tomcat's own
 * interface with Tomcat's poller. What the lean transport was weighed against.
 */
public final class TomcatUpgradeRelay {

	private TomcatUpgradeRelay() {
	}

	/**
	 * Starts the relay.
	 * @param arguments {@code servlet} or {@code internal}
	 * @throws LifecycleException if it cannot be started
	 * @throws InterruptedException if it is interrupted
	 */
	public static void main(String[] arguments) throws LifecycleException, InterruptedException {
		boolean servlet = arguments[0].equals("servlet");
		Tomcat tomcat = new Tomcat();
		tomcat.setPort(0);
		tomcat.getConnector().setProperty("address", "127.0.0.1");
		tomcat.getConnector().setProperty("maxConnections", "20000");
		Context context = tomcat.addContext("", null);
		Tomcat.addServlet(context, "relay", new TomcatUpgradeServlet(servlet ? ServletDoor.class : InternalDoor.class))
			.addMapping("/*");
		tomcat.start();
		Ready.say(tomcat.getConnector().getLocalPort());
		new CountDownLatch(1).await();
	}

}
