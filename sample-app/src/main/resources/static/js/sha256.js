// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const K = new Int32Array(64);
/** The same of the square roots of the first 8 primes. */
const START = new Int32Array(8);

for (let candidate = 2, found = 0; found < 64; candidate++) {
  if (!isPrime(candidate)) continue;
  if (found < 8) START[found] = fraction(candidate ** (1 / 2));
  K[found++] = fraction(candidate ** (1 / 3));
}

/** @param {number} number */
function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}

/** @param {number} root */
function fraction(root) {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

/** SHA-256 (FIPS 180-4), piece by piece: what crypto.subtle.digest only does for a whole that is in memory. */
export class Sha256 {
  #state = START.slice();
  #schedule = new Int32Array(64);
  /** Bytes that do not fill a block yet. */
  #rest = new Uint8Array(64);
  #restLength = 0;
  #length = 0;

  /**
   * @param {Uint8Array} bytes
   * @returns {this}
   */
  update(bytes) {
    this.#length += bytes.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = Math.min(64 - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < 64) return this;
      compress(this.#state, this.#schedule, this.#rest, 0, 64);
    }
    const whole = at + ((bytes.length - at) & ~63);
    compress(this.#state, this.#schedule, bytes, at, whole);
    this.#rest.set(bytes.subarray(whole));
    this.#restLength = bytes.length - whole;
    return this;
  }

  /** Ends it. @returns {string} in hexadecimal */
  digest() {
    const bits = this.#length * 8;
    const padding = new Uint8Array(((this.#restLength < 56 ? 64 : 128) - this.#restLength));
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(padding.length - 4, bits % 2 ** 32);
    this.update(padding);
    return Array.from(this.#state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

/**
 * The hot loop: eight rounds at a time, so that the eight words need not be moved on after each.
 * @param {Int32Array} state
 * @param {Int32Array} w
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {number} to a whole number of blocks behind it
 */
function compress(state, w, bytes, from, to) {
  for (let at = from; at < to; at += 64) {
    for (let i = 0, p = at; i < 16; i++, p += 4) w[i] = (bytes[p] << 24) | (bytes[p + 1] << 16) | (bytes[p + 2] << 8) | bytes[p + 3];
    for (let i = 16; i < 64; i++) w[i] = (w[i - 16] + spreadLow(w[i - 15]) + w[i - 7] + spreadHigh(w[i - 2])) | 0;
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    let t = 0;
    for (let i = 0; i < 64; i += 8) {
      t = (h + mixE(e) + (g ^ (e & (f ^ g))) + K[i] + w[i]) | 0;
      d = (d + t) | 0;
      h = (t + mixA(a) + ((a & b) ^ (c & (a ^ b)))) | 0;
      t = (g + mixE(d) + (f ^ (d & (e ^ f))) + K[i + 1] + w[i + 1]) | 0;
      c = (c + t) | 0;
      g = (t + mixA(h) + ((h & a) ^ (b & (h ^ a)))) | 0;
      t = (f + mixE(c) + (e ^ (c & (d ^ e))) + K[i + 2] + w[i + 2]) | 0;
      b = (b + t) | 0;
      f = (t + mixA(g) + ((g & h) ^ (a & (g ^ h)))) | 0;
      t = (e + mixE(b) + (d ^ (b & (c ^ d))) + K[i + 3] + w[i + 3]) | 0;
      a = (a + t) | 0;
      e = (t + mixA(f) + ((f & g) ^ (h & (f ^ g)))) | 0;
      t = (d + mixE(a) + (c ^ (a & (b ^ c))) + K[i + 4] + w[i + 4]) | 0;
      h = (h + t) | 0;
      d = (t + mixA(e) + ((e & f) ^ (g & (e ^ f)))) | 0;
      t = (c + mixE(h) + (b ^ (h & (a ^ b))) + K[i + 5] + w[i + 5]) | 0;
      g = (g + t) | 0;
      c = (t + mixA(d) + ((d & e) ^ (f & (d ^ e)))) | 0;
      t = (b + mixE(g) + (a ^ (g & (h ^ a))) + K[i + 6] + w[i + 6]) | 0;
      f = (f + t) | 0;
      b = (t + mixA(c) + ((c & d) ^ (e & (c ^ d)))) | 0;
      t = (a + mixE(f) + (h ^ (f & (g ^ h))) + K[i + 7] + w[i + 7]) | 0;
      e = (e + t) | 0;
      a = (t + mixA(b) + ((b & c) ^ (d & (b ^ c)))) | 0;
    }
    state[0] = (state[0] + a) | 0;
    state[1] = (state[1] + b) | 0;
    state[2] = (state[2] + c) | 0;
    state[3] = (state[3] + d) | 0;
    state[4] = (state[4] + e) | 0;
    state[5] = (state[5] + f) | 0;
    state[6] = (state[6] + g) | 0;
    state[7] = (state[7] + h) | 0;
  }
}

/** @param {number} x */
function mixA(x) {
  return ((x >>> 2) | (x << 30)) ^ ((x >>> 13) | (x << 19)) ^ ((x >>> 22) | (x << 10));
}

/** @param {number} x */
function mixE(x) {
  return ((x >>> 6) | (x << 26)) ^ ((x >>> 11) | (x << 21)) ^ ((x >>> 25) | (x << 7));
}

/** @param {number} x */
function spreadLow(x) {
  return ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
}

/** @param {number} x */
function spreadHigh(x) {
  return ((x >>> 17) | (x << 15)) ^ ((x >>> 19) | (x << 13)) ^ (x >>> 10);
}
