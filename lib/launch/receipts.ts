import { sql } from "drizzle-orm";
import { service } from "#lib/db/service.ts";
import type { CurrencyCode } from "./currencies.ts";
import type { Receipt } from "./schema.ts";
import type { Reason } from "./vocabulary.ts";

type Row = {
  id: string;
  decided_at: string;
  allowed: boolean;
  reason: Reason;
  shadow: Reason | null;
  country: Receipt["country"];
  operation: Receipt["operation"];
  units: number;
  subject: string | null;
  device: string | null;
  ip: string | null;
  amount_minor: string | null;
  amount_currency: CurrencyCode | null;
  cap: number | null;
  remaining: number | null;
  day_on: string | null;
  resets_at: string | null;
  retry_at: string | null;
  hold_expires_at: string | null;
  policy_version: number | null;
  throttle_level: number;
  idempotency_key: string;
  campaign: string | null;
  state: Receipt["state"];
  settled_at: string | null;
};

const time = (value: string | null): string | null => (value === null ? null : new Date(value).toISOString());

const SENTENCES: Record<Reason, (row: Row) => string> = {
  granted: (row) =>
    `${row.units} of the cap of ${row.cap} taken for ${row.day_on}; ${row.remaining} remained.`,
  unlisted: (row) =>
    `${row.country} is not listed; the workspace lets unlisted countries in, counted and not capped.`,
  engine_disabled: () => "launch.enabled was off: every check is allowed and nothing is counted.",
  cap_reached: (row) =>
    `${row.units} would have passed the cap of ${row.cap}; ${row.remaining} remained for ${row.day_on}.`,
  amount_cap_reached: () => "The amount would have passed the day's amount cap.",
  paused: (row) => `${row.country} was paused.`,
  not_launched: (row) => `${row.country} was not launched.`,
  throttled: (row) => `The throttle level was ${row.throttle_level}, to which ${row.operation} yields.`,
  blocked: (row) =>
    row.operation === "payment"
      ? "The device, account or address was blocked, or the country's payments were protected."
      : "The device, account or address was blocked.",
  queued: (row) =>
    `The door was closed for a while, or others were waiting: ${row.country} lets its onboarding queue in first.`,
};

/** The sentence that explains a receipt to a person. */
export function explain(row: Row): string {
  const policy = row.policy_version === null ? "" : ` Policy version ${row.policy_version} decided.`;
  const shadow =
    row.shadow === null ? "" : ` Caps were not enforced: the answer would have been ${row.shadow}.`;
  return SENTENCES[row.reason](row) + policy + shadow;
}

/** The receipt of one cap check of the caller's workspace. Throws not_found, unauthenticated, forbidden. */
export async function readReceipt(keyHash: Buffer, id: string): Promise<Receipt> {
  const [row] = await service().execute<Row>(
    sql`select * from launch.read_receipt(${keyHash}::bytea, ${id}::uuid)`,
  );
  if (row === undefined) throw new Error("read_receipt returned no row");
  return {
    id: row.id,
    allowed: row.allowed,
    reason: row.reason,
    country: row.country,
    operation: row.operation,
    units: row.units,
    cap: row.cap,
    remaining: row.remaining,
    resets_at: time(row.resets_at),
    retry_after: time(row.retry_at),
    policy_version: row.policy_version,
    throttle_level: row.throttle_level,
    decided_at: new Date(row.decided_at).toISOString(),
    idempotency_key: row.idempotency_key,
    campaign: row.campaign,
    subject: row.subject,
    device: row.device,
    ip: row.ip,
    amount:
      row.amount_minor === null || row.amount_currency === null
        ? null
        : { minor: Number(row.amount_minor), currency: row.amount_currency },
    day: row.day_on,
    state: row.state,
    settled_at: time(row.settled_at),
    explanation: explain(row),
    ...(row.hold_expires_at === null
      ? {}
      : { reservation: { expires_at: new Date(row.hold_expires_at).toISOString() } }),
    ...(row.shadow === null ? {} : { shadow: { allowed: false as const, reason: row.shadow } }),
  };
}
