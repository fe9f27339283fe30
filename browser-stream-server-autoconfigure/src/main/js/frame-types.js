// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** Frame types (docs/protocol.md, section 3), used as `Type.DATA`. Single constants, and no object: the bundler puts their values in their place. */
export const HELLO = 0x01;
export const PING = 0x02;
export const OPEN = 0x03;
export const ACCEPT = 0x04;
export const DATA = 0x05;
export const CREDIT = 0x06;
export const END = 0x07;
export const RESET = 0x08;
export const GOAWAY = 0x81;
