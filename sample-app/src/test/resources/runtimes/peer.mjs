/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

// Runs scripts with the browser client in a runtime that is no browser. Arguments: the client's file, where the
// application is, and "ws" where the runtime has no WebSocket. Each line on stdin is a script with its arguments,
// each line on stdout what became of one.

import { createHash } from "node:crypto";
import process from "node:process";
import readline from "node:readline";

const [client, address, library] = process.argv.slice(2);
const AsyncFunction = (async () => {}).constructor;

Object.assign(globalThis, await import(client));
globalThis.address = address;
globalThis.options = library ? { WebSocket: (await import(library)).default } : {};
globalThis.page = { events: [] };
globalThis.sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const answer = (id, result) => process.stdout.write(`${JSON.stringify({ id, ...result })}\n`);

readline.createInterface({ input: process.stdin }).on("line", (line) => {
	const { id, script, args } = JSON.parse(line);
	new AsyncFunction("args", script)(args).then(
		(value) => answer(id, { value: value ?? null }),
		(error) => answer(id, { error: `${error?.code ?? ""} ${error?.stack ?? error}` }),
	);
});
