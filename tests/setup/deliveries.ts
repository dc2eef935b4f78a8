import type { TestDatabase } from "./database.ts";

/** A claimed delivery, as far as tests look at it. */
export interface Claimed {
  id: string;
  attempt: number;
  message_id: string;
  type: string;
  channel_id: string;
  data: Record<string, unknown>;
  secret: string | null;
  old_secret: string | null;
}

/** An outcome to settle with. */
export interface Given {
  outcome: string;
  status?: number;
  error?: string;
  retryAfter?: number;
}

/** Claims what is due, as a deliverer does. */
export async function claim(db: TestDatabase, limit = 500): Promise<Claimed[]> {
  return db.service<Claimed[]>`select * from app.claim_deliveries(${limit})`;
}

/** Settles all of them with one outcome. */
export async function settle(
  db: TestDatabase,
  claimed: Pick<Claimed, "id" | "attempt">[],
  given: Given,
): Promise<void> {
  const each = <T>(value: T) => claimed.map(() => value);
  await db.service`select app.settle_deliveries(${claimed.map(({ id }) => id)}::bigint[], ${claimed.map(({ attempt }) => attempt)}::int[],
    ${each(given.outcome)}::text[], ${each(given.status ?? null)}::int[], ${each(given.error ?? null)}::text[],
    ${each(null)}::text[], ${each(7)}::int[], ${each(given.retryAfter ?? null)}::int[])`;
}

export const FAILED: Given = { outcome: "failed", status: 500, error: "It answered 500." };

/** Claims the one delivery that is due. */
export async function claimOnly(db: TestDatabase): Promise<Claimed> {
  const [only, ...rest] = await claim(db);
  if (only === undefined || rest.length > 0) throw new Error("there should be one delivery due");
  return only;
}
