// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import { boot } from "/browser-server/client.js";

/** Bytes that a page lets wait in a raw socket, which does not say when it is empty. */
const HIGH = 1024 * 1024;

/**
 * One transfer. The connection is there before the clock starts.
 * @param {"raw" | "stream"} way
 * @param {string} origin ws:
 * @param {{ up: boolean, size: number, count: number }} transfer
 * @returns {Promise<number>} milliseconds
 */
export async function measure(way, origin, { up, size, count }) {
  const path = `/${up ? "up" : "down"}/${size}/${count}`;
  return way === "raw" ? measureRaw(`${origin}/raw${path}`, up, size, count) : measureStream(origin, `/transfer${path}`, up, size, count);
}

async function measureRaw(uri, up, size, count) {
  const socket = new WebSocket(uri);
  socket.binaryType = "arraybuffer";
  const all = new Promise((resolve, reject) => {
    let left = up ? 1 : size * count;
    socket.onmessage = ({ data }) => {
      left -= up ? 1 : data.byteLength;
      if (left === 0) resolve();
    };
    socket.onclose = () => reject(new Error("the socket was closed"));
  });
  await new Promise((resolve) => (socket.onopen = resolve));
  const start = performance.now();
  if (up) await sendRaw(socket, new Uint8Array(size), count);
  await all;
  const took = performance.now() - start;
  socket.onclose = undefined;
  socket.close();
  return took;
}

/** As a page would, that does not want to have everything in memory. */
async function sendRaw(socket, bytes, count) {
  for (let sent = 0; sent < count; sent++) {
    socket.send(bytes);
    while (socket.bufferedAmount > HIGH) await nextTask();
  }
}

const channel = new MessageChannel();
/** Without the pause that timers make. */
const nextTask = () =>
  new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(undefined);
  });

async function measureStream(origin, path, up, size, count) {
  const mdm = boot(`${origin}/browser-server`, { shared: false });
  await new Promise((resolve) => mdm.once("connect", resolve));
  const start = performance.now();
  const stream = mdm.createStream(path);
  const all = new Promise((resolve, reject) => {
    let left = up ? 1 : size * count;
    stream.on("data", (data) => {
      left -= up ? 1 : data.length;
      if (left === 0) resolve();
    });
    stream.on("error", reject);
  });
  if (up) await sendStream(stream, new Uint8Array(size), count);
  await all;
  const took = performance.now() - start;
  mdm.close();
  return took;
}

async function sendStream(stream, bytes, count) {
  for (let sent = 0; sent < count; sent++) {
    if (!stream.write(bytes)) await new Promise((resolve) => stream.once("drain", resolve));
  }
}
