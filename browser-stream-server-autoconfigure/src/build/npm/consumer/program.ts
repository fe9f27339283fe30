// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// What a program in TypeScript does with the package. It is checked and never run.

import {
  boot,
  type BootOptions,
  type BrowserStream,
  type ClientOptions,
  ErrorCode,
  type ErrorName,
  type Mdm,
  type Server,
  type ServerOptions,
  StreamClient,
  StreamError,
  StreamServer,
} from "browser-stream-server";

const options: BootOptions = { token: async () => "abc", shared: false, window: 1024 * 1024 };
const mdm: Mdm = boot("/browser-server", options);
boot();
boot({ maxStreams: 10 });
boot(new URL("https://example.org/browser-server"));
mdm.on("connect", () => {}).on("disconnect", (error) => show(error.code, error.status));

const serverOptions: ServerOptions = { allowHalfOpen: false };
const server: Server = StreamServer(mdm, serverOptions, (stream) => {
  stream.pipe(stream);
}).listen("echo", { signal: AbortSignal.timeout(1000) });
await server.ready;

const clientOptions: ClientOptions = { meta: { name: "a.txt" }, timeout: 1000 };
const stream: BrowserStream = new StreamClient(mdm).connect("echo", clientOptions);
stream.on("data", (value) => show(value)).once("close", () => {});
const more: boolean = stream.write(new Uint8Array(3));
for await (const value of stream) show(value);
await new Blob(["abc"]).stream().pipeTo(stream.writable);

async function scoped(): Promise<void> {
  await using inner = StreamClient(mdm).connect("echo");
  inner.write("text");
  await using other = StreamServer(mdm, () => {}).listen("other");
  show(other.listening);
}

const code: ErrorName = "NO_SUCH_SERVER";
const numberOfCode: 1 = ErrorCode[code];
stream.destroy(new StreamError("CANCELLED", "enough", { cause: more }));
mdm.createStream("/route").end(numberOfCode);
await scoped();

// @ts-expect-error a code that there is not
new StreamError("NO_SUCH_CODE");
// @ts-expect-error an event that there is not
stream.on("no such event", () => {});
// @ts-expect-error an option of the wrong kind
boot({ window: "large" });
// @ts-expect-error the classes are made by boot(), StreamServer and StreamClient
new (mdm.constructor as typeof Mdm)();

function show(...values: unknown[]): void {
  console.log(...values);
}
