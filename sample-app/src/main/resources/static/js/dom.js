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
 * Shows one of two buttons that stand in the same place, and keeps the focus there.
 * @param {HTMLElement} shown
 * @param {HTMLElement} hidden
 */
export function swap(shown, hidden) {
  const focused = document.activeElement === hidden;
  shown.hidden = false;
  hidden.hidden = true;
  if (focused) shown.focus();
}

/**
 * Shows an error where it belongs, or the hint that stands there otherwise.
 * @param {HTMLElement} element has the hint in data-hint
 * @param {any} [error]
 */
export function setError(element, error) {
  element.dataset.hint ??= element.textContent ?? "";
  element.classList.toggle("error", error !== undefined);
  if (error === undefined) element.replaceChildren(element.dataset.hint);
  else element.replaceChildren(...words(error));
}

/** @param {any} error @returns {(Node | string)[]} its code, and its message as a sentence */
export function words(error) {
  const message = String(error?.message ?? error);
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return error?.code ? [el("code", {}, error.code), ` ${sentence}.`] : [`${sentence}.`];
}

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** @param {number} bytes */
export function size(bytes) {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** power;
  return `${number.toFixed(power === 0 || number >= 100 ? 0 : 1)} ${UNITS[power]}`;
}
