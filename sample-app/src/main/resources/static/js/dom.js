// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/**
 * Makes an element. What others sent only ever becomes text or an attribute's value, never markup.
 * @param {string} tag
 * @param {Record<string, any>} [attributes] class, data-testid, ...; a function is a listener, undefined and false are left out
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/**
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {any}
 */
export function find(selector, within = document) {
  return within.querySelector(selector);
}

/**
 * Sets a text only when it is another one, so that nothing is announced twice.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Shows an error at its field, or takes it away.
 * @param {HTMLElement} line which has room for it already
 * @param {HTMLElement} field
 * @param {string} [text]
 */
export function setFieldError(line, field, text = "") {
  setText(line, text);
  field.setAttribute("aria-invalid", String(text !== ""));
}

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** @param {number} bytes */
export function size(bytes) {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** power;
  return `${number.toFixed(power === 0 || number >= 100 ? 0 : 1)} ${UNITS[power]}`;
}

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.ceil((seconds % 3600) / 60)} min`;
}

/** @param {number} count @param {string} noun */
export function count(count, noun) {
  return `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
}
