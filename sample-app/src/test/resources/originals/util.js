/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

// As much of Node's "util" as the original's clients need in a page.
"use strict";

exports.inherits = require("inherits");

exports.inspect = (value) => JSON.stringify(value);
