/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks from outside at what the relay's process costs, its children included.
 */
final class RelayProbe {

	/** Linux counts CPU time for user space in hundredths of a second. */
	private static final double MICROS_PER_TICK = 10_000;

	private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

	/** The last line: how many objects there are, and their bytes. */
	private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

	private final long pid;

	private final boolean jvm;

	RelayProbe(long pid, boolean jvm) {
		this.pid = pid;
		this.jvm = jvm;
	}

	/**
	 * Returns what the relay has used so far.
	 * @return CPU time in microseconds, of all its threads and children
	 * @throws IOException if it is gone
	 */
	double cpuMicros() throws IOException {
		double sum = 0;
		for (long pid : tree()) {
			sum += cpuMicros(pid);
		}
		return sum;
	}

	private List<Long> tree() {
		Stream<Long> children = ProcessHandle.of(this.pid)
			.map((process) -> process.descendants().map(ProcessHandle::pid))
			.orElse(Stream.empty());
		return Stream.concat(Stream.of(this.pid), children).toList();
	}

	private static double cpuMicros(long pid) throws IOException {
		String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
	}

	/**
	 * Returns what this process has used so far.
	 * @return CPU time in microseconds
	 * @throws IOException if there is no /proc
	 */
	static double ownCpuMicros() throws IOException {
		return cpuMicros(ProcessHandle.current().pid());
	}

	/**
	 * Returns what the relay holds: resident memory, and for a JVM, whose heap is
	 * resident from the start, what lives in the heap after a collection.
	 * @return the memory in KiB
	 * @throws IOException if the relay is gone
	 */
	Memory memory() throws IOException {
		double heap = this.jvm ? liveHeap() : 0;
		double rss = 0;
		for (long pid : tree()) {
			Matcher matcher = RSS.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
			rss += matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
		}
		return new Memory(rss, heap);
	}

	/** A collector says what it uses in whole regions; the histogram counts objects. */
	private double liveHeap() throws IOException {
		String histogram = jcmd("GC.class_histogram");
		Matcher matcher = LIVE.matcher(histogram);
		if (!matcher.find()) {
			throw new IOException("no total in the histogram of the heap: " + histogram);
		}
		return Long.parseLong(matcher.group(1)) / 1024.0;
	}

	private String jcmd(String command) throws IOException {
		Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
		Process process = new ProcessBuilder(jcmd.toString(), Long.toString(this.pid), command)
			.redirectErrorStream(true)
			.start();
		try {
			String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException("jcmd " + command + ": " + answer);
			}
			return answer;
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * Memory of a relay in KiB.
	 *
	 * @param rss what is resident
	 * @param heap what lives in a JVM's heap
	 */
	record Memory(double rss, double heap) {

		double since(Memory before) {
			return this.rss - before.rss + this.heap - before.heap;
		}

	}

}
