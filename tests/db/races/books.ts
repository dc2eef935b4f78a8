import type { TestDatabase } from "#tests/setup/database.ts";

/** A counter and what its receipts, reservations and corrections add up to. */
export interface Books {
  used: number;
  held: number;
  /** Units granted and counted, minus those returned, plus corrections. */
  ledger: number;
  /** Units of reservations that are still held. */
  ledgerHeld: number;
  /** Grants in number. */
  grants: number;
}

/** Reads the open day of one counter, and the ledger's own sum for it. */
export async function readBooks(
  db: TestDatabase,
  workspaceId: string,
  country = "PL",
  operation = "user",
): Promise<Books> {
  const [books] = await db.owner<Books[]>`
    select c.used, c.held,
      (granted.units - returned.units + c.corrected)::int as ledger, returned.held::int as "ledgerHeld", granted.number::int as grants
    from launch.counters c
    cross join lateral (
      select coalesce(sum(r.units), 0) as units, count(*) as number from launch.receipts r
      where r.workspace_id = c.workspace_id and r.country = c.country and r.operation = c.operation and r.allowed and r.day_on = c.day_on) granted
    cross join lateral (
      select coalesce(sum(v.units) filter (where v.state in ('released', 'expired')), 0) as units,
        coalesce(sum(v.units) filter (where v.state = 'held'), 0) as held
      from launch.reservations v where v.counter_id = c.id and v.day_on = c.day_on) returned
    where c.workspace_id = ${workspaceId} and c.country = ${country} and c.operation = ${operation}`;
  if (books === undefined) throw new Error("there is no such counter");
  return books;
}

/** How many deadlocks Postgres has broken in this database so far. */
export async function readDeadlocks(db: TestDatabase): Promise<number> {
  const [row] = await db.owner<{ deadlocks: number }[]>`
    select deadlocks::int from pg_stat_database where datname = ${db.name}`;
  return row?.deadlocks ?? 0;
}
