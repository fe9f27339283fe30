/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That the example in {@code docs/configuration.md} is what is compiled and tested here,
 * but for white space.
 */
class SecurityExampleTests {

	private static final Path PAGE = Path.of("..", "docs", "configuration.md");

	private static final Path EXAMPLE = Path.of("src", "test", "java",
			SecuredApplication.class.getName().replace('.', '/') + ".java");

	private static final Pattern SECTION = Pattern.compile("(?s)\n## Spring Security\n(.*?)\n## ");

	private static final Pattern BLOCK = Pattern.compile("(?m)(?:^(?: {4}.*)?\n)*^ {4}@Bean\n(?:^(?: {4}.*)?\n)*");

	@Test
	void thePagesBeansAreThoseOfTheApplication() throws IOException {
		Matcher section = SECTION.matcher(Files.readString(PAGE) + "\n## ");
		assertThat(section.find()).isTrue();
		List<String> blocks = BLOCK.matcher(section.group(1))
			.results()
			.map((match) -> squeezed(match.group()))
			.toList();
		assertThat(blocks).isNotEmpty();
		assertThat(squeezed(Files.readString(EXAMPLE))).contains(blocks);
		assertThat(String.join("", blocks)).contains("SecurityFilterChainsecurity(", "StreamAuthorizerauthorizer(",
				"Decisiondecide(");
	}

	private static String squeezed(String code) {
		return String.join("", Arrays.asList(code.split("\\s+")));
	}

}
