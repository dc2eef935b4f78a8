import { createHmac, timingSafeEqual } from "node:crypto";

/** What a token names. */
export interface TicketName {
  workspaceId: string;
  ticketId: string;
}

const ID_BYTES = 16;
const SIGNED_BYTES = 2 * ID_BYTES;
const TOKEN_BYTES = SIGNED_BYTES + 32;

const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll("-", ""), "hex");
const uuidOf = (bytes: Buffer) =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** Tickets have a key of their own, so that no signature of the secret's other uses is one of a ticket. */
function signature(secret: string, signed: Buffer): Buffer {
  const key = createHmac("sha256", secret).update("gantry:ticket").digest();
  return createHmac("sha256", key).update(signed).digest();
}

/**
 * The token of a ticket: its workspace's id, its own, and HMAC-SHA256 of both, as base64url. The same ticket always has the same token; without
 * the secret none can be made.
 */
export function ticketToken(secret: string, { workspaceId, ticketId }: TicketName): string {
  const signed = Buffer.concat([bytesOf(workspaceId), bytesOf(ticketId)]);
  return Buffer.concat([signed, signature(secret, signed)]).toString("base64url");
}

/** What a token names, or null when it isn't one of ours, to the last bit of its spelling. Compares in constant time. */
export function readTicketToken(secret: string, token: string): TicketName | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== TOKEN_BYTES || bytes.toString("base64url") !== token) return null;
  const signed = bytes.subarray(0, SIGNED_BYTES);
  if (!timingSafeEqual(signature(secret, signed), bytes.subarray(SIGNED_BYTES))) return null;
  return { workspaceId: uuidOf(signed.subarray(0, ID_BYTES)), ticketId: uuidOf(signed.subarray(ID_BYTES)) };
}
