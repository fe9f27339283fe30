// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** What an OPEN asks for, used as `OpenKind.LISTEN`. */
export const LISTEN = 1;
export const CONNECT = 2;
export const ROUTE = 3;
