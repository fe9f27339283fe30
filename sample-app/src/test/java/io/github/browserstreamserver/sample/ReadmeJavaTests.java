/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.ToolProvider;

import io.github.browserstreamserver.event.ServerCreatedEvent;
import io.github.browserstreamserver.proxy.ListeningServer;
import io.github.browserstreamserver.proxy.ProxyRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * README's class in Java, compiled and used as it stands there.
 */
@SpringBootTest
@ExtendWith(OutputCaptureExtension.class)
@Timeout(30)
class ReadmeJavaTests {

	private static final Pattern IMPORTS = Pattern.compile("// (io[\\w.]+): ([\\w., ]+)\n");

	private static final Pattern CODE = Pattern.compile("    @Component\n(    .*\n|\n)*?    }\n");

	/** What an IDE adds by itself. */
	private static final String USUAL = """
			import java.util.concurrent.*;
			import org.springframework.context.event.EventListener;
			import org.springframework.stereotype.Component;
			""";

	@Autowired
	private ProxyRegistry registry;

	private Class<?> tabs;

	@BeforeEach
	void compile(@TempDir Path directory) throws IOException, ClassNotFoundException {
		Path source = directory.resolve("Tabs.java");
		Files.writeString(source, source(Files.readString(Path.of("..", "README.md"))));
		int result = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-d", directory.toString(), source.toString());
		assertThat(result).as("README's Java compiles").isZero();
		URL[] urls = { directory.toUri().toURL() };
		try (URLClassLoader loader = new URLClassLoader(urls, ClassUtils.getDefaultClassLoader())) {
			this.tabs = loader.loadClass("Tabs");
		}
	}

	private static String source(String readme) {
		MatchResult imports = find(IMPORTS, readme);
		String ours = imports.group(2)
			.lines()
			.flatMap((names) -> Pattern.compile(", ").splitAsStream(names))
			.map((name) -> "import " + imports.group(1) + "." + name + ";\n")
			.collect(Collectors.joining());
		return ours + USUAL + find(CODE, readme).group();
	}

	private static MatchResult find(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		assertThat(matcher.find()).as("README has %s", pattern).isTrue();
		return matcher.toMatchResult();
	}

	@Test
	void asksATabAndLeavesTheStreamWhenItHasTheAnswer() throws Exception {
		CountDownLatch left = new CountDownLatch(1);
		try (ListeningServer host = this.registry.listen("readme tab", (stream) -> {
			stream.send("You asked: " + stream.receive().orElseThrow().text());
			stream.closed().whenComplete((nothing, failure) -> left.countDown());
		})) {
			assertThat(ask(host.name(), "why?")).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo("You asked: why?");
			assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	private CompletableFuture<?> ask(String name, String question) throws ReflectiveOperationException {
		Constructor<?> constructor = this.tabs.getDeclaredConstructor(ProxyRegistry.class);
		constructor.setAccessible(true);
		Method ask = this.tabs.getDeclaredMethod("ask", String.class, String.class);
		ask.setAccessible(true);
		return (CompletableFuture<?>) ask.invoke(constructor.newInstance(this.registry), name, question);
	}

	@Test
	void hearsOfNamesThatCome(CapturedOutput output) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean("registry", ProxyRegistry.class, () -> this.registry,
					(definition) -> definition.setDestroyMethodName(""));
			context.register(this.tabs);
			context.refresh();
			context.publishEvent(new ServerCreatedEvent("a tab", Instant.EPOCH));
		}
		assertThat(output).contains("a tab is there");
	}

}
