/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.io.IOException;
import java.nio.file.Path;

import io.github.browserstreamserver.sample.support.SampleProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * J11: where the browser client runs beside plain pages of plain addresses.
 */
class EnvironmentsJourneyIT {

	/** A worker hosts or talks, and the page tells it. */
	private static final String START_WORKER = """
			const options = { type: "module", name: "journey" };
			const worker = new globalThis[args[0]]("/journey/worker.js", options);
			const port = worker.port ?? worker;
			page.worker = worker;
			page.tell = (deed, name) => new Promise((resolve, reject) => {
			  port.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
			  worker.onerror = (event) => reject(new Error(`the worker failed: ${event.message}`));
			  port.postMessage({ deed, name });
			});
			""";

	private static final String TELL = "return page.tell(args[0], args[1])";

	private static final String ENTER_SERVICE_WORKER = """
			const controlled = new Promise((resolve) => (navigator.serviceWorker.oncontrollerchange = resolve));
			await navigator.serviceWorker.register("/journey/service-worker.js");
			await controlled;
			""";

	private static final String CONTROLLER = "return navigator.serviceWorker.controller?.scriptURL ?? ''";

	private static final String LEAVE_SERVICE_WORKER = """
			for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
			""";

	@RegisterExtension
	static final JourneyStage stage = new JourneyStage();

	@Test
	void moduleWorkerHostsForAnotherWorkerAndForAPage() {
		assertWorkersTalk("Worker", "DedicatedWorkerGlobalScope");
	}

	@Test
	void sharedWorkerGoesOnHostingWhenThePageThatStartedItIsClosed() {
		String name = stage.name();
		Page first = stage.host();
		Page second = stage.host();
		first.call(START_WORKER, "SharedWorker");
		second.call(START_WORKER, "SharedWorker");
		first.call(TELL, "host", name);
		first.close();
		assertThat(second.call(TELL, "talk", name).get("scope").asString()).isEqualTo("SharedWorkerGlobalScope");
		Echo.talk(stage.client(), name);
	}

	private static void assertWorkersTalk(String kind, String scope) {
		String name = stage.name();
		Page host = stage.host();
		host.call(START_WORKER, kind);
		assertThat(host.call(TELL, "host", name).get("scope").asString()).isEqualTo(scope);
		Page client = stage.client();
		client.call(START_WORKER, kind);
		assertThat(client.call(TELL, "talk", name).get("value").asString()).isEqualTo("hello from a worker");
		Echo.talk(stage.client(), name);
	}

	@Test
	void pageOfAServiceWorkerHostsAndTalks() {
		String name = stage.name();
		Page host = stage.host();
		Page client = stage.client();
		try {
			for (Page page : new Page[] { host, client }) {
				page.call(ENTER_SERVICE_WORKER);
				page.window().reload();
				assertThat(page.call(CONTROLLER).asString()).endsWith("/journey/service-worker.js");
			}
			Echo.host(host, name);
			Echo.talk(client, name);
			Echo.talk(host, name);
		}
		finally {
			host.call(LEAVE_SERVICE_WORKER);
			client.call(LEAVE_SERVICE_WORKER);
		}
	}

	@Test
	void pageBehindTlsAndBelowAContextPathHostsAndTalks(@TempDir Path directory) throws IOException {
		SampleProcess sample = stage.keep(SampleProcess
			.startForAShortWhile(Tls.serverProperties(directory, "--server.servlet.context-path=/app")));
		String origin = sample.origin().replace("http:", "https:") + "/app";
		String name = stage.name();
		Page host = stage.host(origin);
		Echo.host(host, name);
		assertThat(host.call("return page.mdm.uri").asString())
			.isEqualTo(origin.replace("https:", "wss:") + "/browser-server");
		Echo.talk(stage.client(origin), name);
	}

}
