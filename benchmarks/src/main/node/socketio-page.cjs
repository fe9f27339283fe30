// A server of socket.io with its usual settings, and a page that connects with socket.io-client's own bundle. Prints its port.
const http = require("node:http");
const { Server } = require("socket.io");

const PAGE = `<!doctype html>
<meta charset="utf-8">
<title>connect</title>
<link rel="icon" href="data:,">
<script type="module">
  import { io } from "/socket.io/socket.io.esm.min.js";
  io().on("connect", () => {
    globalThis.connected = performance.now();
    globalThis.onconnected?.(connected);
  });
</script>
`;

const server = http.createServer((_request, response) => {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
  response.end(PAGE);
});
new Server(server);
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
