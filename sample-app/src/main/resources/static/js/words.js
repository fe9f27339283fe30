// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// Error codes in words, with what one can do.

/** @param {any} error @returns {string} its message as a sentence */
export function sentence(error) {
  const message = String(error?.message || error).trim();
  return message.charAt(0).toUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? "" : ".");
}

/** @param {any} error @param {string} name that was to be hosted */
export function ofHost(error, name) {
  if (error?.code === "NAME_TAKEN") return `“${name}” is taken: somebody else hosts it. Choose another name, or connect to it.`;
  return sentence(error);
}

/** @param {any} error @param {string} name that was to be connected to */
export function ofClient(error, name) {
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
    case "SHUTDOWN":
      return `Not complete: the connection to the application was lost.${nothing}`;
    case "REFUSED":
      return `Declined: ${sentence(error)}`;
    default:
      return sentence(error);
  }
}
