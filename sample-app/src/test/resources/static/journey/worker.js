// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// What a worker does when a page tells it: hosts a name, and sends everything back, or talks to one. For a Worker and
// a SharedWorker alike.

import { boot, StreamClient, StreamServer } from "../browser-server/client.js";

const mdm = boot();

const deeds = {
  host: (name) => StreamServer(mdm, (stream) => stream.pipe(stream)).listen(name).ready,
  talk: (name) => new Promise((resolve, reject) => {
    const stream = StreamClient(mdm).connect(name);
    stream.on("data", resolve).on("error", reject);
    stream.write("hello from a worker");
  }),
};

const serve = (port) => {
  port.onmessage = async ({ data: { deed, name } }) => {
    const result = await deeds[deed](name).then((value) => ({ value }), (error) => ({ error: String(error) }));
    port.postMessage({ ...result, scope: globalThis.constructor.name });
  };
};

if ("onconnect" in globalThis) globalThis.onconnect = (event) => serve(event.ports[0]);
else serve(globalThis);
