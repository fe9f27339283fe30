// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import * as modules from "../../main/js/client.js";
import * as packaged from "../../main/client/package/client.js";
import * as served from "../../main/client/served/client.js";
import { FakeClock } from "./support/clock.js";
import { FakeSocket } from "./support/relay.js";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");

/** The names that the bundler shortens. */
const internalNames = read("../../build/internal-names.txt")
  .replace(/^#.*/gm, "")
  .match(/\S+/g);

/** The properties that the platform's objects have, as far as Node has them too, and those of a browser's events and sockets. */
function platformNames() {
  const names = new Set("persisted code reason wasClean bufferedAmount readyState binaryType protocol redirected visibilityState hidden".split(" "));
  for (const global of Object.getOwnPropertyNames(globalThis)) {
    const value = globalThis[global];
    for (const object of [value, value?.prototype])
      if (Object(object) === object) for (const name of Object.getOwnPropertyNames(object)) names.add(name);
  }
  return names;
}

/** Where `boot()` connects to on a page. */
function addressOn(page, { boot }) {
  Object.defineProperty(globalThis, "document", { value: { baseURI: page }, configurable: true });
  try {
    const mdm = boot({ WebSocket: FakeSocket, clock: new FakeClock(), shared: false });
    mdm.close();
    return mdm.uri;
  } finally {
    delete globalThis.document;
  }
}

describe("the npm package and the WebJar", () => {
  it("have what the modules have", () => {
    assert.deepEqual(Object.keys(packaged), Object.keys(modules));
    assert.deepEqual(Object.keys(served), Object.keys(modules));
  });

  it("connect to the default prefix on the page's origin, wherever their own code is", () => {
    assert.equal(addressOn("https://site/some/page?a#b", packaged), "wss://site/browser-server");
    assert.equal(addressOn("http://site:8080/", packaged), "ws://site:8080/browser-server");
  });

  it("ask for an address where there is no page", () => {
    assert.throws(() => packaged.boot({ WebSocket: FakeSocket }), { name: "TypeError", message: /outside a page it must be a whole one/ });
  });

  it("do not look where their own code is, as it may be in any file", () => {
    assert.ok(!read("../../main/client/package/client.js").includes("import.meta"));
  });
});

describe("the served file and the modules beside it", () => {
  it("connect to the directory that they were served from", () => {
    // Here that is a directory of files, which boot() names as it refuses it.
    const address = (path) => String(new URL(path, import.meta.url)).replace(/\/$/, "");
    assert.throws(() => addressOn("https://site/", served), { message: new RegExp(`${address("../../main/client/served")} is none`) });
    assert.throws(() => addressOn("https://site/", modules), { message: new RegExp(`${address("../../main")} is none`) });
  });
});

describe("the names that the bundler shortens", () => {
  it("are none that users see", () => {
    const declarations = read("../../main/client/package/client.d.ts").replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
    const visible = new Set(declarations.match(/[\w$]+/g));
    assert.ok(visible.has("maxMessageSize"));
    assert.deepEqual(
      internalNames.filter((name) => visible.has(name)),
      [],
    );
  });

  it("are none that the platform has", () => {
    const platform = platformNames();
    assert.ok(platform.has("byteLength") && platform.has("addEventListener") && platform.has("getReader"));
    assert.deepEqual(
      internalNames.filter((name) => platform.has(name)),
      [],
    );
  });
});
