/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import org.junit.jupiter.api.Test;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That the classes to be loaded early exist in the versions of Spring and Tomcat here.
 */
class WarmUpTests {

	@Test
	void knowsOnlyClassesThatThereAre() {
		assertThat(WarmUp.CLASSES).allMatch((name) -> ClassUtils.isPresent(name, WarmUpTests.class.getClassLoader()));
	}

}
