// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// Error codes in words, with what one can do.

const NO_NAME = "Type a name first.";

/** @param {any} error @returns {string} its message as a sentence */
export function sentence(error) {
  const message = String(error?.message || error).trim();
  return message.charAt(0).toUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? "" : ".");
}

/**
 * What the other side said; the client puts it into brackets behind its own words.
 * @param {any} error
 */
function reason(error) {
  return sentence(/ \((.+)\)$/s.exec(error?.message)?.[1] ?? error);
}

/** @param {any} error @returns {string} why there is no connection to the application */
export function ofApplication(error) {
  const status = error?.status ? ` (${error.status})` : "";
  switch (error?.code) {
    case "REFUSED":
      return `The application refuses this window${status}: log in, or ask whoever runs it`;
    case "NO_SUCH_ROUTE":
    case "PROTOCOL_ERROR":
      return `Something else answers in place of the application${status}, trying again`;
    case "LIMIT":
      return "The application takes no more connections now, trying again";
    default:
      return "Waiting for the application, trying again";
  }
}

/** @param {any} error @param {string} name that was to be hosted */
export function ofHost(error, name) {
  if (name === "") return NO_NAME;
  if (error?.code === "NAME_TAKEN") return `“${name}” is taken: somebody else hosts it. Choose another name, or connect to it.`;
  return sentence(error);
}

/** @param {any} error @param {string} name that was to be connected to */
export function ofClient(error, name) {
  if (name === "") return NO_NAME;
  switch (error?.code) {
    case "NO_SUCH_SERVER":
      return `Nobody hosts “${name}”. Choose a name that is live, or host it here.`;
    case "HOST_GONE":
      return `The host of “${name}” is gone.`;
    case "CONNECTION_LOST":
      return "The connection to the application was lost.";
    case "TIMEOUT":
      return `The host of “${name}” does not answer.`;
    default:
      return sentence(error);
  }
}

/** @param {any} error @param {{ peer: string, direction: string }} file */
export function ofFile(error, { peer, direction }) {
  const nothing = direction === "received" ? " Nothing of the file was kept." : "";
  switch (error?.code) {
    case "HOST_GONE":
    case "CLIENT_GONE":
      return `Not complete: ${peer} is gone.${nothing}`;
    case "NO_SUCH_SERVER":
      return `Not sent: nobody hosts “${peer}” now.`;
    case "CONNECTION_LOST":
      return `Not complete: the connection to the application was lost.${nothing}`;
    case "SHUTDOWN":
      return `Not complete: the application was stopped.${nothing}`;
    case "REFUSED":
      return `Declined: ${reason(error)}`;
    default:
      return reason(error) + nothing;
  }
}
