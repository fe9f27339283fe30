/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.e2e;

import io.github.browserstreamserver.sample.support.Await;
import io.github.browserstreamserver.sample.support.SampleProcess;
import io.github.browserstreamserver.sample.support.TestTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That the application of these tests runs on what the build says it runs on.
 */
class SampleServerIT {

	private static final String GET = "> GET \"/\"";

	@RegisterExtension
	static final Stage stage = new Stage();

	@Test
	void runsOnTheServerAndTheTransportThatTheBuildSays() {
		SampleProcess sample = stage.sample();
		String name = stage.name();
		stage.host().run("await StreamServer(boot(), () => {}).listen(args[0]).ready;", name);
		assertThat(sample.names()).contains(name);
		assertThat(sample.log()).contains(TestTransport.current().server() + " started on port");
		// an event loop carries it, or does not
		assertThat(sample.threads().contains("\"browser-stream-server-loop-"))
			.isEqualTo(TestTransport.current() == TestTransport.LEAN);
	}

	@Test
	void requestsAreServedByVirtualThreadsIfTheEnvironmentSaysSo() {
		boolean virtual = Boolean.parseBoolean(System.getenv("SPRING_THREADS_VIRTUAL_ENABLED"))
				&& Runtime.version().feature() >= 21;
		SampleProcess sample = stage.startOwnSample(
				"--logging.level.org.springframework.web.servlet.DispatcherServlet=debug",
				"--logging.pattern.console=<%thread> %msg%n");
		assertThat(sample.get("/").statusCode()).isEqualTo(200);
		Await.until("the request is logged", Stage.PATIENCE, () -> sample.log().contains(GET));
		String get = sample.log().lines().filter((line) -> line.contains(GET)).findFirst().orElseThrow();
		// what the threads of the system are called
		assertThat(get).matches((line) -> line.matches("<(http-nio-.*-exec-|qtp).*") != virtual, "virtual: " + virtual);
	}

}
