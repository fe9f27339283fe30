// What a page does first: it asks the application's own echo, and writes down what it is told.
import { boot, StreamClient } from "/browser-server/client.js";

let tries = 0;
class CountedSocket extends WebSocket {
  constructor(uri, protocols) {
    tries++;
    super(uri, protocols);
  }
}

const told = [];
const received = [];
const tell = () => {
  globalThis.visit = { told, received, tries };
};
const mdm = boot({ WebSocket: CountedSocket });
mdm.on("disconnect", ({ code, status, message }) => {
  told.push({ code, status, message });
  tell();
});
const stream = StreamClient(mdm).connect("echo");
stream.on("data", (data) => {
  received.push(data);
  tell();
});
stream.write("hello");
setInterval(tell, 200);
