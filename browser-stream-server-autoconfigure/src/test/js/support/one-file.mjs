// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// node --import ./support/one-file.mjs: whoever imports the client's module gets the one file that is served.

import { register } from "node:module";

const hooks = `
  export async function resolve(specifier, context, next) {
    const found = await next(specifier, context);
    return { ...found, url: found.url.replace("/src/main/js/client.js", "/src/main/client/served/client.js") };
  }
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
