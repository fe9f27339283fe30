/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * A small relay on the package ws: joins the socket of a client with one of a host that
 * waits, and reads no further from one while the other takes nothing. ws unmasks with
 * bufferutil where that is installed.
 */

'use strict';

const { createServer } = require('node:http');
const { WebSocketServer } = require('ws');

/** What may wait to be written before no more is read; more than after which a socket says that it is empty. */
const ENOUGH = 64 * 1024;

/** The sockets of hosts that wait, by name. */
const waiting = new Map();

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });

sockets.on('connection', (socket, request) => {
	const { pathname, searchParams } = new URL(request.url, 'http://localhost');
	const name = searchParams.get('name') ?? '';
	// a socket that breaks is closed next
	socket.on('error', () => {});
	if (pathname === '/host') {
		wait(name, socket);
	}
	else {
		connect(name, socket);
	}
});

function wait(name, host) {
	let hosts = waiting.get(name);
	if (hosts === undefined) {
		hosts = new Set();
		waiting.set(name, hosts);
	}
	hosts.add(host);
	host.on('close', () => remove(name, host));
}

function take(name) {
	const [host] = waiting.get(name) ?? [];
	if (host !== undefined) {
		remove(name, host);
	}
	return host;
}

function remove(name, host) {
	const hosts = waiting.get(name);
	hosts?.delete(host);
	if (hosts?.size === 0) {
		waiting.delete(name);
	}
}

function connect(name, client) {
	const host = take(name);
	if (host === undefined) {
		client.close(1013, 'nobody waits');
		return;
	}
	forward(client, host);
	forward(host, client);
}

function forward(from, to) {
	from.on('message', (data, binary) => {
		to.send(data, { binary });
		if (to.bufferedAmount > ENOUGH) {
			from.pause();
		}
	});
	// ws offers the raw socket in no other way
	to._socket.on('drain', () => from.resume());
	from.on('close', () => to.close());
}

server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => console.log(`ready ${server.address().port}`));
