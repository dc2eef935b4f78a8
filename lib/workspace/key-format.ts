import { hash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH = 33;
const CHECKSUM_LENGTH = 6;
const SHAPE = /^gty_[0-9A-Za-z]{39}$/;

function checksum(random: string): string {
  let rest = crc32(random);
  let text = "";
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    text = ALPHABET.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** SHA-256 of a key: all that is ever stored. */
export function hashKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

/** Draws a key: gty_, 33 random base62 characters (196 bits) and a CRC-32 of them in base62. */
export function drawKey(): { key: string; prefix: string; hash: Buffer } {
  let random = "";
  while (random.length < RANDOM_LENGTH) random += ALPHABET.charAt(randomInt(62));
  const key = `gty_${random}${checksum(random)}`;
  return { key, prefix: key.slice(0, 10), hash: hashKey(key) };
}

/** Whether a text can be a key at all: its shape and checksum, without a query. */
export function isWellFormedKey(key: string): boolean {
  return SHAPE.test(key) && checksum(key.slice(4, 4 + RANDOM_LENGTH)) === key.slice(-CHECKSUM_LENGTH);
}
