// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// node compatibility.mjs <endpoint> <host's client> <visitor's client>: two clients, which may be of different ages, talk through an application.

import assert from "node:assert/strict";
import { once } from "node:events";
import { pathToFileURL } from "node:url";

/** Another one than that of a run before, whose names may not be free yet. */
const name = (text) => `${text}-${process.pid}`;

const [endpoint, hostFile, visitorFile] = process.argv.slice(2);
const host = await import(pathToFileURL(hostFile));
const visitor = await import(pathToFileURL(visitorFile));

const MIB = 1024 * 1024;
const hosting = host.boot(endpoint, { shared: false });
const visiting = visitor.boot(endpoint, { shared: false });

async function echoesValuesOfEveryKind() {
  const stream = visitor.StreamClient(visiting).connect(name("echo"), { meta: { page: 1 } });
  const values = ["Grüße", { a: [1, null] }, Uint8Array.of(1, 2), "", 0, false, new Uint8Array(0)];
  for (const value of values) stream.write(value);
  stream.end();
  const heard = [];
  for await (const value of stream) heard.push(value);
  assert.deepEqual(heard, values);
}

async function carriesAFileOf(size) {
  const bytes = Uint8Array.from({ length: size }, (_, index) => index % 251);
  const stream = visitor.StreamClient(visiting).connect(name("echo"));
  stream.end(new Blob([bytes]));
  const [[heard]] = await Promise.all([once(stream, "data"), once(stream, "close")]);
  assert.equal(Buffer.compare(heard, bytes), 0);
}

async function carriesManyMessages() {
  const stream = visitor.StreamClient(visiting).connect(name("echo"));
  const [count, message] = [2000, new Uint8Array(1024)];
  for (let sent = 0; sent < count; sent++) stream.write(message);
  stream.end();
  let heard = 0;
  for await (const value of stream) heard += value.length;
  assert.equal(heard, count * message.length);
}

async function tellsErrors(server) {
  const nobody = visitor.StreamClient(visiting).connect(name("nobody"));
  assert.equal((await once(nobody, "error"))[0].code, "NO_SUCH_SERVER");
  const second = visitor
    .StreamServer(visiting, () => {})
    .listen(name("echo"))
    .on("error", () => {});
  await assert.rejects(second.ready, { code: "NAME_TAKEN" });
  const stream = visitor.StreamClient(visiting).connect(name("silent"));
  await once(stream, "open");
  hosting.close();
  assert.equal((await once(stream, "error"))[0].code, "HOST_GONE");
  assert.equal(server.listening, false);
}

const server = host.StreamServer(hosting, (stream) => stream.pipe(stream)).listen(name("echo"));
await server.ready;
await host.StreamServer(hosting, () => {}).listen(name("silent")).ready;
await echoesValuesOfEveryKind();
await carriesAFileOf(3 * MIB);
await carriesManyMessages();
await tellsErrors(server);
visiting.close();
console.log("compatible");
