/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.text.UnicodeSet.EntryRange;

/**
 * Prints the table that tells where joiners, variation selectors and tags can be seen. See
 * README.md beside this file.
 */
class MakeJoinerTable {

	private static final String SKIN_TONES = "[\\x{1f3fb}-\\x{1f3ff}]";

	private static final String ANY_SKIN_TONE = Character.toString(0x1f3fb);

	public static void main(String[] arguments) throws IOException {
		Path variations = Path.of(arguments[0]);
		String version = UCharacter.getUnicodeVersion().toString().replaceFirst("\\.0$", "");
		if (!version.startsWith(version(variations))) {
			throw new IllegalArgumentException(variations + " is not of Unicode " + version);
		}
		System.out.println("# Where joiners, variation selectors and tags can be seen, by Unicode " + version + ".");
		System.out.println("# Code points and ranges in hexadecimal. Made by config/unicode/MakeJoinerTable.java.");
		section("virama", "Canonical_Combining_Class=Virama", set("[:ccc=9:]"));
		section("joins-to-next", "Joining_Type=Left_Joining or Dual_Joining", set("[[:jt=L:][:jt=D:]]"));
		section("joins-to-previous", "Joining_Type=Right_Joining or Dual_Joining", set("[[:jt=R:][:jt=D:]]"));
		section("transparent", "Joining_Type=Transparent", set("[:jt=T:]"));
		section("variation-base", "what emoji-variation-sequences.txt lists before FE0E and FE0F; digits, # and * apart",
				bases(variations).removeAll(set("[0-9#*]")));
		title("sequence", "RGI_Emoji_ZWJ_Sequence and RGI_Emoji_Tag_Sequence; 1f3fb stands for any skin tone");
		sequences().forEach(System.out::println);
	}

	private static UnicodeSet set(String pattern) {
		return new UnicodeSet(pattern);
	}

	private static String version(Path file) throws IOException {
		String mark = "# Version: ";
		return Files.readAllLines(file)
			.stream()
			.filter((line) -> line.startsWith(mark))
			.map((line) -> line.substring(mark.length()))
			.findFirst()
			.orElseThrow();
	}

	private static UnicodeSet bases(Path file) throws IOException {
		UnicodeSet bases = new UnicodeSet();
		Files.readAllLines(file)
			.stream()
			.filter((line) -> line.matches("[0-9A-F]+ FE0F *;.*"))
			.forEach((line) -> bases.add(Integer.parseInt(line.substring(0, line.indexOf(' ')), 16)));
		return bases;
	}

	private static TreeSet<String> sequences() {
		TreeSet<String> sequences = new TreeSet<>();
		for (String sequence : set("[[:RGI_Emoji_ZWJ_Sequence:][:RGI_Emoji_Tag_Sequence:]]").strings()) {
			sequences.add(sequence.replaceAll(SKIN_TONES, ANY_SKIN_TONE)
				.codePoints()
				.mapToObj(Integer::toHexString)
				.collect(Collectors.joining("-")));
		}
		return sequences;
	}

	private static void section(String name, String comment, UnicodeSet set) {
		title(name, comment);
		System.out.println(StreamSupport.stream(set.ranges().spliterator(), false)
			.map(MakeJoinerTable::text)
			.collect(Collectors.joining(" "))
			.replaceAll("(.{90,}?) ", "$1\n"));
	}

	private static void title(String name, String comment) {
		System.out.println();
		System.out.println("# " + comment);
		System.out.println("[" + name + "]");
	}

	private static String text(EntryRange range) {
		String first = Integer.toHexString(range.codepoint);
		return (range.codepoint == range.codepointEnd) ? first : first + ".." + Integer.toHexString(range.codepointEnd);
	}

}
