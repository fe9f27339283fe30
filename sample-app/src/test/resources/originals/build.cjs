/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

// Makes a page with the original's clients for each version of mux-demux: what browserify did in 2012.
"use strict";

const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const NODE_OF_2012 = `
	export { Buffer } from "buffer";
	export const process = { env: {}, browser: true, nextTick: (task) => queueMicrotask(task) };
`;

const ENTRY = `
	const modules = {
		"browser-stream-server": require("stream-server"),
		"boot": require("boot"),
		"sockjs-client": require("sockjs-client"),
	};
	window.require = (name) => modules[name];
`;

const directory = __dirname;
const pages = path.join(directory, "pages", "originals");
fs.mkdirSync(pages, { recursive: true });
fs.writeFileSync(path.join(directory, "node-of-2012.js"), NODE_OF_2012);
fs.copyFileSync(path.join(directory, "helpers.js"), path.join(pages, "helpers.js"));

for (const version of process.argv.slice(2)) {
	esbuild.buildSync({
		stdin: { contents: ENTRY, resolveDir: directory },
		outfile: path.join(pages, `${version}.js`),
		bundle: true,
		format: "iife",
		platform: "browser",
		mainFields: ["browserify", "browser", "main"],
		define: { global: "window" },
		inject: [path.join(directory, "node-of-2012.js")],
		alias: {
			"mux-demux": `mux-demux-${version}`,
			"sockjs-client": "./node_modules/shoe-0.0.15/node_modules/sockjs-client",
			"stream": "stream-browserify",
			"util": "./util.js",
		},
		logLevel: "error",
	});
	fs.writeFileSync(
		path.join(pages, `${version}.html`),
		`<!doctype html>\n<title>mux-demux ${version}</title>\n` +
			`<script src="${version}.js"></script>\n<script src="helpers.js"></script>\n`,
	);
}
