import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import { apiKeys } from "#lib/db/app-schema.ts";
import { receipts, reservations } from "#lib/db/launch-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { countryName } from "./country-name.ts";
import type { CurrencyCode } from "./currencies.ts";
import { explain } from "./receipts.ts";
import type { Receipt } from "./schema.ts";
import type { Operation, Reason } from "./vocabulary.ts";

/** One line of the list of receipts. */
export type ReceiptLine = {
  id: string;
  at: string;
  allowed: boolean;
  reason: Reason;
  shadow: Reason | null;
  operation: Operation;
  units: number;
  subject: string | null;
  remaining: number | null;
  state: Receipt["state"];
};

/** A receipt whole, for the person who asks why. */
export type ReceiptDetail = ReceiptLine & {
  country: string;
  countryName: string;
  explanation: string;
  cap: number | null;
  amount: { minor: number; currency: string } | null;
  device: string | null;
  ip: string | null;
  day: string | null;
  resetsAt: string | null;
  retryAt: string | null;
  holdExpiresAt: string | null;
  settledAt: string | null;
  policyVersion: number | null;
  throttleLevel: number;
  idempotencyKey: string;
  /** Its API key's name, when the reader may see keys. */
  keyName: string | null;
};

/** Which receipts: those of one country between two times (milliseconds), below an id. */
export type ReceiptFilter = {
  from: number;
  to: number;
  allowed?: boolean | undefined;
  reason?: string | undefined;
  operation?: string | undefined;
  subject?: string | undefined;
  before?: string | undefined;
};

const PAGE = 25;
const DAY_MS = 86_400_000;
const settledIn = and(
  eq(reservations.receipt_id, receipts.id),
  eq(reservations.decided_at, receipts.decided_at),
);
const time = (value: string | null) => (value === null ? null : new Date(value).toISOString());

function lineOf(row: typeof receipts.$inferSelect, state: string | null): ReceiptLine {
  return {
    id: row.id,
    at: new Date(row.decided_at).toISOString(),
    allowed: row.allowed,
    reason: row.reason as Reason,
    shadow: row.shadow as Reason | null,
    operation: row.operation as Operation,
    units: row.units,
    subject: row.subject,
    remaining: row.remaining,
    state: state as Receipt["state"],
  };
}

/**
 * A page of 25 receipts of a country, newest first, and the id to ask for the next page with. The times bound the partitions that are read.
 * Without receipts.read there are none.
 */
export async function readReceipts(
  tx: Tx,
  workspaceId: string,
  code: string,
  filter: ReceiptFilter,
): Promise<{ lines: ReceiptLine[]; next: string | null }> {
  const { allowed, reason, operation, subject, before } = filter;
  const rows = await tx
    .select({ receipt: receipts, state: reservations.state })
    .from(receipts)
    .leftJoin(reservations, settledIn)
    .where(
      and(
        eq(receipts.workspace_id, workspaceId),
        eq(receipts.country, code),
        gte(receipts.decided_at, new Date(filter.from).toISOString()),
        lt(receipts.decided_at, new Date(filter.to).toISOString()),
        allowed === undefined ? undefined : eq(receipts.allowed, allowed),
        reason === undefined ? undefined : eq(receipts.reason, reason),
        operation === undefined ? undefined : eq(receipts.operation, operation),
        subject === undefined ? undefined : eq(receipts.subject, subject),
        before === undefined ? undefined : lt(receipts.id, before),
      ),
    )
    .orderBy(desc(receipts.id))
    .limit(PAGE + 1);
  const lines = rows.slice(0, PAGE).map((row) => lineOf(row.receipt, row.state));
  return { lines, next: rows.length > PAGE ? (lines.at(-1)?.id ?? null) : null };
}

/** The id behind what a person pasted: a receipt's id as it is, an idempotency key through its memory. Null when the key isn't known. */
export async function findReceiptId(tx: Tx, workspaceId: string, text: string): Promise<string | null> {
  const [row] = await tx.execute<{ id: string | null }>(
    sql`select launch.find_receipt(${workspaceId}::uuid, ${text}) as id`,
  );
  if (row?.id != null) return row.id;
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : null;
}

/** A receipt of this workspace by its id, with what became of its reservation; null when there is none. The id tells when it was made. */
export async function readReceiptDetail(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<ReceiptDetail | null> {
  const made = Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
  if (!(Math.abs(made - Date.now()) < 500 * DAY_MS)) return null;
  const [found] = await tx
    .select({
      receipt: receipts,
      state: reservations.state,
      settledAt: reservations.settled_at,
      keyName: apiKeys.name,
    })
    .from(receipts)
    .leftJoin(reservations, settledIn)
    .leftJoin(apiKeys, eq(apiKeys.id, receipts.api_key_id))
    .where(
      and(
        eq(receipts.workspace_id, workspaceId),
        eq(receipts.id, id),
        gte(receipts.decided_at, new Date(made - DAY_MS).toISOString()),
        lt(receipts.decided_at, new Date(made + DAY_MS).toISOString()),
      ),
    );
  if (found === undefined) return null;
  const { receipt: row, state, settledAt, keyName } = found;
  const line = lineOf(row, state);
  const { amount_minor: minor, amount_currency: currency } = row;
  return {
    ...line,
    country: row.country,
    countryName: countryName(row.country),
    explanation: explain({
      ...row,
      ...line,
      country: row.country as Receipt["country"],
      amount_minor: minor === null ? null : String(minor),
      amount_currency: currency as CurrencyCode | null,
      settled_at: settledAt,
    }),
    cap: row.cap,
    amount: minor === null || currency === null ? null : { minor, currency },
    device: row.device,
    ip: row.ip,
    day: row.day_on,
    resetsAt: time(row.resets_at),
    retryAt: time(row.retry_at),
    holdExpiresAt: time(row.hold_expires_at),
    settledAt: time(settledAt),
    policyVersion: row.policy_version,
    throttleLevel: row.throttle_level,
    idempotencyKey: row.idempotency_key,
    keyName,
  };
}
