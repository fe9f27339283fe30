/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * Bars that show how the peers compare with this project, on a logarithmic scale: to the
 * right costs more than ours, to the left less.
 */
final class Picture {

	private static final int ROW = 18;

	private static final int HEAD = 30;

	private static final int NAMES = 130;

	private static final int WIDTH = 720;

	/** How far the scale goes on either side of 1. */
	private static final double LEAST = 0.1;

	private static final double MOST = 100;

	private static final String STYLE = """
			<style>
			text { font: 12px sans-serif; fill: #24292f }
			.title { font-weight: bold }
			.more { fill: #0969da }
			.less { fill: #bc4c00 }
			.ours { stroke: #24292f }
			@media (prefers-color-scheme: dark) {
			text { fill: #e6edf3 }
			.more { fill: #58a6ff }
			.less { fill: #f0883e }
			.ours { stroke: #e6edf3 }
			}
			</style>
			""";

	private final StringBuilder svg = new StringBuilder();

	private final Samples samples;

	private int y = HEAD;

	private Picture(Samples samples) {
		this.samples = samples;
	}

	static String of(Samples samples) {
		Picture picture = new Picture(samples);
		picture.text("title", 8, 16,
				"Cost in relation to this project (the line): to the right more, to the left less");
		Column.PICTURE.forEach(picture::group);
		int height = picture.y + ROW;
		return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + height
				+ "\" viewBox=\"0 0 " + WIDTH + " " + height + "\">\n" + STYLE + picture.svg + "</svg>\n";
	}

	private void group(Column column) {
		Spread ours = column.of(this.samples, Goals.OURS);
		List<String> peers = this.samples.peers()
			.stream()
			.filter((peer) -> !peer.equals(Goals.OURS) && column.of(this.samples, peer) != null)
			.toList();
		if (ours == null || peers.isEmpty()) {
			return;
		}
		this.y += ROW;
		text("title", 8, this.y, column.title() + ": " + Numbers.show(ours.median()));
		int top = this.y + 4;
		for (String peer : peers) {
			Spread theirs = column.of(this.samples, peer);
			if (theirs != null) {
				row(peer, theirs.median() / ours.median());
			}
		}
		line(x(1), top, this.y + 4);
		this.y += ROW / 2;
	}

	private void row(String peer, double ratio) {
		this.y += ROW;
		text("name", 8, this.y, peer);
		double from = Math.min(x(1), x(ratio));
		double to = Math.max(x(1), x(ratio));
		this.svg.append(
				String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
						(ratio >= 1) ? "more" : "less", from, this.y - 11, Math.max(1, to - from), ROW - 5));
		text("name", to + 5, this.y, Numbers.show(ratio) + " ×");
	}

	private static double x(double ratio) {
		double share = Math.log(Math.min(MOST, Math.max(LEAST, ratio)) / LEAST) / Math.log(MOST / LEAST);
		return NAMES + share * (WIDTH - NAMES - 80);
	}

	private void text(String kind, double x, double y, String text) {
		this.svg.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", kind, x, y,
				text.replace("&", "&amp;").replace("<", "&lt;")));
	}

	private void line(double x, int from, int to) {
		this.svg.append(String.format(Locale.ROOT,
				"<line class=\"ours\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n", x, from, x, to));
	}

}
