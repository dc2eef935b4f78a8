import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/** What a link of a report's mail stands for: the question to an address, a letter to it, or the way out of such letters. */
export type LinkKind = "address" | "letter" | "departure";

const KINDS: Record<string, LinkKind> = { a: "address", l: "letter", u: "departure" };
const INITIALS: Record<LinkKind, string> = { address: "a", letter: "l", departure: "u" };
const PATTERN = /^(a|l|u)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([A-Za-z0-9_-]{43})$/;

const signature = (secret: string, kind: LinkKind, id: string) =>
  createHmac("sha256", secret).update(`report ${kind}:${id}`).digest("base64url");

/** The token of a link: the id and what only the server can make of it, so that nothing of it has to be stored. Node and Deno share this file. */
export function linkToken(secret: string, kind: LinkKind, id: string): string {
  return `${INITIALS[kind]}-${id}-${signature(secret, kind, id)}`;
}

/** What a token stands for; null for one that this server did not make. Compared in constant time. */
export function readLinkToken(secret: string, token: string): { kind: LinkKind; id: string } | null {
  const [, letter, id, given] = PATTERN.exec(token) ?? [];
  const kind = KINDS[letter ?? ""];
  if (kind === undefined || id === undefined || given === undefined) return null;
  const expected = Buffer.from(signature(secret, kind, id));
  return timingSafeEqual(Buffer.from(given), expected) ? { kind, id } : null;
}

/** The address that a link leads to. */
export function sharedLink(siteUrl: string, token: string): string {
  return new URL(`/shared-reports/${token}`, siteUrl).href;
}

/** Where a mail program says that its reader wants no more such mails (RFC 8058): by a POST, so that whoever only opens links stops nothing. */
export function oneClickLink(siteUrl: string, token: string): string {
  return `${sharedLink(siteUrl, token)}/unsubscribe`;
}
