import type { Place } from "./place.ts";

/** Counters whose units differ from the sum of their granted receipts, and how many receipts there are. */
export async function checkLedger({
  admin,
  workspaceId,
}: Place): Promise<{ receipts: number; wrong: number }> {
  const [books] = await admin<{ receipts: number; wrong: number }[]>`
    with ledger as (
      select country, operation, day_on, sum(units) as units, count(*) as receipts
      from launch.receipts where workspace_id = ${workspaceId} and allowed group by 1, 2, 3
    ), counted as (
      select country, operation, day_on, used from launch.counters where workspace_id = ${workspaceId}
      union all
      select country, operation, day_on, used from launch.counter_days where workspace_id = ${workspaceId}
    )
    select coalesce(sum(l.receipts), 0)::int as receipts,
      count(*) filter (where coalesce(c.used, -1) <> coalesce(l.units, 0))::int as wrong
    from counted c full join ledger l using (country, operation, day_on)`;
  if (books === undefined) throw new Error("the ledger gave no row");
  return books;
}
