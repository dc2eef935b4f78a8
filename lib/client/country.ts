import { COUNTRY_CODES, type CountryCode } from "../launch/country-codes.ts";

const HEADERS = ["cf-ipcountry", "x-vercel-ip-country", "cloudfront-viewer-country"] as const;
const KNOWN: ReadonlySet<string> = new Set(COUNTRY_CODES);

function isCountry(value: string): value is CountryCode {
  return KNOWN.has(value);
}

/**
 * The country that the edge in front of the product saw (Cloudflare, Vercel or CloudFront), or null when it is unknown: no header, XX, T1
 * (Tor) or anything else that is no ISO 3166-1 code. Trust it only when that edge is the one way in, because a client can send these
 * headers too.
 */
export function countryOf(headers: Headers): CountryCode | null {
  for (const name of HEADERS) {
    const value = headers.get(name)?.trim().toUpperCase();
    if (value !== undefined && isCountry(value)) return value;
  }
  return null;
}
