// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// Makes one file of declarations from the JSDoc types of the modules: node declarations.mjs <modules> <file>

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const HEADER = `// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// For Symbol.asyncDispose, whatever "lib" the program has.
/// <reference lib="esnext.disposable" />

`;

const [modules, file] = process.argv.slice(2).map((path) => resolve(path));
const here = dirname(fileURLToPath(import.meta.url));
const types = join(here, "types");

rmSync(types, { recursive: true, force: true });
const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
execFileSync(process.execPath, [join(typescript, "bin/tsc"), "-p", modules, "--outDir", types], { stdio: "inherit" });

// These constructors are ours: their parameters would bring all of the inside along.
for (const name of readdirSync(types)) {
  const path = join(types, name);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(/\/\*\*\s*\* Made by [^]*?\*\/\s*constructor\([^]*?\);/g, "private constructor();"));
}

const bundle = await rollup({ input: join(types, "client.d.ts"), plugins: [dts()] });
const { output } = await bundle.generate({ format: "es" });
await bundle.close();
// The types stand in the code; JSDoc repeats those of typedefs and parameters.
const code = output[0].code
  .replace(/^\/\*\* @(?:import|typedef) .*\*\/\n/gm, "")
  .replace(/^\/\*\*\n(?: \*.*\n)*? \* @typedef (?:.*\n)*? \*\/\n/gm, "")
  .replace(/^(?:\/\*\*.*\*\/\n)?declare const asyncDispose: .*\n\n?/m, "")
  .replaceAll("[asyncDispose]", "[Symbol.asyncDispose]");
writeFileSync(file, HEADER + code);
