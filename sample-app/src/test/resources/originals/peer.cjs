/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

// Runs scripts with the original's clients in Node. Arguments: the version of mux-demux, and where the
// server is. Each line on stdin is a script with its arguments, each line on stdout what became of one.
"use strict";

const Stream = require("node:stream");
const readline = require("node:readline");
const WebSocket = require("ws");
require("./helpers.js");

const [version, origin] = process.argv.slice(2);
const MuxDemux = require(`mux-demux-${version}`);
const AsyncFunction = (async () => {}).constructor;

globalThis.WebSocket = WebSocket;
globalThis.origin = origin;
globalThis.StreamServer = globalThis.StreamClient = require("stream-server/browser.js");

/** As the package "mux-demux-shoe" does it, but over a plain WebSocket. */
globalThis.boot = (path = "/boot") => {
	const mdm = MuxDemux({ error: false });
	const socket = new WebSocket(`${origin}${path}/websocket`, { perMessageDeflate: false });
	const stream = new Stream();
	const waiting = [];
	stream.readable = stream.writable = true;
	stream.write = (text) => (socket.readyState === WebSocket.OPEN ? socket.send(text) : waiting.push(text));
	stream.end = stream.destroy = () => socket.close();
	socket.on("open", () => {
		for (const text of waiting.splice(0)) socket.send(text);
	});
	socket.on("message", (data) => stream.emit("data", data.toString()));
	socket.on("error", (error) => process.stderr.write(`${error.message}\n`));
	socket.on("close", () => stream.emit("end"));
	mdm.pipe(stream).pipe(mdm);
	mdm.socket = socket;
	return mdm;
};

const answer = (id, result) => process.stdout.write(`${JSON.stringify({ id, ...result })}\n`);

readline.createInterface({ input: process.stdin }).on("line", (line) => {
	const { id, script, args } = JSON.parse(line);
	const task = new AsyncFunction("args", script);
	inTime(() => task(args)).then(
		(value) => answer(id, { value: value ?? null }),
		(error) => answer(id, { error: String(error?.stack ?? error) }),
	);
});

process.stdin.on("end", () => process.exit());
process.on("uncaughtException", (error) => process.stderr.write(`uncaught: ${error.stack}\n`));
