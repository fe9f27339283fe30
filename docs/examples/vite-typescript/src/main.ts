import { boot, StreamClient, StreamError, StreamServer, type BrowserStream } from "browser-stream-server";

const form = document.querySelector("form")!;
const output = document.querySelector("output")!;

// One address for all: "/browser-server" on the page's own origin.
const mdm = boot();
mdm.on("disconnect", (error) => show(`not connected: ${error.message}`));

// The first tab hosts, every further one connects to it.
const server = StreamServer(mdm, (stream) => talk(stream)).listen("vite-example");
server.ready.catch((error: unknown) => {
  if (error instanceof StreamError && error.code === "NAME_TAKEN") talk(StreamClient(mdm).connect("vite-example"));
  else show(String(error));
});

function talk(stream: BrowserStream): void {
  stream.on("data", (text) => show(`them: ${text}`));
  stream.on("error", (error) => show(error.message));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = new FormData(form).get("text");
    if (!stream.destroyed) stream.write(text);
    form.reset();
  });
}

function show(line: string): void {
  output.append(line, document.createElement("br"));
}
