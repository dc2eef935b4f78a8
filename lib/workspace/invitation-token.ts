import { createHash, createHmac } from "node:crypto";

/**
 * The token of an invitation's link: derived from its id, so that only the server's secret and the id make it and nothing but its hash has
 * to be stored. Node and Deno share this file.
 */
export function invitationToken(secret: string, id: string): string {
  return createHmac("sha256", secret).update(`invitation:${id}`).digest("base64url");
}

/** SHA-256 of a token: what the database compares. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** The link a person opens to accept. */
export function invitationLink(siteUrl: string, token: string): string {
  return new URL(`/invitations/${token}`, siteUrl).href;
}
