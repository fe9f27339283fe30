// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** @import { StreamError } from "./errors.js" */

/**
 * Is told what happens to a stream. `closed` comes last, once, and not after the owner's own `reset`.
 * @typedef {object} WireStreamOwner
 * @property {() => void} accepted
 * @property {(value: any, cost: number) => void} message the cost is to be given to `release` when the page took the message
 * @property {() => boolean} wantsMore whether it would take the next message at once
 * @property {() => void} ended the other side sends no more
 * @property {() => void} sent less is buffered than before
 * @property {() => void} finished everything is sent, the end as well
 * @property {(error: StreamError | undefined) => void} closed
 */

/** Where nobody cares. @type {WireStreamOwner} */
export const NOBODY = {
  accepted() {},
  message() {},
  wantsMore: () => false,
  ended() {},
  sent() {},
  finished() {},
  closed() {},
};
