/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/configuration.md} against the metadata that editors and people get.
 */
class ConfigurationDocumentationTests {

	private static final Path PAGE = Path.of("..", "docs", "configuration.md");

	private static final Path METADATA = Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");

	private static final Pattern ROW = Pattern.compile("\\| `([a-z.-]+)` \\| (.+?) \\| (.+) \\|");

	private record Property(String value, String description) {
	}

	@Test
	void everyPropertyHasADescription() throws IOException {
		assertThat(metadata()).isNotEmpty()
			.allSatisfy((name, property) -> assertThat(property.description()).as(name).isNotBlank().endsWith("."));
	}

	@Test
	void noDescriptionRepeatsTheDefaultOrBeginsWithAnArticle() throws IOException {
		assertThat(metadata()).allSatisfy((name, property) -> assertThat(property.description()).as(name)
			.doesNotStartWith("The ")
			.doesNotStartWith("A ")
			.doesNotContain("default"));
	}

	@Test
	void thePageListsExactlyThePropertiesOfTheMetadata() throws IOException {
		assertThat(page().keySet()).isEqualTo(metadata().keySet());
	}

	@Test
	void thePageHasTheDefaultsAndDescriptionsOfTheMetadata() throws IOException {
		Map<String, Property> page = page();
		assertThat(metadata()).allSatisfy((name, property) -> {
			assertThat(page.get(name).description()).isEqualTo(property.description());
			if (property.value().isEmpty()) {
				assertThat(page.get(name).value()).as(name).isNotBlank().doesNotContain("`");
			}
			else {
				assertThat(page.get(name).value()).as(name).isEqualTo("`" + property.value() + "`");
			}
		});
	}

	@Test
	void whatThePageCallsDefaultsIsWhatIsSetWhenNothingIsSet() throws IOException {
		Map<String, String> values = new TreeMap<>();
		page().forEach((name, property) -> {
			if (name.startsWith("browser-stream-server.") && property.value().startsWith("`")) {
				values.put(name, property.value().replace("`", ""));
			}
		});
		BrowserStreamServerProperties bound = new Binder(new MapConfigurationPropertySource(values))
			.bind("browser-stream-server", Bindable.of(BrowserStreamServerProperties.class))
			.get();
		assertThat(bound).usingRecursiveComparison().isEqualTo(new BrowserStreamServerProperties());
	}

	private static Map<String, Property> metadata() throws IOException {
		JsonNode root = JsonMapper.shared().readTree(Files.readString(METADATA));
		Map<String, Property> properties = new TreeMap<>();
		for (JsonNode property : root.path("properties")) {
			properties.put(property.path("name").asString(), new Property(property.path("defaultValue").asString(""),
					property.path("description").asString("")));
		}
		return properties;
	}

	private static Map<String, Property> page() throws IOException {
		Map<String, Property> properties = new TreeMap<>();
		for (String line : Files.readAllLines(PAGE)) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				assertThat(properties.put(row.group(1), new Property(row.group(2), row.group(3)))).isNull();
			}
		}
		return properties;
	}

}
