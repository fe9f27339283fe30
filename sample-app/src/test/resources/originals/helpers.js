/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

// What scripts can use, in a page and in Node alike, beside the original's clients.
"use strict";

/** What a script leaves for later ones. */
globalThis.page = {};

/** Waits for a task, but not for ever. */
globalThis.inTime = (task, ms = 30000) =>
	Promise.race([
		task(),
		new Promise((_, reject) => setTimeout(() => reject(new Error(`waited ${ms} ms in vain`)), ms)),
	]);

globalThis.say = (error) => [error.code, error.message, error.details].filter((part) => part !== undefined).join(" / ");

/** Resolves with all that happened to a stream until the last event, and what happens after it is added. */
globalThis.record = (stream, last = "end") => {
	const events = [];
	return new Promise((resolve) => {
		for (const event of ["data", "error", "end"]) {
			stream.on(event, (value) => {
				events.push(event === "error" ? say(value) : event);
				if (event === last) resolve(events);
			});
		}
	});
};

/** Resolves with the next event of a kind, unless the end or an error comes before it. */
globalThis.first = (emitter, event) =>
	new Promise((resolve, reject) => {
		const listeners = {
			error: (error) => settle(() => reject(new Error(say(error)))),
			end: () => settle(() => reject(new Error(`ended before "${event}"`))),
			[event]: (value) => settle(() => resolve(value)),
		};
		const settle = (then) => {
			for (const [name, listener] of Object.entries(listeners)) emitter.removeListener(name, listener);
			then();
		};
		for (const [name, listener] of Object.entries(listeners)) emitter.on(name, listener);
	});

/** Resolves with the next messages of a stream. */
globalThis.take = (stream, count) =>
	new Promise((resolve, reject) => {
		const got = [];
		const listener = (value) => {
			if (got.push(value) < count) return;
			// what comes in the same moment is for others
			stream.removeListener("data", listener);
			resolve(got);
		};
		stream.on("data", listener);
		stream.once("error", (error) => reject(new Error(`${say(error)} after ${got.length} messages`)));
		stream.once("end", () => reject(new Error(`the end after ${got.length} messages`)));
	});

globalThis.pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

globalThis.percentile = (values, part) =>
	[...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)];

/** Asks an echo, one question after the other, and tells how long each answer took. */
globalThis.trips = async (stream, go) => {
	const trips = [];
	for (let i = 0; go(i); i++) {
		const start = performance.now();
		const answer = first(stream, "data");
		stream.write(i);
		if ((await answer) !== i) throw new Error("not the answer to what was asked");
		trips.push(performance.now() - start);
	}
	return trips;
};

globalThis.summary = (trips) => ({
	count: trips.length,
	p50: percentile(trips, 0.5),
	p99: percentile(trips, 0.99),
	max: Math.max(...trips),
});

/** As "trips", in a few numbers. */
globalThis.ping = async (stream, go) => summary(await trips(stream, go));
