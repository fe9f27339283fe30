/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

/**
 * The original itself, unchanged, as its own example starts it.
 */

'use strict';

const { createServer } = require('node:http');
const boot = require('boot');
const StreamServerProxy = require('stream-server');

const server = createServer();
boot.install(server, StreamServerProxy());

server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => console.log(`ready ${server.address().port}`));
