/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * Makes the files of {@code src/main/client} from the modules of {@code src/main/js}, or
 * checks that they are what the modules give. Maven runs it, see the profile "client".
 * <p>
 * There are two bundles: {@code served} is what the application has under its prefix, and
 * {@code package} what npm and the WebJar have. They differ in the address that
 * {@code boot()} uses by default.
 */
final class ClientBuild {

	private static final List<String> COMMON = List.of("--bundle", "--minify", "--format=esm", "--target=es2022",
			"--legal-comments=none", "--log-level=warning");

	private static final String BANNER = "/* browser-stream-server, MIT licence */";

	private static final String MINIFY = """
			const modules = {};
			function require(name) {
				if (!modules[name]) {
					const file = name.slice(name.indexOf("/") + 1);
					const path = name === "terser" ? "terser/dist/bundle.min.js" : `jridgewell__${file}/dist/${file}.umd.js`;
					const module = modules[name] = { exports: {} };
					new Function("module", "exports", "require", resource(path))(module, module.exports, require);
				}
				return modules[name].exports;
			}
			var result, problem;
			require("terser").minify(code, {
				module: true,
				ecma: 2022,
				compress: { passes: 2 },
				format: { preamble: banner },
				sourceMap: { content: map, url: "client.js.map" },
			}).then((value) => result = value, (error) => problem = error.stack);
			""";

	private final Path esbuild;

	private final Path module;

	private final Path work;

	private ClientBuild(Path esbuild, Path module, Path work) {
		this.esbuild = esbuild;
		this.module = module;
		this.work = work;
	}

	/**
	 * Starts it.
	 * @param args "write" or "check", esbuild's binary, the Maven module's directory, and a
	 * directory to work in
	 * @throws Exception when something goes wrong
	 */
	public static void main(String[] args) throws Exception {
		ClientBuild build = new ClientBuild(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
		build.bundle("served", "modules", "--sources-content=false",
				"--define:globalThis.BROWSER_STREAM_SERVER_PREFIX=\".\"");
		build.bundle("package", "src", "--define:globalThis.BROWSER_STREAM_SERVER_PREFIX=\"\"",
				"--define:import.meta.url=undefined");
		if (args[0].equals("write")) {
			build.write();
			build.writeDeclarations();
		}
		else if (!build.isUpToDate()) {
			System.err.println("src/main/client is not what src/main/js gives. Run"
					+ " `mvn -Pclient generate-resources -pl browser-stream-server-autoconfigure`, and commit what it writes.");
			System.exit(1);
		}
	}

	/**
	 * Bundles a copy of the modules, so that the source map names them as they are named
	 * beside the bundle.
	 */
	private void bundle(String name, String sources, String... options) throws IOException, InterruptedException {
		Path copies = Files.createDirectories(this.work.resolve(name).resolve(sources));
		try (Stream<Path> modules = Files.list(this.module.resolve("src/main/js"))) {
			for (Path each : modules.filter((file) -> file.toString().endsWith(".js")).toList()) {
				Files.copy(each, copies.resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		List<String> command = new ArrayList<>(
				List.of(this.esbuild.toAbsolutePath().toString(), sources + "/client.js", "--outfile=client.js"));
		command.addAll(COMMON);
		command.addAll(List.of("--sourcemap", "--mangle-props=" + internalNames()));
		command.addAll(Arrays.asList(options));
		run(this.work.resolve(name), command.toArray(String[]::new));
		Path code = fresh(name, "client.js");
		Path map = fresh(name, "client.js.map");
		List<String> smaller = minify(Files.readString(code), Files.readString(map));
		Files.writeString(code, smaller.get(0) + "\n");
		Files.writeString(map, smaller.get(1) + "\n");
	}

	/**
	 * Lets terser go over what esbuild made, which saves another 3 %. It is JavaScript
	 * itself, and runs in GraalJS.
	 * @return the code and its source map
	 */
	private static List<String> minify(String code, String map) throws IOException {
		try (Context context = Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build()) {
			Value global = context.getBindings("js");
			global.putMember("resource", (ProxyExecutable) (arguments) -> resource(arguments[0].asString()));
			global.putMember("code", code);
			global.putMember("map", map);
			global.putMember("banner", BANNER);
			context.eval("js", MINIFY);
			if (!global.getMember("problem").isNull()) {
				throw new IllegalStateException(global.getMember("problem").asString());
			}
			Value result = global.getMember("result");
			return List.of(result.getMember("code").asString(), result.getMember("map").asString());
		}
	}

	/**
	 * Reads a file of a WebJar.
	 * @param path its name and its path in it
	 */
	private static String resource(String path) {
		String webjar = path.substring(0, path.indexOf('/'));
		try (InputStream versions = ClientBuild.class.getResourceAsStream(
				"/META-INF/maven/org.webjars.npm/" + webjar + "/pom.properties")) {
			Properties properties = new Properties();
			properties.load(versions);
			String location = "/META-INF/resources/webjars/" + webjar + "/" + properties.getProperty("version")
					+ path.substring(webjar.length());
			try (InputStream file = ClientBuild.class.getResourceAsStream(location)) {
				return new String(file.readAllBytes(), StandardCharsets.UTF_8);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String internalNames() throws IOException {
		try (Stream<String> lines = Files.lines(this.module.resolve("src/build/internal-names.txt"))) {
			return lines.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.flatMap((line) -> Stream.of(line.split(" ")))
				.collect(Collectors.joining("|", "^(", ")$"));
		}
	}

	private void write() throws IOException {
		for (String each : List.of("served", "package")) {
			Files.createDirectories(built(each, "client.js").getParent());
			for (String file : List.of("client.js", "client.js.map")) {
				Files.copy(fresh(each, file), built(each, file), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		byte[] client = Files.readAllBytes(fresh("served", "client.js"));
		// Another zlib may give other bytes: they are written only when they are needed.
		if (!isCompressed(client)) {
			Files.write(built("served", "client.js.gz"), gzip(client));
			Files.write(built("served", "client.js.br"), brotli(client));
		}
		System.out.printf("client.js: %d bytes, gzip %d, brotli %d%n", client.length,
				Files.size(built("served", "client.js.gz")), Files.size(built("served", "client.js.br")));
	}

	/**
	 * Makes the declarations, for which there is no tool in Maven.
	 */
	private void writeDeclarations() throws IOException, InterruptedException {
		Path npm = Files.createDirectories(this.work.resolve("npm"));
		try (Stream<Path> files = Files.list(this.module.resolve("src/build/npm")).filter(Files::isRegularFile)) {
			for (Path each : files.toList()) {
				Files.copy(each, npm.resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		try {
			run(npm, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline");
		}
		catch (IOException ex) {
			System.out.println("client.d.ts: left as it is, since there is no npm");
			return;
		}
		run(npm, "node", "declarations.mjs", this.module.resolve("src/main/js").toString(),
				built("package", "client.d.ts").toString());
		System.out.printf("client.d.ts: %d bytes%n", Files.size(built("package", "client.d.ts")));
	}

	private static void run(Path directory, String... command) throws IOException, InterruptedException {
		int status = new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start().waitFor();
		if (status != 0) {
			throw new IllegalStateException(command[0] + " ended with " + status);
		}
	}

	private boolean isUpToDate() throws IOException {
		boolean upToDate = true;
		for (String each : List.of("served", "package")) {
			for (String file : List.of("client.js", "client.js.map")) {
				Path built = built(each, file);
				upToDate &= Files.exists(built) && Files.mismatch(fresh(each, file), built) < 0;
			}
		}
		return upToDate && isCompressed(Files.readAllBytes(fresh("served", "client.js")));
	}

	/**
	 * Whether the compressed files are there, and are these bytes.
	 */
	private boolean isCompressed(byte[] content) throws IOException {
		Brotli4jLoader.ensureAvailability();
		return isCompressed("client.js.gz", content, GZIPInputStream::new)
				&& isCompressed("client.js.br", content, BrotliInputStream::new);
	}

	private boolean isCompressed(String file, byte[] content, Decoder decoder) throws IOException {
		Path built = built("served", file);
		if (!Files.exists(built)) {
			return false;
		}
		try (InputStream decoded = decoder.decode(new ByteArrayInputStream(Files.readAllBytes(built)))) {
			return Arrays.equals(decoded.readAllBytes(), content);
		}
	}

	private static byte[] gzip(byte[] content) throws IOException {
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(result) {
			{
				this.def.setLevel(Deflater.BEST_COMPRESSION);
			}
		}) {
			gzip.write(content);
		}
		return result.toByteArray();
	}

	private static byte[] brotli(byte[] content) throws IOException {
		Brotli4jLoader.ensureAvailability();
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		try (OutputStream brotli = new BrotliOutputStream(result, new Encoder.Parameters().setQuality(11))) {
			brotli.write(content);
		}
		return result.toByteArray();
	}

	private Path fresh(String bundle, String file) {
		return this.work.resolve(bundle).resolve(file);
	}

	private Path built(String bundle, String file) {
		return this.module.resolve("src/main/client").resolve(bundle).resolve(file);
	}

	private interface Decoder {

		InputStream decode(InputStream encoded) throws IOException;

	}

}
