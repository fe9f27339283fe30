/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * A relay on Socket.IO as most people write it: a host is a room, everybody is a room of
 * their own, and what is sent to a room is forwarded with the sender's id.
 */

'use strict';

const { createServer } = require('node:http');
const { Server } = require('socket.io');

const server = createServer();
const io = new Server(server, { transports: ['websocket'], serveClient: false });

io.on('connection', (socket) => {
	socket.on('host', (name, done) => {
		socket.join(name);
		done();
	});
	socket.on('send', (room, ...message) => socket.to(room).emit('message', socket.id, ...message));
});

server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => console.log(`ready ${server.address().port}`));
