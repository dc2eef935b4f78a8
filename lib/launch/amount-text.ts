import { type CurrencyCode, MINOR_DIGITS } from "./currencies.ts";

const MOST = 9_007_199_254_740_991n;

/** "1,234.50" EUR is 123450 minor units. Null for what is no amount, has too many decimal places or is past 2⁵³ − 1. Exact. */
export function minorUnits(text: string, currency: CurrencyCode): number | null {
  const digits = MINOR_DIGITS[currency];
  const match = /^(\d+)(?:\.(\d*))?$/.exec(text.replace(/[\s,_]/g, ""));
  const [, whole = "", fraction = ""] = match ?? [];
  if (match === null || fraction.length > digits) return null;
  const minor = BigInt(whole + fraction.padEnd(digits, "0"));
  return minor > MOST ? null : Number(minor);
}

/** 123450 minor units of EUR are "1234.50": what `minorUnits` reads. */
export function majorText(minor: number, currency: CurrencyCode): string {
  const digits = MINOR_DIGITS[currency];
  const text = String(minor).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
