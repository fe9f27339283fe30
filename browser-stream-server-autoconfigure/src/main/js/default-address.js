// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/**
 * The prefix, relative to this file. The bundler sets another value: "." for `{prefix}/client.js`, and "" for the npm package and the
 * WebJar, whose own place says nothing about the application.
 * @type {string}
 */
const PREFIX = /** @type {any} */ (globalThis).BROWSER_STREAM_SERVER_PREFIX ?? "..";

/**
 * The address that `boot` uses when it gets none. The application serves this file under the prefix that it listens on. The npm package
 * uses the default prefix.
 * @returns {string}
 */
export function defaultAddress() {
  if (PREFIX === "") return "/browser-server";
  const address = new URL(PREFIX, import.meta.url);
  address.pathname = address.pathname.replace(/(.)\/$/, "$1");
  return address.href;
}
